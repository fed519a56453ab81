import { isSafePattern } from "./safe-pattern.ts";

const maxDepth = 10;
const maxParts = 1_000;
const maxPatterns = 10;
/** An attribute in spite of its name. */
const groupsAttribute = "$groups";
const types = ["string", "number", "boolean", "array", "object", "null", "undefined"];

type Check = (operand: unknown, checker: Checker, depth: number) => string | null;

const isScalar: Check = (operand, { operator }) =>
  operand === null || typeof operand !== "object" ? null : `${operator} compares with a text or a number.`;
const isVersion: Check = (operand, { operator }) =>
  typeof operand === "string" || typeof operand === "number" ? null : `${operator} compares with a version.`;
const isList: Check = (operand, { operator }) => (Array.isArray(operand) ? null : `${operator} needs a list.`);
const isPattern: Check = (operand, checker) =>
  typeof operand === "string" && isSafePattern(operand)
    ? checker.pattern()
    : `${checker.operator} needs a regular expression of at most 200 characters that can't take long: few repetitions, none inside another.`;
const isValue: Check = (operand, checker, depth) => checker.value(operand, depth);
const areValues: Check = (operand, checker, depth) =>
  Array.isArray(operand) ? first(operand, (item) => checker.value(item, depth)) : `${checker.operator} needs a list.`;

/** Those of GrowthBook's conditions, but for saved groups: experiments have none. */
const operators = new Map<string, Check>([
  ...["$eq", "$ne", "$lt", "$lte", "$gt", "$gte"].map((name) => [name, isScalar] as const),
  ...["$veq", "$vne", "$vlt", "$vlte", "$vgt", "$vgte"].map((name) => [name, isVersion] as const),
  ...["$in", "$nin", "$ini", "$nini"].map((name) => [name, isList] as const),
  ["$regex", isPattern],
  ["$regexi", isPattern],
  ["$all", areValues],
  ["$alli", areValues],
  ["$not", isValue],
  ["$size", isValue],
  ["$elemMatch", (operand, checker, depth) => checker.element(operand, depth)],
  ["$exists", (operand) => (typeof operand === "boolean" ? null : "$exists is true or false.")],
  ["$type", (operand) => (types.includes(String(operand)) ? null : `$type is one of ${types.join(", ")}.`)],
]);

/**
 * What is wrong with a targeting rule, as a sentence, or null. GrowthBook's package takes an operator that it doesn't know for
 * false and throws at some odd shapes: so a rule that it can't evaluate is never stored.
 */
export function checkCondition(condition: unknown): string | null {
  return new Checker().condition(condition, 0);
}

class Checker {
  /** What is being looked at, for the message. */
  operator = "";
  #parts = 0;
  #patterns = 0;

  condition(condition: unknown, depth: number): string | null {
    const tooMuch = this.#count(depth);
    if (tooMuch !== null) return tooMuch;
    if (!isObject(condition)) return "A condition is an object.";
    return first(Object.entries(condition), ([key, part]) => {
      if (key === "$and" || key === "$or" || key === "$nor") {
        if (!Array.isArray(part)) return `${key} needs a list of conditions.`;
        return first(part, (each) => this.condition(each, depth + 1));
      }
      if (key === "$not") return this.condition(part, depth + 1);
      if (key.startsWith("$") && key !== groupsAttribute) return `There is no ${key} for a whole condition.`;
      if (key.split(".").some((name) => name in Object.prototype)) return `“${key}” can't be the name of an attribute.`;
      return this.value(part, depth + 1);
    });
  }

  /** A value to be equal to, or operators. */
  value(value: unknown, depth: number): string | null {
    const tooMuch = this.#count(depth);
    if (tooMuch !== null) return tooMuch;
    if (!isObject(value)) return null;
    const keys = Object.keys(value);
    if (!keys.some((key) => key.startsWith("$"))) return null;
    return first(Object.entries(value), ([key, operand]) => {
      const check = operators.get(key);
      if (check === undefined) return `There is no operator ${key}.`;
      this.operator = key;
      return check(operand, this, depth + 1);
    });
  }

  /** Of $elemMatch: operators for a plain item, a condition for one that is an object. */
  element(operand: unknown, depth: number): string | null {
    if (!isObject(operand)) return "$elemMatch needs a condition.";
    const keys = Object.keys(operand);
    const hasOperators = keys.length > 0 && keys.every((key) => key.startsWith("$"));
    return hasOperators ? this.value(operand, depth) : this.condition(operand, depth);
  }

  pattern(): string | null {
    this.#patterns += 1;
    return this.#patterns > maxPatterns ? `A condition has at most ${maxPatterns} regular expressions.` : null;
  }

  #count(depth: number): string | null {
    this.#parts += 1;
    if (depth > maxDepth) return `A condition has at most ${maxDepth} levels.`;
    return this.#parts > maxParts ? `A condition has at most ${maxParts} parts.` : null;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The first that is wrong. */
function first<T>(items: readonly T[], check: (item: T) => string | null): string | null {
  for (const item of items) {
    const problem = check(item);
    if (problem !== null) return problem;
  }
  return null;
}
