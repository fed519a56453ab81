import { expect, test } from "@jest/globals";
import { type LeadsStage, setUpLeads } from "../../test/leads.ts";
import { recordStatements } from "../../test/recorded-statements.ts";
import { captureBatch, type CaptureOutcome } from "./capture-batch.ts";
import type { Candidate } from "./capture-candidate.ts";
import { emptyLead } from "./capture-decision.ts";
import { retryOnRace } from "./lead-identity.ts";

function person(fields: Partial<Candidate>): Candidate {
  return { ...emptyLead(""), attributes: {}, consents: [], ...fields };
}

async function capture(stage: LeadsStage, people: readonly Candidate[]): Promise<CaptureOutcome[]> {
  const scope = { tenantId: stage.tenantId, actor: { type: "SYSTEM" }, requestId: "test" } as const;
  const options = { isTrusted: true, now: new Date(), address: null };
  const committed = await retryOnRace(() =>
    stage.journal.transaction(scope, (tx) => captureBatch(tx, people, options)),
  );
  return committed.result;
}

test("captures 500 people with a handful of statements, whether they are new or known", async () => {
  await using stage = await setUpLeads();
  const people = Array.from({ length: 500 }, (_, n) =>
    person({ email: `p${n}@example.com`, phone: `+2167112${1000 + n}` }),
  );
  for (const isNew of [true, false]) {
    let outcomes: CaptureOutcome[] = [];
    const statements = await recordStatements(async () => {
      outcomes = await capture(stage, people);
    });
    expect(outcomes.filter((outcome) => outcome.kind === "CAPTURED" && outcome.isNew === isNew)).toHaveLength(500);
    expect(statements.length).toBeLessThanOrEqual(8);
  }
  expect(await stage.sql("SELECT 1 FROM lead")).toHaveLength(500);
});

test("knows a person again that the same batch brought, by any address", async () => {
  await using stage = await setUpLeads();
  const outcomes = await capture(stage, [
    person({ email: "ada@example.com" }),
    person({ phone: "+21671123456", email: "ada@example.com", name: "Ada" }),
    person({ phone: "+21671123456", company: "Engines" }),
    person({ email: "bob@example.com" }),
    person({ email: "bob@example.com", phone: "+21671123456" }),
  ]);
  const ids = outcomes.map((outcome) => (outcome.kind === "CAPTURED" ? outcome.leadId : ""));
  expect(ids.map((id) => ids.indexOf(id))).toEqual([0, 0, 0, 3, 3]);
  expect(outcomes[4]).toMatchObject({ isNew: false, possibleDuplicates: [ids[0]] });
  expect(await stage.sql("SELECT email, phone, name, company FROM lead ORDER BY email")).toEqual([
    { email: "ada@example.com", phone: "+21671123456", name: "Ada", company: "Engines" },
    { email: "bob@example.com", phone: null, name: null, company: null },
  ]);
});

test("makes one lead of each person in parallel batches with the same people in other orders", async () => {
  await using stage = await setUpLeads();
  const people = Array.from({ length: 60 }, (_, n) => person({ email: `p${n}@example.com`, externalId: `${n}` }));
  await Promise.all(
    [people, people.toReversed(), people.slice(20), people.slice(0, 40).toReversed()].map((batch) =>
      capture(stage, batch),
    ),
  );
  expect(await stage.sql("SELECT 1 FROM lead")).toHaveLength(60);
});

test("the primary key alone keeps two transactions from making two leads of one person", async () => {
  await using stage = await setUpLeads();
  const scope = { tenantId: stage.tenantId, actor: { type: "SYSTEM" }, requestId: "test" } as const;
  let attempts = 0;
  const outcome = await retryOnRace(() =>
    stage.journal.transaction(scope, async (transaction) => {
      attempts += 1;
      // Somebody who doesn't take the locks was faster.
      if (attempts === 1) {
        const [lead] = await stage.sql<{ id: string }>(
          "INSERT INTO lead (tenant_id, email) VALUES ($1, 'ada@example.com') RETURNING id",
          [stage.tenantId],
        );
        const late = stage.sql(
          "INSERT INTO lead_identity (tenant_id, kind, value, lead_id) VALUES ($1, 'EMAIL', 'ada@example.com', $2)",
          [stage.tenantId, lead?.id],
        );
        const hidden = {
          ...transaction,
          query: async (statement: Parameters<typeof transaction.query>[0]) => {
            const rows = await transaction.query(statement);
            if (statement.name === "lead-capture-owners") {
              await late;
              return [];
            }
            return rows;
          },
        } as typeof transaction;
        return captureBatch(hidden, [person({ email: "ada@example.com" })], {
          isTrusted: true,
          now: new Date(),
          address: null,
        });
      }
      return captureBatch(transaction, [person({ email: "ada@example.com" })], {
        isTrusted: true,
        now: new Date(),
        address: null,
      });
    }),
  );
  expect(attempts).toBe(2);
  expect(outcome.result).toMatchObject([{ kind: "CAPTURED", isNew: false }]);
  expect(await stage.sql("SELECT 1 FROM lead")).toHaveLength(1);
});
