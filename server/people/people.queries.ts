import type { Session } from "../db/session.ts";
import { named, SqlValues } from "../operations/sql.ts";
import { clientColumns, type ClientRow } from "./client-row.ts";
import { coachColumns, type CoachRow } from "./coach-row.ts";
import { learnerColumns, type LearnerRow } from "./learner-row.ts";
import { type PeopleView, visibleClients, visibleCoaches, visibleLearners } from "./people.access.ts";

/**
 * For what rows are locked until the transaction's end: to be changed, to be referred to, to be erased. References wait for
 * erasures only. Who was erased isn't found by those who want to change him or refer to him.
 */
export type PersonLock = "CHANGE" | "REFERENCE" | "ERASURE";

export interface ReadOptions {
  readonly lock?: PersonLock;
}

const locks = { CHANGE: "NO KEY UPDATE", REFERENCE: "KEY SHARE", ERASURE: "UPDATE" } as const;

type Condition = (view: PeopleView, values: SqlValues) => string;

/** The clients among these that somebody may see; in no order but that of locking. */
export function readClients(
  session: Session,
  view: PeopleView,
  uuids: readonly string[],
  options?: ReadOptions,
): Promise<ClientRow[]> {
  return readVisible<ClientRow>(session, { table: "client", columns: clientColumns, condition: visibleClients }, view, {
    uuids,
    ...options,
  });
}

/** The learners among these that somebody may see. */
export function readLearners(
  session: Session,
  view: PeopleView,
  uuids: readonly string[],
  { condition = visibleLearners, ...options }: ReadOptions & { readonly condition?: Condition } = {},
): Promise<LearnerRow[]> {
  return readVisible<LearnerRow>(session, { table: "learner", columns: learnerColumns, condition }, view, {
    uuids,
    ...options,
  });
}

/** The coaches among these that somebody may see. */
export function readCoaches(
  session: Session,
  view: PeopleView,
  uuids: readonly string[],
  options?: ReadOptions,
): Promise<CoachRow[]> {
  return readVisible<CoachRow>(session, { table: "coach", columns: coachColumns, condition: visibleCoaches }, view, {
    uuids,
    ...options,
  });
}

interface Table {
  readonly table: "client" | "learner" | "coach";
  readonly columns: string;
  readonly condition: Condition;
}

/** Locks in the order of ids, so that nobody waits in a circle. */
function readVisible<Row extends ClientRow | LearnerRow | CoachRow>(
  session: Session,
  { table, columns, condition }: Table,
  view: PeopleView,
  { uuids, lock }: ReadOptions & { readonly uuids: readonly string[] },
): Promise<Row[]> {
  const values = new SqlValues();
  const wanted = values.add(uuids);
  const text = `SELECT ${columns} FROM ${table} WHERE ${table}.tenant_id = nexora_tenant() AND ${table}.id = ANY (${wanted}::uuid[])
    AND ${condition(view, values)}${
      lock === undefined
        ? ""
        : ` AND ${table}.erased_at IS NULL
    ORDER BY ${table}.id FOR ${locks[lock]} OF ${table}`
    }`;
  return session.query<Row>(named(text, values.list));
}
