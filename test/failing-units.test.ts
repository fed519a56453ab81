import { afterAll, beforeAll, expect, it } from "@jest/globals";
import pg from "pg";
import { createLog } from "../server/log.ts";
import { toUuid } from "../server/operations/ids.ts";
import { startApp, type TestApp, type TestTenant } from "./app.ts";
import { creditsOf, type Graphql, newClient, some } from "./billing.ts";
import { mutate } from "./calendar.ts";
import { TestClock } from "./clock.ts";

let app: TestApp;
let owner: pg.Client;
const clock = new TestClock("2027-01-01T09:00:00Z");
const lines: Record<string, unknown>[] = [];
const log = createLog({ level: "error", destination: { write: (line) => void lines.push(JSON.parse(line)) } });
const poisoned = "poisoned@example.com";

beforeAll(async () => {
  app = await startApp({ clock, log });
  owner = new pg.Client({ connectionString: app.database.ownerUrl });
  await owner.connect();
});

afterAll(async () => {
  await owner.end();
  await app[Symbol.asyncDispose]();
});

const asTenant =
  ({ secretKey }: TestTenant): Graphql =>
  (query, variables, credential = secretKey) =>
    app.graphql(query, variables, credential);

async function createFreePlan(graphql: Graphql, { ownerEmail: email, ownerPassword: password }: TestTenant) {
  const { tokens } = await mutate<{ tokens: { accessToken: string } }>(
    graphql,
    "signIn",
    { email, password },
    "tokens { accessToken }",
  );
  const price = { amountMinor: 0, currency: "TND" };
  const input = { key: "FREE", name: "Free", creditsPerMonth: 1, rollover: "FULL", price };
  const made = await mutate<{ plan: { id: string } | null }>(
    graphql,
    "createPlan",
    input,
    "plan { id }",
    tokens.accessToken,
  );
  return some(made.plan, made).id;
}

/** With a free plan whose month turns on 1 February, and three credits that expire a little before. */
async function subscriber(graphql: Graphql, planId: string, email: string): Promise<string> {
  const clientId = await newClient(graphql, email);
  const grant = { clientId, amount: 3, kind: "PROMO", expiresAt: "2027-02-01T08:00:00Z" };
  await mutate(graphql, "grantCredits", grant, "cursor");
  await mutate(graphql, "subscribe", { clientId, planId }, "cursor");
  return clientId;
}

async function mailed(kind: string): Promise<string[]> {
  const { rows } = await owner.query<{ recipient: string }>("SELECT recipient FROM mail WHERE kind = $1", [kind]);
  return rows.map(({ recipient }) => recipient).toSorted();
}

it("does all other due work of a tenant whose first client can't be worked on, and of the tenants after it", async () => {
  const tenants = [app.tenant, await app.createTenant("Other")];
  const clients = new Map<string, { graphql: Graphql; id: string }>();
  for (const [index, tenant] of tenants.entries()) {
    const graphql = asTenant(tenant);
    const planId = await createFreePlan(graphql, tenant);
    const emails = index === 0 ? [poisoned, "next@example.com"] : ["other@example.com"];
    for (const email of emails) clients.set(email, { graphql, id: await subscriber(graphql, planId, email) });
  }
  const uuid = toUuid("Client", some(clients.get(poisoned), poisoned).id);
  await owner.query(`
    CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF to_jsonb(NEW)::text ~ '${poisoned}|${uuid}' THEN RAISE EXCEPTION 'poisoned'; END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER poison BEFORE INSERT ON mail FOR EACH ROW EXECUTE FUNCTION poison();
    CREATE TRIGGER poison BEFORE UPDATE ON credit_lot FOR EACH ROW EXECUTE FUNCTION poison();
    CREATE TRIGGER poison BEFORE UPDATE ON subscription FOR EACH ROW EXECUTE FUNCTION poison();`);
  const healthy = ["next@example.com", "other@example.com"];

  clock.set("2027-01-25T10:00:00Z"); // seven days before
  await expect(app.runDue()).rejects.toThrow("sweeps failed: billing, credits-expiring");
  expect(await mailed("CREDITS_EXPIRING")).toEqual(healthy);

  clock.set("2027-02-01T10:00:00Z");
  await expect(app.runDue()).rejects.toThrow("sweeps failed: billing, monthly-report, credit-expiry");
  for (const email of healthy) {
    const { graphql, id } = some(clients.get(email), email);
    expect(await creditsOf(graphql, id)).toEqual({ balance: 2, usable: 2 }); // two months' credits, and none of the three
  }
  expect(await mailed("MONTHLY_REPORT")).toEqual(healthy);
  const tenantId = toUuid("Tenant", app.tenant.tenantId);
  for (const [sweep, unit] of [
    ["credits-expiring", `client ${uuid}`],
    ["billing", expect.stringMatching(/^subscription /u)],
    ["credit-expiry", `credits of client ${uuid}`],
    ["monthly-report", `2027-01, client ${uuid}`],
  ] as const) {
    expect(lines).toContainEqual(
      expect.objectContaining({ sweep, unit, tenantId, err: expect.objectContaining({ message: "poisoned" }) }),
    );
  }

  await owner.query("DROP FUNCTION poison() CASCADE");
  await app.runDue();
  const { graphql, id } = some(clients.get(poisoned), poisoned);
  expect(await creditsOf(graphql, id)).toEqual({ balance: 2, usable: 2 });
  expect(await mailed("MONTHLY_REPORT")).toEqual([...healthy, poisoned].toSorted());
  const { rows } = await owner.query("SELECT FROM monthly_report WHERE finished_at IS NULL");
  expect(rows).toEqual([]);
}, 120_000);
