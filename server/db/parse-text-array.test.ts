import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { createTestDatabase } from "../../test/database.ts";
import { openDatabase } from "../../test/tenant-rows.ts";
import { parseTextArray } from "./parse-text-array.ts";

test("reads what PostgreSQL writes", async () => {
  await using test = await createTestDatabase();
  const database = openDatabase(test.appUrl);
  try {
    const word = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 10 }).filter((text) => !text.includes("\0") && text.isWellFormed()),
      fc.constantFrom("NULL", "null", "", " ", "a,b", '"', "\\", "{}", "{", "null and void", "é", "[1:2]={a}"),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.option(word), { maxLength: 8 }), async (elements) => {
        const [row] = await database.global((session) =>
          session.query<{ written: string; read: unknown }>({
            text: "SELECT $1::text[]::text AS written, $1::text[] AS read",
            values: [elements],
          }),
        );
        expect(parseTextArray(row?.written ?? "")).toEqual(elements);
        expect(row?.read).toEqual(elements);
      }),
      { numRuns: 300 },
    );
  } finally {
    await database.close();
  }
});

test("reads arrays of more dimensions as pg does", () => {
  expect(parseTextArray("{{a,b},{c,d}}")).toEqual([
    ["a", "b"],
    ["c", "d"],
  ]);
});
