import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, test } from "@jest/globals";
import pg from "pg";
import { type GraphQLAnswer, payload, startApp, type TestApp } from "../../test/app.ts";
import { holdCommits } from "../../test/held-commits.ts";
import { codesOf, type KeyedRequest, replayOf, sendKeyed } from "../../test/keyed-request.ts";
import { recordStatements } from "../../test/recorded-statements.ts";

let app: TestApp;
let owner: pg.Client;

beforeAll(async () => {
  app = await startApp({ env: { DATABASE_POOL_SIZE: "10" } });
  owner = new pg.Client({ connectionString: app.database.ownerUrl });
  await owner.connect();
});

afterAll(async () => {
  await owner.end();
  await app[Symbol.asyncDispose]();
});

const capture = `mutation ($input: CaptureLeadInput!) {
  captureLead(input: $input) { accepted cursor lead { id email version stage } userErrors { code } }
}`;

interface CapturedLead {
  readonly id: string;
  readonly email: string;
  readonly version: number;
  readonly stage: string;
}

const send = (request: Partial<KeyedRequest>): Promise<GraphQLAnswer> => sendKeyed(app, { query: capture, ...request });

const leadOf = (answer: GraphQLAnswer): CapturedLead => payload<{ lead: CapturedLead }>(answer, "captureLead").lead;

const person = () => ({ input: { email: `${randomUUID()}@example.com` } });

async function count(table: string, where = "true"): Promise<number> {
  const { rows } = await owner.query<{ count: string }>(`SELECT count(*) FROM ${table} WHERE ${where}`);
  return Number(rows[0]?.count);
}

const entries = () => count("journal_entry");

describe("a mutation with an idempotency key", () => {
  it("is done once, and says when its answer is a repeated one", async () => {
    const request = { key: randomUUID(), variables: person() };
    const first = await send(request);
    expect(replayOf(first)).toBeUndefined();
    const before = await entries();
    const again = await send(request);
    expect(again.status).toBe(200);
    expect(again.data).toEqual(first.data);
    expect(leadOf(again)).toMatchObject({ version: 1, email: request.variables.input.email });
    expect(replayOf(again)).toEqual({ replayed: true });
    expect(await entries()).toBe(before);
  });

  it("keeps ids and scalars: another selection is resolved on things as they are now", async () => {
    const request = { key: randomUUID(), variables: person() };
    const { id } = leadOf(await send(request));
    await app.graphql(
      'mutation ($id: ID!) { moveLead(input: { id: $id, stage: WON }) { lead { id } } addLeadNote(input: { id: $id, body: "Hello" }) { cursor } }',
      { id },
    );
    const query = `mutation ($input: CaptureLeadInput!) { captureLead(input: $input) { lead { id stage notes { nodes { body } } } } }`;
    const again = await send({ ...request, query });
    expect(replayOf(again)).toEqual({ replayed: true });
    expect(again.data).toEqual({ captureLead: { lead: { id, stage: "WON", notes: { nodes: [{ body: "Hello" }] } } } });
    const { rows } = await owner.query<{ result: unknown }>(
      "SELECT result FROM idempotent_result WHERE result::text LIKE $1",
      [`%${id}%`],
    );
    expect(rows).toEqual([{ result: { accepted: true, lead: { id }, userErrors: [] } }]);
  });

  it("stays done when what it made has been deleted", async () => {
    const request = { key: randomUUID(), variables: person() };
    const { id } = leadOf(await send(request));
    await app.graphql("mutation ($id: ID!) { deleteLead(input: { id: $id }) { deletedLeadId } }", { id });
    const again = await send(request);
    expect(again.data).toMatchObject({ captureLead: { accepted: true, lead: null } });
    expect(await count("lead", `email = '${request.variables.input.email}'`)).toBe(0);
  });

  it("is refused with other arguments or another field under the same key: 422", async () => {
    const key = randomUUID();
    const variables = person();
    const { id } = leadOf(await send({ key, variables }));
    const refusals = [
      await send({ key, variables: person() }),
      await send({ key, variables: { input: { ...variables.input, tags: [] } } }),
      await send({
        key,
        query: "mutation ($id: ID!) { moveLead(input: { id: $id, stage: WON }) { cursor } }",
        variables: { id },
      }),
      // Refused before there is a transaction, when the key were free.
      await send({ key, variables: { input: { email: "nonsense" } } }),
    ];
    for (const refused of refusals) {
      expect(refused).toMatchObject({ status: 422, data: null });
      expect(codesOf(refused)).toEqual(["IDEMPOTENCY_KEY_PARAMETER_MISMATCH"]);
    }
    const sameInAnotherOrder = `mutation ($a: String!) { captureLead(input: { tags: null, email: $a }) { accepted } }`;
    const other = await send({ key, query: sameInAnotherOrder, variables: { a: variables.input.email } });
    expect(codesOf(other)).toEqual(["IDEMPOTENCY_KEY_PARAMETER_MISMATCH"]); // null isn't the same as nothing
    const written = `mutation { captureLead(input: { email: "${variables.input.email}" }) { accepted } }`;
    expect(replayOf(await send({ key, query: written, variables: {} }))).toEqual({ replayed: true });
  });

  it("is refused while it runs: 409; afterwards its result is there", async () => {
    const request = { key: randomUUID(), variables: person() };
    await using commits = await holdCommits(app.database.ownerUrl);
    const first = send(request);
    await commits.waiting();
    const second = await send(request);
    expect(second).toMatchObject({ status: 409, data: null });
    expect(codesOf(second)).toEqual(["IDEMPOTENCY_CONCURRENT_REQUEST"]);
    await commits.release();
    expect((await first).errors).toBeUndefined();
    const third = await send(request);
    expect(third.data).toEqual((await first).data);
    expect(replayOf(third)).toEqual({ replayed: true });
  });

  it("has one effect when it is sent 50 times at once", async () => {
    const request = { key: randomUUID(), variables: person() };
    const before = await entries();
    const answers = await Promise.all(
      Array.from({ length: 50 }, async () => {
        for (;;) {
          const answer = await send(request);
          if (codesOf(answer).length === 0) return answer;
          expect(codesOf(answer)).toEqual(["IDEMPOTENCY_CONCURRENT_REQUEST"]);
        }
      }),
    );
    expect(await entries()).toBe(before + 1);
    expect(new Set(answers.map(({ data }) => JSON.stringify(data))).size).toBe(1);
    expect(answers.filter((answer) => replayOf(answer) === undefined)).toHaveLength(1);
    expect(leadOf(answers[0] ?? (await send(request))).version).toBe(1);
  });

  it("leaves its key free when it was refused", async () => {
    const key = randomUUID();
    const refused = await send({ key, variables: { input: { email: "nonsense" } } });
    expect(payload(refused, "captureLead")).toMatchObject({ userErrors: [{ code: "EMAIL_INVALID" }] });
    const { id } = leadOf(await send({ variables: person() }));
    const query = `mutation ($id: ID!, $version: Int) {
      moveLead(input: { id: $id, stage: WON, expectedVersion: $version }) { lead { stage } userErrors { code } }
    }`;
    const conflict = await send({ key, query, variables: { id, version: 7 } });
    expect(payload(conflict, "moveLead")).toMatchObject({ userErrors: [{ code: "CONFLICT" }] });
    const done = await send({ key, query, variables: { id, version: 1 } });
    expect(payload(done, "moveLead")).toEqual({ lead: { stage: "WON" }, userErrors: [] });
    expect(replayOf(done)).toBeUndefined();
  });

  it("leaves its key free when its transaction failed", async () => {
    await owner.query(`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$;
      CREATE TRIGGER refuse BEFORE INSERT ON lead FOR EACH ROW EXECUTE FUNCTION refuse()`);
    const request = { key: randomUUID(), variables: person() };
    expect(codesOf(await send(request))).toEqual(["INTERNAL"]);
    await owner.query("DROP TRIGGER refuse ON lead");
    const done = await send(request);
    expect(leadOf(done).version).toBe(1);
    expect(replayOf(done)).toBeUndefined();
  });

  it("is another one for another principal and another tenant with the same key", async () => {
    const key = randomUUID();
    const variables = person();
    const other = await app.createTenant();
    const answers = [
      await send({ key, variables }),
      await send({ key, variables, credential: app.tenant.publishableKey }),
      await send({ key, variables, credential: other.secretKey }),
    ];
    for (const answer of answers) {
      expect(payload(answer, "captureLead")).toMatchObject({ accepted: true });
      expect(replayOf(answer)).toBeUndefined();
    }
    const again = await send({ key, variables, credential: app.tenant.publishableKey });
    expect(replayOf(again)).toEqual({ replayed: true });
    expect(payload(again, "captureLead")).toEqual({ accepted: true, cursor: null, lead: null, userErrors: [] });
  });
});

describe("an idempotency key", () => {
  const two = `mutation ($a: CaptureLeadInput!, $b: CaptureLeadInput!) {
    a: captureLead(input: $a) { lead { id } } b: captureLead(input: $b) { lead { id } }
  }`;

  it("counts for each root field by its response name", async () => {
    const key = randomUUID();
    const variables = { a: person().input, b: person().input };
    const first = await send({ key, query: two, variables });
    const again = await send({ key, query: two, variables });
    expect(again.data).toEqual(first.data);
    expect(replayOf(again)).toEqual({ a: { replayed: true }, b: { replayed: true } });
    const changed = await send({ key, query: two, variables: { ...variables, b: person().input } });
    expect(changed).toMatchObject({ status: 200, data: null });
    expect(codesOf(changed)).toEqual(["IDEMPOTENCY_KEY_PARAMETER_MISMATCH"]);
  });

  it("stands in a directive, which wins over the header, or in the body's extensions", async () => {
    const [key, own] = [randomUUID(), randomUUID()];
    const variables = { ...person(), own };
    const query = `mutation ($input: CaptureLeadInput!, $own: String!) {
      captureLead(input: $input) @idempotent(key: $own) { lead { id } }
    }`;
    for (let times = 0; times < 3; times += 1) {
      // The third time the document is compiled, the second time it takes the hot path.
      const answer = await send({ key, query, variables });
      expect(replayOf(answer)).toEqual(times === 0 ? undefined : { replayed: true });
    }
    const { lead } = payload<{ lead: CapturedLead }>(await send({ query, variables }), "captureLead");
    const byExtension = await send({ variables: person(), extensions: { idempotencyKey: key } });
    expect(leadOf(byExtension).id).not.toBe(lead.id);
    const quoted = await send({ key: `"${own}"`, variables: { input: variables.input } });
    expect(replayOf(quoted)).toEqual({ replayed: true });
  });

  it.each(["", " ", "ä", "x".repeat(256)])("that is no key is refused: %j", async (key) => {
    const byExtension = await send({ variables: person(), extensions: { idempotencyKey: key } });
    expect(byExtension).toMatchObject({
      status: 400,
      errors: [{ extensions: { code: "BAD_USER_INPUT", reason: "REQUEST" } }],
    });
    const query = `mutation ($input: CaptureLeadInput!, $key: String!) { captureLead(input: $input) @idempotent(key: $key) { accepted } }`;
    expect(codesOf(await send({ query, variables: { ...person(), key } }))).toEqual(["BAD_USER_INPUT"]);
  });

  it("says nothing to a query", async () => {
    const query = "{ viewer { tenant { id } } }";
    for (let times = 0; times < 2; times += 1) {
      const answer = await send({ key: "1", query, variables: {} });
      expect(answer.errors).toBeUndefined();
      expect(replayOf(answer)).toBeUndefined();
    }
  });

  it("costs nothing where there is none, and one round trip where there is one", async () => {
    // Janitors send statements of their own meanwhile.
    const ofTheRequest = /^BEGIN$|advisory|idempotent_result|\blead\b|journal_append/;
    const statements = async (key?: string) => {
      const texts = await recordStatements(() => send({ variables: person(), ...(key === undefined ? {} : { key }) }));
      return texts.map((text) => text.trim()).filter((text) => ofTheRequest.test(text));
    };
    await send({ variables: person() });
    const unkeyed = await statements();
    expect(unkeyed.filter((text) => /idempoten|pg_try_advisory/.test(text))).toEqual([]);
    const keyed = await statements(randomUUID());
    expect(keyed.slice(0, 3)).toEqual([
      "BEGIN",
      expect.stringContaining("pg_try_advisory_xact_lock"),
      expect.stringContaining("FROM idempotent_result"),
    ]);
    expect(keyed).toHaveLength(unkeyed.length + 2);
    expect(keyed.at(-1)).toMatch(/^INSERT INTO idempotent_result[^]*journal_append[^]*; COMMIT$/);
  });
});

describe("a request that fails before its transaction begins", () => {
  const signUp = `mutation ($input: SignUpInput!) {
    signUp(input: $input) { tenant { id name } tokens { accessToken } userErrors { code } }
  }`;
  const newTenant = () => ({
    input: { tenantName: "Acme", name: "Ada", email: `${randomUUID()}@example.com`, password: "correct horse battery" },
  });
  const signUpAs = (key: string, variables: object) =>
    send({ key, query: signUp, variables: { ...variables }, credential: null });
  const throttle = async () => {
    await signUpAs(randomUUID(), newTenant()); // makes the row of our address
    await owner.query("UPDATE throttle SET failures = 1000, ends_at = now() + interval '1 hour'");
  };

  it("leaves its key free; once it was done, the answer is the stored one, whatever stands in the way now", async () => {
    const [key, variables] = [randomUUID(), newTenant()];
    await throttle();
    expect(codesOf(await signUpAs(key, variables))).toEqual(["RATE_LIMITED"]);
    await owner.query("DELETE FROM throttle");
    const done = await signUpAs(key, variables);
    expect(replayOf(done)).toBeUndefined();
    const { tenant } = payload<{ tenant: { id: string; name: string } }>(done, "signUp");
    expect(tenant.name).toBe("Acme");
    await throttle();
    const again = await signUpAs(key, variables);
    expect(replayOf(again)).toEqual({ replayed: true });
    expect(payload(again, "signUp")).toEqual({ tenant, tokens: null, userErrors: [] });
    expect(codesOf(await signUpAs(key, newTenant()))).toEqual(["IDEMPOTENCY_KEY_PARAMETER_MISMATCH"]);
    expect(codesOf(await signUpAs(randomUUID(), variables))).toEqual(["RATE_LIMITED"]);
    await owner.query("DELETE FROM throttle");
  });

  it("is tried anew after EXECUTION_TIMEOUT", async () => {
    await using slow = await startApp({
      database: app.database,
      tenant: app.tenant,
      env: { OPERATION_TIMEOUT_MS: "1000" },
    });
    const request = { query: signUp, key: randomUUID(), variables: newTenant(), credential: null };
    const blocker = new pg.Client({ connectionString: app.database.ownerUrl });
    await blocker.connect();
    await blocker.query("BEGIN; LOCK TABLE throttle IN ACCESS EXCLUSIVE MODE");
    expect(codesOf(await sendKeyed(slow, request))).toEqual(["EXECUTION_TIMEOUT"]);
    await blocker.query("ROLLBACK");
    await blocker.end();
    // The work itself may be slow here, too.
    const done = await sendKeyed(app, request);
    expect(codesOf(done)).toEqual([]);
    expect(replayOf(done)).toBeUndefined();
  });
});

test("an old key is free again after a day, not before; the server itself can remove no result", async () => {
  const [young, old] = [
    { key: randomUUID(), variables: person() },
    { key: randomUUID(), variables: person() },
  ];
  await send(old);
  await owner.query("UPDATE idempotent_result SET created_at = now() - interval '25 hours'");
  await send(young);
  const server = new pg.Client({ connectionString: app.database.appUrl });
  await server.connect();
  await server.query("SELECT idempotent_results_purge(1000)");
  for (const statement of ["DELETE FROM idempotent_result", "UPDATE idempotent_result SET position = 0"]) {
    await expect(server.query(statement)).rejects.toMatchObject({ code: "42501" });
  }
  await server.end();
  expect(replayOf(await send(young))).toEqual({ replayed: true });
  expect(replayOf(await send(old))).toBeUndefined();
});
