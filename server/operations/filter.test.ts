import { describe, expect, test } from "@jest/globals";
import type { FilterFields } from "./filter-fields.ts";
import { compileFilter } from "./filter.ts";
import { readInstant } from "./filter-time.ts";

const fields = {
  id: { kind: "id", column: "id", type: "Lead" },
  name: { kind: "text", column: "name" },
  tags: { kind: "texts", column: "tags" },
  createdAt: { kind: "instant", column: "created_at" },
  notes: {
    kind: "related",
    from: "note",
    scope: "true",
    link: "note.lead_id",
    id: "id",
    fields: { text: { kind: "text", column: "note.text" }, name: { kind: "text", column: "note.name" } },
  },
} as const satisfies FilterFields;

const clock = { now: new Date("2026-03-29T12:00:00Z"), timeZone: "Europe/Paris" };
const compile = (filter: object) => compileFilter(filter, fields, clock);

describe("compileFilter", () => {
  test("puts no operand into the text", () => {
    const { where, values } = compile({ name: { eq: "'; DROP TABLE lead" }, tags: { some: { eq: "it's" } } });
    expect(where).toBe("true AND ((name = $1::text) AND (tags @> ARRAY[$2]::text[]))");
    expect(values.list).toEqual(["'; DROP TABLE lead", "it's"]);
  });

  test("knows the empty forms", () => {
    expect(compile({}).where).toBe("true AND true");
    expect(compile({ and: [] }).where).toBe("true AND (true)");
    expect(compile({ or: [] }).where).toBe("true AND (false)");
  });

  test("asks the index of texts as little as possible", () => {
    const [dupont, acme] = [{ name: { contains: "Dupont" } }, { tags: { some: { eq: "acme" } } }];
    const name = { field: "name", how: "contains", text: "Dupont" };
    const tag = { any: [{ field: "tags", how: "equals", text: "acme" }] };
    const old = { createdAt: { lt: "-P1Y" } };
    expect(compile({}).searches).toEqual([]);
    expect(compile({ not: dupont }).searches).toEqual([]);
    expect(compile({ tags: { none: { eq: "acme" } } }).searches).toEqual([]);
    expect(compile({ ...dupont, ...acme, ...old }).searches).toEqual([{ all: [name, tag] }]);
    expect(compile({ or: [dupont, { ...acme, ...old }] }).searches).toEqual([{ any: [name, tag] }]);
    expect(compile({ or: [dupont, old] }).searches).toEqual([name]);
    expect(compile({ ...acme, or: [dupont, old] }).searches).toEqual([tag]);
  });

  test("narrows a filter to what was found, and leaves it as it is when that is too much", () => {
    const filter = compile({ or: [{ name: { contains: "Dupont" } }, { id: { in: [] } }] });
    const narrow = filter.narrow("id", [["a", "b"]]);
    expect(narrow.where).toBe(`${filter.where} AND (id = ANY ($3::uuid[]) OR ((id = ANY ($2::uuid[]))))`);
    expect(narrow.values.list).toEqual(["Dupont", [], ["a", "b"]]);
    expect(filter.narrow("id", [null]).where).toBe(filter.where);
  });

  test("looks up what has certain related rows, with the values that this takes", () => {
    const filter = compile({ name: { eq: "a" }, notes: { some: { text: { eq: "b" }, name: { neq: "c" } } } });
    expect(filter.lookups).toEqual([
      {
        text: "SELECT note.lead_id AS id FROM note WHERE true AND ((note.text = $1::text) AND ((note.name < $2::text OR note.name > $2::text)))",
        values: ["b", "c"],
      },
    ]);
    expect([...filter.fields]).toEqual(["name", "notes"]);
    expect(filter.narrow("id", [], [["x"]]).where).toBe(`${filter.where} AND id = ANY ($4::uuid[])`);
    expect(filter.narrow("id", [], [null]).where).toBe(filter.where);
    for (const without of [{ notes: { none: {} } }, { notes: { every: {} } }, { not: { notes: { some: {} } } }])
      expect(compile(without).lookups).toEqual([]);
  });

  test("looks for parts of texts among the values, when all of them are known", () => {
    const type = { kind: "text", column: "type", values: ["lead.captured", "Lead.moved", "member.invited"] } as const;
    const those = (comparison: object) => compileFilter({ type: comparison }, { type }, clock).values.list;
    expect(those({ contains: "LEAD" })).toEqual([["lead.captured", "Lead.moved"]]);
    expect(those({ startsWith: "member" })).toEqual([["member.invited"]]);
    expect(those({ startsWith: "%member" })).toEqual([[]]);
  });

  test("combines searches and lookups", () => {
    const [dupont, noted] = [{ name: { contains: "Dupont" } }, { notes: { some: { text: { eq: "b" } } } }];
    const bounds = (filter: object, found: string[] | null, lookedUp: string[] | null) => {
      const compiled = compile(filter);
      return compiled.narrow("id", [found], [lookedUp]).where.slice(compiled.where.length);
    };
    const one = (number: number) => `id = ANY ($${number}::uuid[])`;
    expect(bounds({ ...dupont, ...noted }, ["x"], ["y"])).toBe(` AND (${one(3)} AND ${one(4)})`);
    expect(bounds({ ...dupont, ...noted }, null, ["y"])).toBe(` AND ${one(3)}`);
    expect(bounds({ or: [dupont, noted] }, ["x"], ["y"])).toBe(` AND (${one(3)} OR ${one(4)})`);
    expect(bounds({ or: [dupont, noted] }, ["x"], null)).toBe("");
    expect(bounds({ or: [dupont, noted] }, null, ["y"])).toBe("");
    expect(bounds({ and: [{ ...dupont, or: [noted] }] }, ["x"], ["y"])).toBe(` AND (${one(3)} AND ${one(4)})`);
  });

  test.each([
    ["a null field", { name: null }],
    ["a null in a quantifier of related rows", { notes: { some: null } }],
    ["a null operand of related rows", { notes: { every: { text: { eq: null } } } }],
    ["a field that related rows don't have", { notes: { some: { createdAt: { gt: "-P1D" } } } }],
    ["6 levels with related rows", { not: { not: { not: { not: { notes: { some: { text: { eq: "x" } } } } } } } }],
    ["a null operand", { name: { eq: null } }],
    ["a null in and", { and: null }],
    ["a null in a quantifier", { tags: { some: null } }],
    ["a date that is none", { createdAt: { gte: "yesterday" } }],
    ["a duration that is none", { createdAt: { gte: "P" } }],
    ["a duration beyond all calendars", { createdAt: { gte: "P999999Y" } }],
    ["51 conditions", { or: Array.from({ length: 26 }, () => ({ name: { eq: "x" } })) }],
    ["6 levels", { not: { not: { not: { not: { not: { name: { eq: "x" } } } } } } }],
    ["251 values", { name: { in: Array.from({ length: 251 }, String) } }],
    ["two letters to be contained", { name: { contains: "ab" } }],
    ["signs to begin with", { name: { startsWith: "%_" } }],
    ["two letters to be contained in a tag", { tags: { none: { contains: "ab" } } }],
    ["a very long text", { name: { contains: "x".repeat(1_001) } }],
  ])("refuses %s with BAD_USER_INPUT", (_, filter) => {
    expect(() => compile(filter)).toThrow(expect.objectContaining({ code: "BAD_USER_INPUT" }));
  });

  test("allows 5 levels and 50 conditions", () => {
    expect(() => compile({ not: { not: { not: { not: { name: { eq: "x" } } } } } })).not.toThrow();
    expect(() =>
      compile({ name: { eq: "x" }, or: Array.from({ length: 24 }, () => ({ name: { eq: "x" } })) }),
    ).not.toThrow();
  });

  test("has one fingerprint for filters that differ in the order of fields only", () => {
    const one = compile({ name: { eq: "x", isNull: false }, tags: { none: { eq: "y" } } });
    const other = compile({ tags: { none: { eq: "y" } }, name: { isNull: false, eq: "x" } });
    expect(one.fingerprint).toBe(other.fingerprint);
    expect(compile({ name: { eq: "y" } }).fingerprint).not.toBe(one.fingerprint);
  });

  test("says which fields it asks about", () => {
    expect([...compile({ or: [{ name: { eq: "x" } }, { not: { tags: { some: { eq: "y" } } } }] }).fields]).toEqual([
      "name",
      "tags",
    ]);
  });
});

describe("readInstant", () => {
  // The clocks of Paris went forward that night: this day had 23 hours.
  test.each([
    ["-P1D", "2026-03-28T13:00:00.000Z"],
    ["-PT24H", "2026-03-28T12:00:00.000Z"],
    ["-P1M", "2026-02-28T13:00:00.000Z"],
    ["P1W", "2026-04-05T12:00:00.000Z"],
    ["+PT90M", "2026-03-29T13:30:00.000Z"],
    ["2026-01-01T00:00:00+01:00", "2025-12-31T23:00:00.000Z"],
  ])("reads %s as %s", (text, expected) => {
    expect(readInstant(text, clock.now, clock.timeZone)?.toISOString()).toBe(expected);
  });

  test.each(["", "P", "1D", "2026-01-01", "2026-13-01T00:00:00Z", "now"])("refuses %p", (text) => {
    expect(readInstant(text, clock.now, clock.timeZone)).toBeNull();
  });
});
