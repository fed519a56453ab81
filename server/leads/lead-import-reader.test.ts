import "reflect-metadata";
import { describe, expect, it, test } from "@jest/globals";
import { getMetadataStorage } from "type-graphql";
import { CaptureLeadInput } from "../../schema/lead-capture.ts";
import { plainCsv } from "../../test/lead-files.ts";
import type { ImportFailed } from "./lead-import-failure.ts";
import { leadLineMembers } from "./lead-import-json.ts";
import type { ImportOptions } from "./lead-import-options.ts";
import { type FileLayout, readFileRows } from "./lead-import-reader.ts";

const jsonl: ImportOptions = { ...plainCsv, format: "JSONL" };

/** Reads a file that arrives in pieces of this size. */
async function read(file: string | Buffer, options: ImportOptions = plainCsv, pieceSize = 7) {
  const bytes = typeof file === "string" ? Buffer.from(file) : file;
  const pieces = async function* () {
    for (let at = 0; at < bytes.length; at += pieceSize)
      yield await Promise.resolve(bytes.subarray(at, at + pieceSize));
  };
  let layout: FileLayout | undefined;
  const setting = { options, defaultCountry: "TN", now: new Date(), onLayout: (found: FileLayout) => (layout = found) };
  const rows = [];
  for await (const row of readFileRows(pieces(), setting)) rows.push(row);
  return { rows, contents: rows.map(({ content }) => content), layout };
}

const failure = (reason: ImportFailed["failure"]) => expect.objectContaining({ failure: reason });

describe("a CSV file", () => {
  it.each([
    [",", "COMMA"],
    [";", "SEMICOLON"],
    ["\t", "TAB"],
    ["|", "BAR"],
  ])("may have %j between its cells", async (delimiter, name) => {
    const { contents, layout } = await read(
      `E-Mail${delimiter}"Likes, dislikes"\nada@example.com${delimiter}"Love,;|lace"\n`,
    );
    expect(layout).toMatchObject({ delimiter: name });
    expect(contents).toMatchObject([{ email: "ada@example.com", attributes: { "Likes, dislikes": "Love,;|lace" } }]);
  });

  it.each([
    ["UTF-8", Buffer.from("mail,nom\nada@example.com,Zoë Żółć\n"), "UTF_8", "Zoë Żółć"],
    ["UTF-8 with a byte order mark", Buffer.from("\uFEFFmail,nom\nada@example.com,Zoë\n"), "UTF_8", "Zoë"],
    ["Latin-1", Buffer.from("mail,nom\nada@example.com,Zoë\n", "latin1"), "WINDOWS_1252", "Zoë"],
    ["Windows-1252", Buffer.from("mail,nom\nada@example.com,\x80uro\n", "latin1"), "WINDOWS_1252", "€uro"],
    ["UTF-16", Buffer.from("\uFEFFmail\tnom\nada@example.com\tZoë\n", "utf16le"), "UTF_16LE", "Zoë"],
  ])("may be %s", async (_, file, encoding, name) => {
    const { contents, layout } = await read(file, plainCsv, 64);
    expect(layout).toMatchObject({ encoding });
    expect(contents).toMatchObject([{ email: "ada@example.com", name }]);
  });

  it("is Windows-1252 too when its first foreign letter comes late", async () => {
    const lines = Array.from({ length: 5_000 }, (_, index) => `p${index}@example.com,x\n`).join("");
    const { contents, layout } = await read(
      Buffer.from(`mail,name\n${lines}z@example.com,Zoë\n`, "latin1"),
      plainCsv,
      4_096,
    );
    expect(layout).toMatchObject({ encoding: "WINDOWS_1252" });
    expect(contents.at(-1)).toMatchObject({ name: "Zoë" });
  });

  it("may have quotes, line breaks in cells, CRLF, empty lines and Excel's first line", async () => {
    const { rows } = await read(
      'sep=;\r\nemail;message\r\na@x.io;"said ""hi""\r\ntwice"\r\n\r\nb@x.io;it"s fine\r\nbad;',
    );
    expect(rows).toMatchObject([
      { row: 1, line: 3, content: { email: "a@x.io", message: 'said "hi"\r\ntwice' } },
      { row: 2, line: 6, content: { email: "b@x.io", message: 'it"s fine' } },
      { row: 3, line: 7, content: [{ code: "EMAIL_INVALID", field: ["email"] }] },
    ]);
  });

  it("reports each row with too many or too few cells, and goes on", async () => {
    const { rows } = await read("email,name\na@x.io\nb@x.io,Bob,extra\nc@x.io,Cy\n");
    expect(rows).toMatchObject([
      { row: 1, line: 2, content: [{ code: "COLUMN_COUNT" }] },
      { row: 2, line: 3, content: [{ code: "COLUMN_COUNT" }] },
      { row: 3, line: 4, content: { email: "c@x.io" } },
    ]);
  });

  it("reports rows without a person, and texts that are none", async () => {
    const file = Buffer.concat([
      Buffer.from("email,name\n,Nobody\nb@x.io,Zoë\nc@x.io,\xff\n"),
      Buffer.from([0x64, 0x40, 0x78, 0x2e, 0x69, 0x6f, 0x2c, 0xff, 0x0a]),
    ]);
    const { contents } = await read(file, { ...plainCsv, encoding: "UTF_8" }, 1_000);
    expect(contents).toMatchObject([
      [{ code: "IDENTITY_MISSING" }],
      { name: "Zoë" },
      { name: "ÿ" },
      [{ code: "TEXT_INVALID" }],
    ]);
  });

  it("keeps all of two columns of one name", async () => {
    const { contents, layout } = await read("email,note,note,,email\na@x.io,1,2,3,b@x.io\n");
    expect(layout?.columns.map(({ name }) => name)).toEqual(["email", "note", "note (2)", "column 4", "email (2)"]);
    expect(contents).toMatchObject([
      { email: "a@x.io", attributes: { note: "1", "note (2)": "2", "column 4": "3", "email (2)": "b@x.io" } },
    ]);
  });

  it("keeps columns whose names JavaScript's objects have already", async () => {
    const { contents, layout } = await read("email,constructor,__proto__\na@x.io,1,2\n");
    expect(layout?.columns.map(({ attribute }) => attribute)).toEqual([null, "constructor", "column 3"]);
    expect(contents).toMatchObject([{ attributes: { constructor: "1", "column 3": "2" } }]);
  });

  it("has its columns as a mapping says", async () => {
    const mapping = [
      { column: "Contact", field: "EMAIL", attribute: null, type: "TEXT" },
      { column: "Seats", field: null, attribute: "seats", type: "NUMBER" },
      { column: "VIP", field: null, attribute: "vip", type: "BOOLEAN" },
    ] as const;
    const { contents } = await read("Contact,Seats,VIP,Secret\na@x.io,3.5,yes,x\nb@x.io,many,no,x\n", {
      ...plainCsv,
      mapping,
    });
    expect(contents).toMatchObject([
      { email: "a@x.io", attributes: { seats: 3.5, vip: true } },
      [{ code: "ATTRIBUTES_INVALID", field: ["attributes", "seats"] }],
    ]);
    await expect(read("Email\na@x.io\n", { ...plainCsv, mapping })).rejects.toEqual(failure("COLUMN_MISSING"));
  });

  it.each([
    ["nothing in it", "", "FILE_EMPTY"],
    ["empty lines only", "\n\n", "FILE_EMPTY"],
    ["no column that tells who", "name,company\nAda,Engines\n", "IDENTITY_MISSING"],
    ["a quote that is never closed", 'email,name\na@x.io,"Ada\nb@x.io,Bob\n', "FILE_UNREADABLE"],
    ["a row of 300 kB", `email,name\na@x.io,${"x".repeat(300_000)}\n`, "FILE_UNREADABLE"],
  ] as const)("ends the import with %s", async (_, file, reason) => {
    await expect(read(file, plainCsv, 4_096)).rejects.toEqual(failure(reason));
  });

  it("may end after its header line", async () => {
    const { rows, layout } = await read("email,name");
    expect(rows).toEqual([]);
    expect(layout?.columns).toHaveLength(2);
  });
});

describe("a JSONL file", () => {
  it("has a lead per line, and reports each line that is none", async () => {
    const { rows } = await read(
      [
        '{"email":"a@x.io","attributes":{"seats":3},"consent":[{"purpose":"news","textVersion":"1","givenAt":"2026-01-01T00:00:00Z"}]}',
        "",
        "{broken",
        "[1]",
        '{"email":"b@x.io","stage":"WON"}',
        '{"email":7}',
        '{"email":"c@x.io","name":"\\ud800"}',
        '{"email":"d@x.io","name":"\\u0000"}',
        `{"email":"e@x.io","name":"${"x".repeat(300_000)}"}`,
        '{"email":"f@x.io"}',
      ].join("\n"),
      jsonl,
      1_000,
    );
    expect(rows).toMatchObject([
      {
        row: 1,
        line: 1,
        content: { attributes: { seats: 3 }, consents: [{ givenAt: new Date("2026-01-01T00:00:00Z") }] },
      },
      { row: 2, line: 3, content: [{ code: "JSON_INVALID" }] },
      { row: 3, line: 4, content: [{ code: "JSON_INVALID" }] },
      { row: 4, line: 5, content: [{ code: "FIELD_INVALID", field: ["stage"] }] },
      { row: 5, line: 6, content: [{ code: "FIELD_INVALID", field: ["email"] }] },
      { row: 6, line: 7, content: [{ code: "TEXT_INVALID" }] },
      { row: 7, line: 8, content: [{ code: "TEXT_INVALID" }] },
      { row: 8, line: 9, content: [{ code: "TOO_LONG" }] },
      { row: 9, line: 10, content: { email: "f@x.io", source: "import" } },
    ]);
  });

  test("takes the fields of captureLead, and no others", () => {
    const fields = getMetadataStorage()
      .fields.filter(({ target }) => target === CaptureLeadInput)
      .map(({ name }) => name)
      .filter((name) => name !== "honeypot"); // a file has no form
    expect([...leadLineMembers].toSorted()).toEqual(fields.toSorted());
  });
});
