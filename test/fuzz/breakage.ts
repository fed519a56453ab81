import type { Random } from "../torture/random.ts";

type Breakage = (random: Random, text: string) => string;

const at = (random: Random, text: string) => Math.floor(random.next() * text.length);

const breakages: readonly Breakage[] = [
  (random, text) => text.slice(0, at(random, text)),
  (random, text) => {
    const place = at(random, text);
    return text.slice(0, place) + text.slice(place + 1 + Math.floor(random.next() * 5));
  },
  (random, text) => {
    const place = at(random, text);
    return `${text.slice(0, place)}${random.pick(["{", "}", "(", ")", "$", "@", '"', '"""', "…", "\0", "\ud800", "#", "!", "&"])}${text.slice(place)}`;
  },
  (_random, text) => text.replace(/\w+(?= \{)/, "nope"),
  (_random, text) => text + text,
  (_random, text) => `${text} fragment Loop on Query { ...Loop }`,
  (_random, text) => text.replace("{", "{ ...Missing "),
  (_random, text) => text.replace("{", `{ ${"x: __typename ".repeat(40)}`),
  (_random, text) =>
    text.replace("{", `{ ${Array.from({ length: 120 }, (_, index) => `a${index}: __typename`).join(" ")} `),
  (_random, text) => text.replace("{", `{ __typename ${"@include(if: true) ".repeat(12)}`),
  (_random, text) => `${"{ node(id: 1) ".repeat(200)}${text}${"}".repeat(200)}`,
  (_random, text) => `query ($a: ${"[".repeat(500)}Int${"]".repeat(500)}) ${text}`,
  (_random, text) => `${text} ${"# ".repeat(2_000)}`,
  (_random, text) => text.replaceAll(/\$(\w+)/g, "$$nothing"),
  (random, text) =>
    text
      .split("")
      .toSorted(() => random.next() - 0.5)
      .join(""),
  () => "",
  () => "{",
  () => "query",
  () => "schema { query: Query }",
];

/** A text that is a little, or far, from what it was. */
export function breakText(random: Random, text: string): string {
  return random.pick(breakages)(random, text);
}

const misfits: readonly unknown[] = [null, true, 0, -1, 1.5, "", "x", "a\0b", [], [[]], {}, { id: null }];

/** Variables of which one is missing, of another kind, or nested far too deep. */
export function breakVariables(
  random: Random,
  variables: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const names = Object.keys(variables);
  if (names.length === 0) return { unknown: random.pick(misfits) };
  const name = random.pick(names);
  const { [name]: broken, ...others } = variables;
  switch (random.pick(["missing", "misfit", "list", "deep"] as const)) {
    case "missing":
      return others;
    case "misfit":
      return { ...others, [name]: random.pick(misfits) };
    case "list":
      return { ...others, [name]: [broken, broken] };
    case "deep":
      return { ...others, [name]: deep(random.pick([5, 60, 2_000])) };
  }
}

function deep(levels: number): unknown {
  let value: unknown = { email: { contains: "x" } };
  for (let level = 0; level < levels; level += 1) value = level % 2 === 0 ? { not: value } : { and: [value] };
  return value;
}
