import { afterAll, beforeAll, expect, it, test } from "@jest/globals";
import { payload } from "../../test/app.ts";
import { LeadFiles, people } from "../../test/lead-files.ts";

let files: LeadFiles;

beforeAll(async () => {
  files = await LeadFiles.start();
});
afterAll(() => files[Symbol.asyncDispose]());

async function link(input: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const answer = await files.app.graphql(
    `mutation ($input: ExportLeadsInput!) { exportLeads(input: $input) { downloadUrl userErrors { code } } }`,
    { input: { format: "CSV", ...input } },
  );
  return payload<{ downloadUrl: string }>(answer, "exportLeads").downloadUrl;
}

async function download(input: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const response = await fetch(await link(input));
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer()).toString("utf8"); // text() would drop the byte order mark
}

const people1 = [
  {
    email: "ada@example.com",
    name: '=HYPERLINK("x")',
    company: '"Engines", Ltd',
    phone: "+21671123456",
    tags: ["a", "b"],
  },
  { email: "bob@example.com", name: "Zoë\nÜ", attributes: { seats: 3, note: "x" } },
];

test("a CSV file is quoted, guarded against formulas, and can be imported again", async () => {
  await files.import(people1.map((person) => JSON.stringify(person)).join("\n"), { format: "JSONL" });
  const columns = ["EMAIL", "PHONE", "NAME", "COMPANY", "TAGS", "ATTRIBUTES"];
  const text = await download({ columns, byteOrderMark: true });
  expect(text).toBe(
    [
      "\uFEFFemail,phone,name,company,tags,attributes",
      `ada@example.com,'+21671123456,"'=HYPERLINK(""x"")","""Engines"", Ltd","a,b",`,
      `bob@example.com,,"Zoë\nÜ",,,"{""note"":""x"",""seats"":3}"`,
      "",
    ].join("\r\n"),
  );
  const { state } = await files.import(text);
  expect(state).toMatchObject({ status: "COMPLETED", mergedLeads: 2, createdLeads: 0 });
  expect(await files.sql("SELECT name, phone FROM lead WHERE email = 'ada@example.com'")).toEqual([
    { name: '=HYPERLINK("x")', phone: "+21671123456" },
  ]);
});

test("a JSONL file has the leads of a filter with their types", async () => {
  const text = await download({
    format: "JSONL",
    columns: ["EMAIL", "ATTRIBUTES", "TAGS"],
    filter: { email: { eq: "bob@example.com" } },
  });
  expect(JSON.parse(text)).toMatchObject({ email: "bob@example.com", attributes: { note: "x", seats: 3 }, tags: [] });
});

test("each download is told to the journal before it begins", async () => {
  await download({ filter: { email: { eq: "bob@example.com" } } });
  const entries = await files.sql(
    "SELECT data, personal, actor FROM journal_entry WHERE type = 'lead.exported' ORDER BY position DESC LIMIT 1",
  );
  expect(entries).toMatchObject([
    {
      data: { format: "CSV", leads: 1 },
      personal: { filter: { email: { eq: "bob@example.com" } } },
      actor: { type: "API_KEY" },
    },
  ]);
});

test("a file of several pages has each lead once, in one snapshot", async () => {
  await files.import(people(3_500));
  const total = await files.leads();
  const response = await fetch(await link({ columns: ["EMAIL"] }));
  const reader = response.body?.getReader();
  const first = await reader?.read();
  await files.import("email\nlate@example.com\n"); // after the snapshot
  let text = Buffer.from(first?.value ?? []).toString();
  for (let next = await reader?.read(); next?.done === false; next = await reader?.read())
    text += Buffer.from(next.value).toString();
  const emails = text.trim().split("\r\n").slice(1);
  expect(emails).toHaveLength(total);
  expect(new Set(emails).size).toBe(total);
  expect(emails).not.toContain("late@example.com");
});

it.each([
  ["columns twice", { columns: ["EMAIL", "EMAIL"] }],
  ["no columns", { columns: [] }],
])("refuses %s", async (_, input) => {
  const answer = await files.app.graphql(
    `mutation ($input: ExportLeadsInput!) { exportLeads(input: $input) { downloadUrl userErrors { code } } }`,
    { input: { format: "CSV", ...input } },
  );
  expect(answer.data).toEqual({ exportLeads: { downloadUrl: null, userErrors: [{ code: "COLUMNS_INVALID" }] } });
});

test("a link that was changed leads nowhere", async () => {
  const url = await link();
  const response = await fetch(`${url}x`);
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: "BAD_USER_INPUT" } }] });
});

test("a key that was revoked can't fetch what it asked for", async () => {
  const tenant = await files.app.createTenant();
  const answer = await files.app.graphql(
    `mutation { exportLeads(input: { format: CSV }) { downloadUrl } }`,
    {},
    tenant.secretKey,
  );
  const { downloadUrl } = payload<{ downloadUrl: string }>(answer, "exportLeads");
  expect((await fetch(downloadUrl)).status).toBe(200);
  await files.sql(
    "UPDATE api_key SET revoked_at = now()  WHERE kind = 'SECRET' AND tenant_id = (SELECT id FROM tenant ORDER BY created_at DESC LIMIT 1)",
  );
  await new Promise((resolve) => setTimeout(resolve, 1_100)); // rights are remembered for a second
  expect((await fetch(downloadUrl)).status).toBe(410);
});
