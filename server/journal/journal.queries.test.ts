import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import pg from "pg";
import { payload, startApp, type TestApp } from "../../test/app.ts";
import { recordStatements } from "../../test/recorded-statements.ts";

interface Entry {
  readonly position: number;
  readonly cursor: string;
  readonly type: string;
  readonly subjectId: string;
  readonly subject: { readonly id: string; readonly email?: string } | null;
}

interface Page {
  readonly nodes: Entry[];
  readonly pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  };
}

let app: TestApp;
let total: number;

beforeAll(async () => {
  app = await startApp();
  for (let index = 0; index < 12; index += 1) {
    await app.graphql("mutation ($email: String!) { captureLead(input: { email: $email }) { accepted } }", {
      email: `lead-${index}@example.com`,
    });
  }
  total = (await page({ first: 250 })).nodes.length;
});

afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

const pageQuery = `query ($first: Int, $after: Cursor, $last: Int, $before: Cursor, $types: [String!]) {
  journal(first: $first, after: $after, last: $last, before: $before, types: $types) {
    nodes { position cursor type subjectId subject { id ... on Lead { email } } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

async function page(variables: Record<string, unknown>): Promise<Page> {
  return payload<Page>(await app.graphql(pageQuery, variables), "journal");
}

async function verify(range: Record<string, unknown> = {}) {
  return app.graphql(
    "query ($from: BigInt, $to: BigInt) { verifyJournal(from: $from, to: $to) { valid entries firstBadPosition } }",
    range,
  );
}

describe("Query.journal", () => {
  it("walks forward and backward over every entry once", async () => {
    const forward: number[] = [];
    for (let after: string | null = null, more = true; more;) {
      const { nodes, pageInfo } = await page({ first: 5, after });
      forward.push(...nodes.map((node) => node.position));
      expect(pageInfo.hasPreviousPage).toBe(after !== null);
      ({ endCursor: after, hasNextPage: more } = pageInfo);
    }
    expect(forward).toEqual(Array.from({ length: total }, (_, index) => index + 1));

    const backward: number[] = [];
    for (let before: string | null = null, more = true; more;) {
      const { nodes, pageInfo } = await page({ last: 5, before });
      backward.unshift(...nodes.map((node) => node.position));
      expect(pageInfo.hasNextPage).toBe(before !== null);
      ({ startCursor: before, hasPreviousPage: more } = pageInfo);
    }
    expect(backward).toEqual(forward);
  });

  it("filters by type", async () => {
    const { nodes } = await page({ types: ["lead.captured"] });
    expect(nodes).toHaveLength(12);
    expect((await page({ types: [] })).nodes).toEqual([]);
  });

  it("leads to the subjects with one statement for all leads of a page", async () => {
    let answer: Page | undefined;
    const statements = await recordStatements(async () => {
      answer = await page({ types: ["lead.captured"] });
    });
    expect(answer?.nodes.map((node) => node.subject?.email)).toEqual(
      Array.from({ length: 12 }, (_, index) => `lead-${index}@example.com`),
    );
    expect(statements.filter((statement) => statement.includes("FROM lead")).length).toBe(1);
  });

  it.each([{ first: -1 }, { first: 251 }, { last: -1 }, { first: 1, last: 1 }])("refuses %p", async (variables) => {
    const { errors } = await app.graphql(pageQuery, variables);
    expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT" });
  });

  it("gives the cursor just after a mutation, where its follower begins", async () => {
    const captured = await app.graphql('mutation { captureLead(input: { externalId: "x" }) { cursor } }');
    const { cursor } = payload<{ cursor: string }>(captured, "captureLead");
    expect((await page({ after: cursor })).nodes).toEqual([]);
    expect((await page({ last: 1 })).nodes[0]?.cursor).toBe(cursor);
  });

  it("finds an entry by its id", async () => {
    const answer = await app.graphql("{ journal(first: 1) { nodes { id } } }");
    const [entry] = payload<{ nodes: { id: string }[] }>(answer, "journal").nodes;
    const found = await app.graphql("query ($id: ID!) { node(id: $id) { id ... on JournalEntry { position } } }", {
      id: entry?.id,
    });
    expect(found.data?.["node"]).toEqual({ id: entry?.id, position: 1 });
  });
});

describe("an entry about a deleted lead", () => {
  it("names what was erased by public ids, and shows nothing of it", async () => {
    const captured = await app.graphql(
      'mutation { captureLead(input: { email: "gone@example.com" }) { lead { id } } }',
    );
    const { id } = payload<{ lead: { id: string } }>(captured, "captureLead").lead;
    await app.graphql("mutation ($id: ID!) { deleteLead(input: { id: $id }) { userErrors { message } } }", { id });
    const answer = await app.graphql("{ journal(last: 2) { nodes { type subjectId subject { id } data } } }");
    const { nodes } = payload<{ nodes: unknown[] }>(answer, "journal");
    expect(nodes).toMatchObject([
      { type: "lead.captured", subjectId: id, subject: null },
      { type: "lead.deleted", subjectId: id, subject: null, data: { erasedSubjects: [id] } },
    ]);
    expect(JSON.stringify(nodes)).not.toContain("gone@example.com");
  });
});

describe("Query.verifyJournal", () => {
  it("checks all of it, or a range", async () => {
    const all = payload<{ entries: number }>(await verify(), "verifyJournal");
    expect(all).toMatchObject({ valid: true, firstBadPosition: null });
    expect((await verify({ from: 2, to: 4 })).data?.["verifyJournal"]).toEqual({
      valid: true,
      entries: 3,
      firstBadPosition: null,
    });
    expect((await verify({ from: 2, to: 1_000_000 })).data?.["verifyJournal"]).toMatchObject({
      valid: true,
      entries: all.entries - 1,
    });
  });

  it.each([{ from: 0 }, { from: -1 }, { from: 5, to: 4 }])("refuses the range %p", async (range) => {
    expect((await verify(range)).errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT" });
  });

  it("names the position of an entry that was changed in the database", async () => {
    const owner = new pg.Client({ connectionString: app.database.ownerUrl });
    await owner.connect();
    await owner.query(`UPDATE journal_entry SET data = data || '{"forged": true}' WHERE position = 7`);
    await owner.end();
    expect((await verify()).data?.["verifyJournal"]).toMatchObject({ valid: false, firstBadPosition: 7 });
    expect((await verify({ to: 6 })).data?.["verifyJournal"]).toMatchObject({ valid: true });
    expect((await verify({ from: 8 })).data?.["verifyJournal"]).toMatchObject({ valid: true });
  });
});
