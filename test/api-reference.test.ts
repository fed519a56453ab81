import { describe, expect, it } from "@jest/globals";
import { buildSchema } from "graphql";
import { apiReference } from "../scripts/api-reference.ts";

const schema = buildSchema(`
  "Marks a change." directive @once("The key." key: String!) on FIELD
  "Reads." type Query { "People." people("How many." first: Int = 10, where: Filter): [Person!]! }
  "Who." type Person implements Node { "Id." id: ID! "Mail." mail: String @deprecated(reason: "Use email. Removal 2028-01-01.") }
  "Has an id." interface Node { "Id." id: ID! }
  "Anybody." union Anybody = Person
  "Which | that." input Filter { "How large." size: Size = M }
  "Sizes." enum Size { "Small." S "Medium." M }
  "A day." scalar Day @specifiedBy(url: "https://example.com/day")
`);
const pages = apiReference(schema);

describe("the API reference", () => {
  it("has a page for each kind of thing, and an index of them", () => {
    const index = pages.get("README.md") ?? "";
    expect([...pages.keys()].filter((file) => !index.includes(`(${file})`))).toEqual(["README.md"]);
  });

  it("tells arguments with defaults, descriptions and deprecations", () => {
    expect(pages.get("queries.md")).toContain("| `first` | Int = `10` | How many. |");
    expect(pages.get("inputs.md")).toContain("| `size` | [Size](enums.md#size) = `M` | How large. |");
    expect(pages.get("objects.md")).toContain(
      "| `mail` | String | Mail. **Deprecated.** Use email. Removal 2028-01-01. |",
    );
    expect(pages.get("directives.md")).toContain("## @once");
    expect(pages.get("scalars.md")).toContain("<https://example.com/day>");
  });

  it("links to headings that exist", () => {
    const anchors = new Set(
      [...pages].flatMap(([file, text]) =>
        [...text.matchAll(/^## (.+)$/gm)].map(([, heading = ""]) => `${file}#${heading.toLowerCase()}`),
      ),
    );
    const links = [...pages.values()].flatMap((text) =>
      [...text.matchAll(/\]\(([^)]*#[^)]*)\)/g)].map(([, link]) => link),
    );
    expect(links.length).toBeGreaterThan(4);
    expect(links.filter((link) => !anchors.has(link ?? ""))).toEqual([]);
  });
});
