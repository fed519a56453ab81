import { randomUUID } from "node:crypto";
import pg from "pg";
import type { Command } from "./ledger-commands.ts";
import { stateSql } from "./ledger-invariants.ts";
import { type AccountState, isKeyed, type Outcome } from "./ledger-model.ts";

/** What a step came to in the database. */
export interface Stepped {
  readonly outcome: Outcome;
  readonly accounts: readonly AccountState[];
  /** Invariants that don't hold after it. */
  readonly violations: readonly string[];
}

/** A step as ledger_run tells it. */
interface StepRow {
  readonly outcome: Outcome;
  readonly state: {
    readonly accounts: readonly (Omit<AccountState, "client"> & { readonly id: string })[];
    readonly violations: readonly string[];
  };
}

const base = "2026-01-01T00:00:00Z";
const clientId = (number: number) => `00000000-0000-7000-8000-00000000000${number}`;

/**
 * Calls the ledger's functions for a whole sequence with one round trip, looking at all accounts and invariants after each
 * step, and rolls it back. Each sequence has a tenant of its own: what others have rolled back stays in the tables until they
 * are vacuumed, and one that shared their tenant would read it with each step. Install it by a database's owner, run it as
 * the server; several at once don't meet.
 */
export class LedgerRunner {
  readonly #client: pg.Client;

  private constructor(client: pg.Client) {
    this.#client = client;
  }

  static async install(ownerUrl: string): Promise<void> {
    const owner = new pg.Client({ connectionString: ownerUrl });
    await owner.connect();
    try {
      await owner.query(runnerSql);
    } finally {
      await owner.end();
    }
  }

  static async connect(appUrl: string): Promise<LedgerRunner> {
    const client = new pg.Client({ connectionString: appUrl });
    await client.connect();
    // Tables without statistics look small enough to be read whole; and a plan for each call costs more than the call.
    await client.query("SET enable_seqscan = off; SET plan_cache_mode = force_generic_plan");
    return new LedgerRunner(client);
  }

  async run(commands: readonly Command[]): Promise<readonly Stepped[]> {
    await this.#client.query("BEGIN");
    try {
      const { rows } = await this.#client.query<{ steps: StepRow[] }>({
        name: "ledger-run",
        text: "SELECT ledger_run($1, $2::jsonb, $3::timestamptz) AS steps",
        values: [
          randomUUID(),
          JSON.stringify(commands.map((command, step) => toRequest(commands, command, step))),
          base,
        ],
      });
      await this.#client.query("SET CONSTRAINTS ALL IMMEDIATE"); // what a COMMIT would check
      return (rows[0]?.steps ?? []).map(toStepped);
    } finally {
      await this.#client.query("ROLLBACK");
    }
  }

  async end(): Promise<void> {
    await this.#client.end();
  }
}

function toStepped({ outcome, state: { accounts, violations } }: StepRow): Stepped {
  return {
    outcome,
    violations,
    accounts: accounts.map(({ id, ...account }) => ({ client: Number(id.at(-1)), ...account })),
  };
}

/** A command for ledger_run; one that is sent again is the first one with its step's key, if it had one. */
function toRequest(commands: readonly Command[], command: Command, step: number): object {
  if (command.op !== "again") return { ...command, key: `step-${step}` };
  const first = commands[command.step % Math.max(step, 1)];
  if (step === 0 || !isKeyed(first)) return { op: "nothing" };
  const again = { ...first, key: `step-${command.step % step}`, onlyIfKnown: true };
  if (!command.isOther || !("amount" in again)) return again;
  return { ...again, amount: again.amount + Math.sign(again.amount) };
}

// Refusals are caught one by one, as a service's transaction would end with each.
const runnerSql = `
CREATE FUNCTION ledger_run(p_tenant uuid, steps jsonb, base timestamptz) RETURNS jsonb LANGUAGE plpgsql AS $run$
DECLARE
  step jsonb;
  answers jsonb := '[]';
  outcome jsonb;
  looked jsonb;
  moves credit_move[];
  move credit_move;
  holds uuid[] := '{}';
  spends uuid[] := '{}';
  clients constant uuid[] := ARRAY['${clientId(0)}', '${clientId(1)}', '${clientId(2)}'];
  actor constant jsonb := '{"type": "SYSTEM"}';
  none constant uuid := '00000000-0000-0000-0000-000000000000';
  at timestamptz := base;
  client uuid;
  extend_until timestamptz;
BEGIN
  PERFORM set_config('nexora.tenant_id', p_tenant::text, true);
  INSERT INTO tenant (id, name, default_country, time_zone, locale, currency) VALUES (p_tenant, 'A tenant', 'FR', 'Europe/Paris', 'fr', 'EUR');
  INSERT INTO client (tenant_id, id, name, email, time_zone, locale)
  SELECT p_tenant, id, 'A client', id || '@example.com', 'Europe/Paris', 'fr' FROM unnest(clients) AS id;
  FOR step IN SELECT value FROM jsonb_array_elements(steps) LOOP
    moves := '{}';
    client := clients[(step ->> 'client')::int + 1];
    extend_until := at + (step ->> 'extendBy')::int * interval '1 ms';
    BEGIN
      IF step ? 'onlyIfKnown' AND NOT EXISTS (SELECT FROM ledger_txn WHERE tenant_id = nexora_tenant() AND idem_key = step ->> 'key') THEN
        step := '{"op": "nothing"}';
      END IF;
      CASE step ->> 'op'
        WHEN 'grant' THEN
          moves := ARRAY(SELECT m FROM credit_grant(client, (step ->> 'amount')::bigint, step ->> 'kind', step ->> 'key', at, actor,
            at + (step ->> 'effectiveIn')::int * interval '1 ms', at + (step ->> 'expiresIn')::int * interval '1 ms',
            (step ->> 'priority')::smallint) AS m);
        WHEN 'spend' THEN
          moves := ARRAY(SELECT m FROM credit_spend(client, (step ->> 'amount')::bigint, step ->> 'key', at, actor) AS m);
        WHEN 'hold' THEN
          moves := ARRAY(SELECT m FROM credit_hold(client, (step ->> 'amount')::bigint, step ->> 'key', at, actor,
            at + (step ->> 'endsIn')::int * interval '1 ms', 'a subject') AS m);
        WHEN 'post' THEN
          moves := ARRAY(SELECT m FROM credit_post(coalesce(holds[(step ->> 'hold')::int % greatest(cardinality(holds), 1) + 1], none), at, actor) AS m);
        WHEN 'void' THEN
          moves := ARRAY(SELECT m FROM credit_void(coalesce(holds[(step ->> 'hold')::int % greatest(cardinality(holds), 1) + 1], none), at, actor, NULL,
            step ->> 'policy', extend_until) AS m);
        WHEN 'refund' THEN
          moves := ARRAY(SELECT m FROM credit_refund(coalesce(spends[(step ->> 'spend')::int % greatest(cardinality(spends), 1) + 1], none), at, actor, NULL,
            step ->> 'policy', extend_until) AS m);
        WHEN 'transfer' THEN
          moves := ARRAY(SELECT m FROM credit_transfer(client, clients[(step ->> 'to')::int + 1], (step ->> 'amount')::bigint,
            step ->> 'key', at, actor) AS m);
        WHEN 'adjust' THEN
          moves := ARRAY(SELECT m FROM credit_adjust(client, (step ->> 'amount')::bigint, step ->> 'key', at, actor, 'a reason',
            at + (step ->> 'expiresIn')::int * interval '1 ms') AS m);
        WHEN 'rollover' THEN
          moves := ARRAY(SELECT m FROM credit_rollover(client, step ->> 'rollover', (step ->> 'cap')::bigint, at, step ->> 'key', at, actor)
            AS m WHERE m.transaction_id IS NOT NULL);
        WHEN 'expire' THEN
          moves := ARRAY(SELECT m FROM credit_expire(at, 500, actor) AS m);
        WHEN 'expireHolds' THEN
          moves := ARRAY(SELECT m FROM credit_expire_holds(at, 500, actor) AS m);
        WHEN 'clock' THEN
          at := at + (step ->> 'by')::int * interval '1 ms';
        WHEN 'nothing' THEN
          NULL;
      END CASE;
      outcome := '{"code": null, "moves": []}';
      FOREACH move IN ARRAY moves LOOP
        outcome := jsonb_insert(outcome, '{moves,-1}', jsonb_build_object('amount', move.amount, 'version', move.version,
          'balance', move.balance, 'held', move.held, 'isNew', move.is_new), true);
        IF move.is_new AND step ->> 'op' = 'hold' THEN
          holds := holds || move.hold_id;
        ELSIF move.is_new AND step ->> 'op' IN ('spend', 'post') THEN
          spends := spends || move.transaction_id;
        END IF;
      END LOOP;
    EXCEPTION WHEN OTHERS THEN
      outcome := jsonb_build_object('code', SQLSTATE);
    END;
    looked := (${stateSql});
    answers := answers || jsonb_build_object('outcome', outcome, 'state', looked);
  END LOOP;
  RETURN answers;
END $run$`;
