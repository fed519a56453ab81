import { type Condition, plain, type Search } from "./filter-condition.ts";
import { asText, type FilterPath, refuse } from "./filter-operands.ts";
import { canFindAtStart, canFindInside } from "./filter-text.ts";

/** How an index finds the rows of a comparison; null: it can't. What would read all rows to find some is refused. */
export function searchedText(field: string, operator: string, operand: unknown, path: FilterPath): Search | null {
  if (operator !== "contains" && operator !== "startsWith") return null;
  const text = asText(operand, path);
  if (operator === "contains" && !canFindInside(text)) throw refuse(path, "Give three letters or digits in a row");
  if (operator === "startsWith" && !canFindAtStart(text)) throw refuse(path, "Give at least one letter or digit");
  return { field, how: operator, text };
}

/** How an index finds the lists that have one of these elements; null: it can't. */
export function exactly(field: string, texts: readonly string[]): Search | null {
  const searches = texts.map((text) => ({ field, how: "equals", text }) as const);
  return searches.length > 0 && texts.every(canFindAtStart) ? { any: searches } : null;
}

/** What `eq` and `in` of a list's element add to the search for the others. */
export function listed(field: string): (comparison: readonly [operator: string, operand: unknown]) => Condition {
  return ([operator, operand]) => {
    const texts = operator === "eq" ? [operand] : operator === "in" && Array.isArray(operand) ? operand : [];
    return plain("true", exactly(field, texts.map(String)));
  };
}
