import {
  type GraphQLInputType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from "graphql";
import type { Random } from "../torture/random.ts";

/** What exists at the server, so that not every operation ends at an id that is none. */
export interface Known {
  readonly ids: readonly string[];
  readonly cursors: readonly string[];
}

/** Stands in the document without quotes, and in JSON as its name. */
export class EnumName {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  toJSON(): string {
    return this.name;
  }
}

const texts = [
  ...[
    "",
    " ",
    "a",
    "Ada Lovelace",
    "NEW",
    "100%",
    "_",
    "\\",
    "'",
    '"',
    "null",
    "-1",
    "x".repeat(300),
    "x".repeat(20_000),
  ],
  ...[
    "🦊",
    "é",
    "e\u0301",
    "\u202eabc",
    "\u0007",
    "a\nb",
    "نص",
    "'; DROP TABLE lead; --",
    "{}",
    "-P7D",
    "lead.captured",
  ],
];
const notStorable = ["a\0b", "\ud800"];
const emails = [
  "ada@example.com",
  "ADA@EXAMPLE.COM",
  "ada",
  "@",
  "a@b",
  `${"x".repeat(300)}@example.com`,
  "ada@éxample.com",
];
const phones = ["+21622123456", "22 123 456", "0", "+", "+999999999999999999", "tel:+1"];
// No host of the world: whatever is made of them, nothing leaves this machine.
const urls = [
  "https://receiver.invalid/hook",
  "http://receiver.invalid",
  "https://127.0.0.1",
  "javascript:1",
  "https://",
];
const instants = [
  ...["2026-11-21T09:00:00Z", "2026-11-21T09:00:00.123456+01:00", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z"],
  ...["-P7D", "P1Y", "-P999999999Y", "PT0S", "-P", "2026-02-30T00:00:00Z", "1970-01-01", "-271821-04-20T00:00:00Z"],
];
const integers = [0, 1, 2, 3, 10, 50, 250, 251, -1, 2_147_483_647, -2_147_483_648];
const wholeNumbers = [
  0,
  1,
  "7",
  "-1",
  "9007199254740993",
  "9223372036854775807",
  "9999999999999999999",
  "-9999999999999999999",
];
const badIds = [
  "",
  "x",
  "lead_",
  `lead_${"0".repeat(26)}`,
  "lead_7zzzzzzzzzzzzzzzzzzzzzzzzz",
  "8",
  "key_01k",
  "x".repeat(5_000),
];
const badCursors = ["", "x", "e30", "AAAA", "=".repeat(10), "x".repeat(5_000)];
const misfits: readonly unknown[] = [null, true, -1, 1.5, 2 ** 53, "text", [], [null], {}, { a: 1 }, [[1]]];
const objects: readonly Readonly<Record<string, unknown>>[] = [
  {},
  { plan: "pro", seats: 3, active: true, tags: ["a"] },
  { nested: { deep: { deeper: [1, { a: null }] } } },
  JSON.parse('{"__proto__": 1, "constructor": "x", "toString": "y"}') as Record<string, unknown>,
  { "": "", " ": 0, "a.b": 1e308, x: "y".repeat(20_000) },
];

/** Values of input types: mostly good ones, at the edges of what is allowed, and some that no type takes. */
export class Values {
  readonly #random: Random;
  readonly #known: Known;

  constructor(random: Random, known: Known) {
    this.#random = random;
    this.#known = known;
  }

  /** A value for an argument or field of that name; undefined: leave it out. */
  of(type: GraphQLInputType, name: string, depth = 0): unknown {
    const random = this.#random;
    if (random.next() < 0.01) return random.pick(misfits);
    if (isNonNullType(type)) return this.#ofNullable(type.ofType as GraphQLInputType, name, depth);
    if (random.next() < 0.03) return null;
    if (random.next() < (depth > 2 ? 0.85 : 0.4)) return undefined;
    return this.#ofNullable(type, name, depth);
  }

  #ofNullable(type: GraphQLInputType, name: string, depth: number): unknown {
    const random = this.#random;
    if (isListType(type)) {
      const length = random.pick([0, 1, 1, 1, 2, 3]);
      const item = getNullableType(type.ofType as GraphQLInputType);
      return Array.from({ length }, () => this.#ofNullable(item, name, depth + 1));
    }
    if (isInputObjectType(type)) {
      const values = Object.values(type.getFields()).map((field) => [
        field.name,
        this.of(field.type, field.name, depth + 1),
      ]);
      return Object.fromEntries(values.filter(([, value]) => value !== undefined)) as unknown;
    }
    if (isEnumType(type)) {
      const names = type.getValues().map((value) => value.name);
      return new EnumName(random.next() < 0.02 ? "NOWHERE" : random.pick(names));
    }
    return this.#scalar(String(type), name);
  }

  #scalar(type: string, name: string): unknown {
    const random = this.#random;
    const { ids, cursors } = this.#known;
    switch (type) {
      case "ID":
        return random.next() < 0.8 ? random.pick(ids) : random.pick(badIds);
      case "Cursor":
        return random.next() < 0.7 ? random.pick(cursors) : random.pick(badCursors);
      case "Boolean":
        return random.next() < 0.5;
      case "Int":
        return random.pick(integers);
      case "Float":
        return random.pick([0, -0.5, 1e300, 3]);
      case "BigInt":
        return random.pick(wholeNumbers);
      case "DateTime":
      case "DateTimeOrDuration":
        return random.pick(instants);
      case "JSONObject":
        return random.pick(objects);
      default:
        return this.#text(name);
    }
  }

  #text(name: string): string {
    const random = this.#random;
    if (random.next() < 0.005) return random.pick(notStorable);
    if (/e-?mail/i.test(name) && random.next() < 0.7) return random.pick(emails);
    if (/phone/i.test(name) && random.next() < 0.7) return random.pick(phones);
    if (/url|origin|address/i.test(name)) return random.pick(urls);
    return random.next() < 0.1 ? random.pick(this.#known.ids) : random.pick(texts);
  }
}

/** As it stands in a document. */
export function literal(value: unknown): string {
  if (value instanceof EnumName) return value.name;
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    return `{${Object.entries(value)
      .map(([name, field]) => `${name}: ${literal(field)}`)
      .join(", ")}}`;
  }
  return JSON.stringify(value);
}
