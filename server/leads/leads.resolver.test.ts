import { expect, test } from "@jest/globals";
import { payload, startApp } from "../../test/app.ts";
import { recordStatements } from "../../test/recorded-statements.ts";

const page = `{
  leads(first: 50) {
    nodes {
      id email tags owner { id name } consents { purpose }
      notes(first: 2) { nodes { body author { name } } pageInfo { hasNextPage } }
      timeline(last: 3) { nodes { type } }
    }
    pageInfo { hasNextPage endCursor }
  }
}`;

test("reads a page of leads with owner, tags, notes, consents and timeline with one statement per kind", async () => {
  await using app = await startApp();
  const capture = `mutation ($input: CaptureLeadInput!) { captureLead(input: $input) { accepted lead { id } userErrors { code } } }`;
  const note = `mutation ($input: AddLeadNoteInput!) { addLeadNote(input: $input) { note { id } userErrors { code } } }`;
  const count = async () => {
    const statements = await recordStatements(async () => {
      const answer = await app.graphql(page);
      expect(answer.errors).toBeUndefined();
      expect(payload<{ nodes: { notes: { nodes: unknown[] } }[] }>(answer, "leads").nodes[0]?.notes.nodes).toHaveLength(
        1,
      );
    });
    return statements.filter((text) => /\b(?:lead|lead_note|lead_consent|journal_entry|member)\b/.test(text)).length;
  };
  const add = async (email: string) => {
    const captured = await app.graphql(capture, { input: { email, tags: ["a"] } });
    const { lead } = payload<{ lead: { id: string } }>(captured, "captureLead");
    await app.graphql(note, { input: { id: lead.id, body: "Called" } });
  };
  await add("p1@example.com");
  const forOne = await count();
  for (let n = 2; n <= 10; n++) await add(`p${n}@example.com`);
  expect(await count()).toBe(forOne);
  expect(forOne).toBeLessThanOrEqual(5); // leads with owners, notes with authors, consents, timeline, and the key's own check
});

test("counts only when the total is asked for", async () => {
  await using app = await startApp();
  const counted = await recordStatements(() => app.graphql("{ leads(first: 1) { totalCount } }"));
  const plain = await recordStatements(() => app.graphql("{ leads(first: 1) { nodes { id } } }"));
  expect(counted.filter((text) => text.includes("count(*)"))).toHaveLength(1);
  expect(plain.filter((text) => text.includes("count(*)"))).toHaveLength(0);
});

test("reads the columns that are selected, through fragments and edges, and no others", async () => {
  await using app = await startApp();
  await app.graphql(`mutation { captureLead(input: { email: "ada@example.com", name: "Ada" }) { accepted } }`);
  const query = `
    query { leads(orderBy: [{ field: NAME }]) { edges { cursor node { ...Names ... on Lead { stage } } } nodes { ... on Node { id } tags } } }
    fragment Names on Lead { email owner { ...Who } }
    fragment Who on Member { name }`;
  for (let uses = 0; uses < 4; uses++) {
    // interpreted first, compiled later
    const statements = await recordStatements(async () => {
      const answer = await app.graphql(query);
      expect(answer.errors).toBeUndefined();
      const { edges, nodes } = payload<{ edges: { node: object }[]; nodes: object[] }>(answer, "leads");
      expect(edges.map(({ node }) => node)).toEqual([{ email: "ada@example.com", owner: null, stage: "NEW" }]);
      expect(nodes).toEqual([{ id: expect.stringMatching(/^lead_/), tags: [] }]);
    });
    const list = statements.find((text) => text.includes("FROM lead ")) ?? "";
    expect(list).toContain(
      "SELECT lead.id, lead.email, lead.stage, lead.tags, lead.name, member.id AS member_id, member.name AS member_name FROM",
    );
  }
});

test("lets a publishable key capture and nothing else", async () => {
  await using app = await startApp();
  const { publishableKey } = app.tenant;
  const captured = await app.graphql(
    `mutation { captureLead(input: { email: "ada@example.com" }) { accepted cursor lead { id } userErrors { code } } }`,
    {},
    publishableKey,
  );
  expect(captured.data).toEqual({ captureLead: { accepted: true, cursor: null, lead: null, userErrors: [] } });
  const read = await app.graphql("{ leads { nodes { id } } }", {}, publishableKey);
  expect(read.errors?.[0]?.extensions).toMatchObject({ code: "FORBIDDEN" });
});
