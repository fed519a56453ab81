import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import pg from "pg";
import { type GraphQLAnswer, payload, startApp, type TestApp } from "../../test/app.ts";
import { recordStatements } from "../../test/recorded-statements.ts";

let app: TestApp;
let owner: pg.Client;

beforeAll(async () => {
  app = await startApp();
  owner = new pg.Client({ connectionString: app.database.ownerUrl });
  await owner.connect();
});

afterAll(async () => {
  await owner.end();
  await app[Symbol.asyncDispose]();
});

interface Send {
  readonly key?: string | undefined;
  readonly variables?: Record<string, unknown>;
  readonly credential?: string | null;
  readonly extensions?: Record<string, unknown>;
  readonly url?: string;
}

async function send(query: string, { key, variables, credential, extensions, url }: Send = {}): Promise<GraphQLAnswer> {
  const bearer = credential === undefined ? app.tenant.secretKey : credential;
  const response = await fetch(`${url ?? app.url}/graphql`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(key === undefined ? {} : { "idempotency-key": key }),
      ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }),
    },
    body: JSON.stringify({ query, variables, extensions }),
  });
  const answer = (await response.json()) as Pick<GraphQLAnswer, "data" | "errors" | "extensions">;
  return { status: response.status, headers: response.headers, ...answer };
}

const capture = `mutation ($input: CaptureLeadInput!) {
  captureLead(input: $input) { accepted cursor lead { id email version tags } userErrors { code } }
}`;

function replayed(answer: GraphQLAnswer): unknown {
  return answer.extensions?.["idempotency"];
}

async function entries(type: string): Promise<number> {
  const { rows } = await owner.query<{ count: string }>("SELECT count(*) FROM journal_entry WHERE type = $1", [type]);
  return Number(rows[0]?.count);
}

describe("an idempotency key", () => {
  it("makes a change once, and says when an answer is a repeated one", async () => {
    const key = randomUUID();
    const variables = { input: { email: "once@example.com" } };
    const first = await send(capture, { key, variables });
    expect(first.errors).toBeUndefined();
    expect(replayed(first)).toBeUndefined();
    const again = await send(capture, { key, variables });
    expect(again.data).toEqual(first.data);
    expect(replayed(again)).toEqual({ replayed: true });
    expect(payload<{ lead: { version: number } }>(again, "captureLead").lead.version).toBe(1);
  });
});
