import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "@jest/globals";
import { buildSchema } from "graphql";
import { deprecationProblems } from "../scripts/deprecation-policy.ts";

const today = new Date("2026-11-21T12:00:00Z");
const plain =
  "type Query { mail: String email(upper: Boolean): String } enum Size { S M } input Named { name: String }";
const deprecated = (reason: string) => plain.replace("mail: String", `mail: String @deprecated(reason: "${reason}")`);
const problems = (released: string, current: string) =>
  deprecationProblems(buildSchema(released), buildSchema(current), today);

describe("the promise of a deprecation", () => {
  it("is what to use, and the first day of a quarter a year ahead or more", () => {
    expect(problems(plain, plain)).toEqual([]);
    expect(problems(plain, deprecated("Use email. Removal 2028-01-01."))).toEqual([]);
  });

  it.each([
    ["no date", "Use email."],
    ["no replacement", "Removal 2028-01-01."],
    ["a day within a quarter", "Use email. Removal 2028-01-02."],
    ["another month", "Use email. Removal 2028-02-01."],
    ["no reason of its own", "No longer supported"],
  ])("has the form of the guide: %s", (_what, reason) => {
    expect(problems(plain, deprecated(reason))).toEqual([
      expect.stringMatching(/^Query\.mail: its reason has to read/),
    ]);
  });

  it("gives a year's notice from the release that deprecates", () => {
    expect(problems(plain, deprecated("Use email. Removal 2027-10-01."))).toEqual([
      "Query.mail can't be removed before 2027-11-21.",
    ]);
    // Released before, so its year began before.
    const released = deprecated("Use email. Removal 2027-01-01.");
    expect(problems(released, released)).toEqual([]);
    expect(problems(released, deprecated("Use email. Removal 2027-04-01."))).toEqual([]);
    expect(problems(deprecated("Use email. Removal 2027-04-01."), released)).toEqual([
      "Query.mail can't be removed before 2027-04-01.",
    ]);
  });

  it("is kept: nothing goes before its day", () => {
    const gone = plain.replace("mail: String", "");
    expect(problems(deprecated("Use email. Removal 2027-01-01."), gone)).toEqual([
      "Query.mail was promised until 2027-01-01.",
    ]);
    expect(problems(deprecated("Use email. Removal 2026-10-01."), gone)).toEqual([]);
  });

  it("binds arguments, input fields and enum values, too", () => {
    const soon = '@deprecated(reason: "Soon.")';
    const current = plain
      .replace("upper: Boolean", `upper: Boolean ${soon}`)
      .replace("M }", `M ${soon} }`)
      .replace("name: String", `name: String ${soon}`);
    expect(problems(plain, current).map((problem) => problem.split(": ")[0])).toEqual([
      "Query.email(upper:)",
      "Size.M",
      "Named.name",
    ]);
  });
});

describe("the comparison with the last release", () => {
  const run = promisify(execFile);

  it("refuses a removal that nobody was warned of, and takes one that was announced", async () => {
    const folder = await mkdtemp(join(tmpdir(), "released-"));
    const paths = {
      plain,
      gone: plain.replace("mail: String", ""),
      announced: deprecated("Use email. Removal 2026-10-01."),
    };
    const compare = async (released: keyof typeof paths, current: keyof typeof paths) => {
      const [from, to] = [join(folder, `${released}.graphql`), join(folder, `${current}.graphql`)];
      await writeFile(from, paths[released]);
      await writeFile(to, paths[current]);
      return run("node_modules/.bin/graphql-inspector", [
        "diff",
        from,
        to,
        "--rule",
        "suppressRemovalOfDeprecatedField",
      ]);
    };
    try {
      await expect(compare("plain", "gone")).rejects.toMatchObject({ code: 1 });
      await expect(compare("announced", "gone")).resolves.toMatchObject({ stdout: expect.any(String) });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
