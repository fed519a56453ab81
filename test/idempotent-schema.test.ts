import "reflect-metadata";
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { getNullableType, type GraphQLSchema, isObjectType } from "graphql";
import pg from "pg";
import { unkeyedMutations } from "../server/operations/unkeyed-mutations.ts";
import { buildNexoraSchema } from "../server/schema.ts";
import { payload, startApp, type TestApp } from "./app.ts";
import { generateOperations } from "./generated-operations.ts";
import { codesOf, replayOf, sendKeyed } from "./keyed-request.ts";
import { mutationScenarios, scenarioPassword } from "./mutation-scenarios.ts";
import type { Stage } from "./scenario.ts";

// Every mutation of the schema is sent twice with one key: a new one needs a scenario, or a reason in the table of those
// that take no key.

const schema: GraphQLSchema = await buildNexoraSchema();
const mutations = Object.keys(schema.getMutationType()?.getFields() ?? {});
const operations = new Map(
  // Deeper, and a series with all that is known of its people would be too dear for one operation.
  generateOperations(schema, { kind: "mutation", id: "lead_0", depth: 3 }).map(({ field, query }) => [field, query]),
);

let app: TestApp;
let owner: pg.Client;
let stage: Stage;

beforeAll(async () => {
  app = await startApp();
  owner = new pg.Client({ connectionString: app.database.ownerUrl });
  await owner.connect();
  const { ownerEmail: email, ownerPassword: password } = app.tenant;
  const query = "mutation ($input: SignInInput!) { signIn(input: $input) { tokens { accessToken } } }";
  const signedIn = await app.graphql(query, { input: { email, password } }, null);
  const { tokens } = payload<{ tokens: { accessToken: string } }>(signedIn, "signIn");
  stage = { app, ownerToken: tokens.accessToken };
});

afterAll(async () => {
  await owner.end();
  await app[Symbol.asyncDispose]();
});

/** Names of a payload's fields that only the first answer has. */
function shownOnce(mutation: string): string[] {
  const payloadType = getNullableType(schema.getMutationType()?.getFields()[mutation]?.type);
  if (!isObjectType(payloadType)) throw new Error(`${mutation} has no payload`);
  return Object.values(payloadType.getFields())
    .filter(({ extensions }) => extensions["isShownOnce"] === true)
    .map(({ name }) => name);
}

/** How many rows each table has. What was begun may go on by itself: then only what was begun counts. */
async function rowCounts(goesOn: boolean): Promise<Record<string, string>> {
  // Schedules and the zones' check come round by themselves.
  const moving = [
    "throttle",
    "tenant_schedule",
    "zone_check",
    ...(goesOn ? ["journal_entry", "webhook_attempt", "bulk_chunk"] : []),
  ];
  const tables = await owner.query<{ name: string }>(
    `
    SELECT c.relname AS name FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
      AND c.relname <> ALL ($1) ORDER BY 1`,
    [moving],
  );
  const counts: Record<string, string> = {};
  for (const { name } of tables.rows) {
    // Mail that an earlier mutation has queued goes out meanwhile.
    const own = name === "journal_entry" ? "WHERE type NOT LIKE 'mail.%'" : "";
    const { rows } = await owner.query<{ count: string }>(`SELECT count(*) FROM ${name} ${own}`);
    counts[name] = rows[0]?.count ?? "";
  }
  return counts;
}

describe("every mutation of the schema", () => {
  it("is done once per key, or is declared as one that takes none; none is both", () => {
    expect([...Object.keys(mutationScenarios), ...Object.keys(unkeyedMutations)].toSorted()).toEqual(
      mutations.toSorted(),
    );
  });

  it.each(Object.keys(mutationScenarios))("%s", async (field) => {
    const scenario = (await mutationScenarios[field]?.(stage)) ?? { input: {} };
    const { input, credential = stage.ownerToken, goesOn } = scenario;
    const request = { key: randomUUID(), query: operations.get(field) ?? "", variables: { input }, credential };
    const first = await sendKeyed(app, request);
    expect(first.errors).toBeUndefined();
    expect(replayOf(first)).toBeUndefined();
    const done = payload<Record<string, unknown>>(first, field);
    expect(done).toMatchObject({ userErrors: [] });
    for (const name of shownOnce(field)) expect(done[name]).not.toBeNull();

    const before = await rowCounts(goesOn !== undefined);
    const again = await sendKeyed(app, request);
    expect(again.errors).toBeUndefined();
    expect(replayOf(again)).toEqual({ replayed: true });
    const withoutSecrets = Object.fromEntries(shownOnce(field).map((name) => [name, null]));
    const moving =
      goesOn === undefined || !(goesOn in done)
        ? {}
        : { [goesOn]: expect.objectContaining({ id: idIn(done[goesOn]) }) };
    expect(again.data).toEqual({ [field]: { ...done, ...withoutSecrets, ...moving } });

    const other = await sendKeyed(app, { ...request, variables: { input: { ...input, ...changed(input) } } });
    expect(codesOf(other)).toEqual(["IDEMPOTENCY_KEY_PARAMETER_MISMATCH"]);
    expect(await rowCounts(goesOn !== undefined)).toEqual(before);
  });
});

function idIn(object: unknown): unknown {
  return typeof object === "object" && object !== null && "id" in object ? object.id : undefined;
}

/** The same input with another text in its first member. */
function changed(input: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const [name, value] = Object.entries(input).find(([, member]) => typeof member === "string") ?? [];
  if (name === undefined) {
    const [number, old] = Object.entries(input).find(([, member]) => typeof member === "number") ?? [];
    if (number !== undefined) return { [number]: Number(old) + 1 };
    const [flag, before] = Object.entries(input).find(([, member]) => typeof member === "boolean") ?? [];
    if (flag === undefined) throw new Error("nothing to change");
    return { [flag]: before !== true };
  }
  if (name === "token") return { [name]: ofAnotherSecret(String(value)) };
  return { [name]: name === "stage" ? "NEW" : `${String(value)}x` };
}

/** A token for the same thing, with another last character: not A and B, whose difference base64url leaves out at the end. */
function ofAnotherSecret(token: string): string {
  return token.slice(0, -1) + (token.endsWith("A") ? "Q" : "A");
}

it("keeps no secret, no password and no personal data in the results", async () => {
  const { rows } = await owner.query<{ text: string }>("SELECT result::text AS text FROM idempotent_result");
  const kept = rows.map(({ text }) => text).join("\n");
  expect(rows.length).toBeGreaterThan(10);
  expect(kept).not.toMatch(/nx_|pk_|eyJ|@example\.com|argon|\/uploads\//);
  expect(kept).not.toContain(scenarioPassword);
});
