const maxLength = 200;
/** Ways to go on that can multiply: `?`, `{2,5}` and choices in groups. */
const maxChoices = 16;
const maxBoundedRepeat = 64;

/**
 * Whether a regular expression of a tenant may run in a process that all tenants share. JavaScript's matcher tries every way, so
 * the ways are counted: one repetition without end, or two when the expression is anchored at the start, none inside another,
 * and few choices. What is left takes a tenth of a second at worst, on the longest text that `plainAttributes` lets through.
 */
export function isSafePattern(source: string): boolean {
  if (source.length > maxLength || !compiles(source)) return false;
  // What stands for one character is one character here.
  const shape = source
    .replace(/\\(?:u[\dA-Fa-f]{4}|x[\dA-Fa-f]{2}|[^\dk])/g, "c")
    .replace(/\[(?:\\.|[^\]\\])*\]/g, "c");
  if (/\\[\dk]/.test(shape)) return false; // what was matched before, again
  if (/\(\?<?[=!]/.test(shape)) return false; // what lies around: tried at every place
  return isBounded(shape);
}

function isBounded(shape: string): boolean {
  const groups: { choices: number; varies: boolean }[] = [];
  let [endless, choices] = [0, 1];
  let last = { varies: false };
  for (const { 0: token } of shape.matchAll(/\((?:\?(?::|<\w+>))?|\)|\||[*+?]\??|\{\d+(?:,\d*)?\}\??|./gs)) {
    const group = groups.at(-1);
    if (token.startsWith("(")) groups.push({ choices: 1, varies: false });
    else if (token === ")") {
      const closed = groups.pop() ?? { choices: 1, varies: false };
      choices *= closed.choices;
      last = { varies: closed.varies || closed.choices > 1 };
      if (last.varies) markOuter(groups);
    } else if (token === "|" && group !== undefined) group.choices += 1;
    else {
      const repeat = repeatOf(token);
      if (repeat === null) last = { varies: false };
      else {
        if (last.varies && repeat.max > 1) return false;
        if (repeat.max > maxBoundedRepeat) endless += 1;
        else choices *= repeat.max - repeat.min + 1;
        last = { varies: last.varies || repeat.max > repeat.min };
        if (group !== undefined && last.varies) group.varies = true;
      }
    }
  }
  const isAnchored = shape.startsWith("^") && !shape.includes("|");
  return choices <= maxChoices && endless <= (isAnchored ? 2 : 1);
}

function markOuter(groups: readonly { varies: boolean }[]): void {
  const outer = groups.at(-1);
  if (outer !== undefined) outer.varies = true;
}

function repeatOf(token: string): { min: number; max: number } | null {
  if (token.startsWith("*")) return { min: 0, max: Infinity };
  if (token.startsWith("+")) return { min: 1, max: Infinity };
  if (token.startsWith("?")) return { min: 0, max: 1 };
  const bounds = /^\{(\d+)(,?)(\d*)\}/.exec(token);
  if (bounds === null) return null;
  const [, least = "", comma = "", most = ""] = bounds;
  const min = Number(least);
  if (comma === "") return { min, max: min };
  return { min, max: most === "" ? Infinity : Number(most) };
}

function compiles(source: string): boolean {
  try {
    return new RegExp(source) instanceof RegExp;
  } catch {
    return false; // the only way to ask
  }
}
