import { minuteMs } from "../calendar/clock-time.ts";
import type { SlotRules } from "../calendar/slot-rules.ts";
import type { JournalType } from "../journal/journal-types.ts";
import type { Transaction } from "../journal/journal.service.ts";
import { toId } from "../operations/ids.ts";
import type { SessionMails } from "./session-mails.ts";
import type { FreedTime } from "./session-row.ts";

export interface WaitingRow {
  readonly id: string;
  readonly session_type_id: string;
  readonly coach_id: string;
  readonly starts_at: Date;
  readonly session_id: string | null;
  readonly learner_id: string;
  readonly client_id: string;
  readonly status: "WAITING" | "OFFERED" | "BOOKED" | "LEFT" | "EXPIRED";
  readonly joined_at: Date;
  readonly offered_until: Date | null;
}

export const waitingColumns = `id, session_type_id, coach_id, starts_at, session_id, learner_id, client_id, status, joined_at,
  offered_until`;

/** How long a place is kept for who is next. */
const offerMin = 120;
const mostOffered = 50;

/** Offers places that become free to those who wait for them, in the order in which they joined. */
export class WaitingList {
  readonly #rules: SlotRules;
  readonly #mails: SessionMails;

  constructor(rules: SlotRules, mails: SessionMails) {
    this.#rules = rules;
    this.#mails = mails;
  }

  /**
   * Makes whatever may free this coach's time or wait for it follow each other, until the transaction's end: so nobody begins to
   * wait for a time that has just become free. Call it before anything else is locked.
   */
  async lock(tx: Transaction, coachIds: readonly string[]): Promise<void> {
    await this.#rules.lockCoaches(tx, coachIds);
  }

  /** Call it after a session was cancelled, moved or left, in the same transaction, whose coach is locked. */
  async offer(tx: Transaction, freed: FreedTime, now: Date): Promise<void> {
    const taken = new Set<string>();
    for (const entry of await this.#next(tx, freed)) {
      const slot = `${entry.session_type_id} ${entry.starts_at.toISOString()}`;
      // Who came later for the same slot waits on; others may wait for another part of the time.
      if (!taken.has(slot) && (await this.#keep(tx, entry, now)) === "NONE_FREE") taken.add(slot);
    }
  }

  /** An offer that wasn't taken goes to who is next. Its coach is locked. */
  async pass(tx: Transaction, { id, coach_id: coachId }: WaitingRow, now: Date): Promise<void> {
    await tx.query({
      name: "waiting-release",
      text: `UPDATE slot_claim SET released_at = $2 WHERE tenant_id = nexora_tenant() AND id = $1 AND kind = 'HOLD'
        AND released_at IS NULL`,
      values: [id, now],
    });
    const [time] = await tx.query<{ from: Date; to: Date }>({
      name: "waiting-time",
      text: `SELECT w.starts_at - t.buffer_before_min * interval '1 minute' AS from,
          w.starts_at + (t.duration_min + t.buffer_after_min) * interval '1 minute' AS to
        FROM waiting_list_entry w JOIN session_type t ON t.tenant_id = w.tenant_id AND t.id = w.session_type_id
        WHERE w.tenant_id = nexora_tenant() AND w.id = $1`,
      values: [id],
    });
    if (time !== undefined) await this.offer(tx, { coachId, ...time }, now);
  }

  /** Whoever waits for a part of the time, whichever session had it when he came. */
  #next(tx: Transaction, { coachId, from, to }: FreedTime): Promise<WaitingRow[]> {
    return tx.query<WaitingRow & Record<string, unknown>>({
      name: "waiting-next",
      text: `SELECT ${waitingColumns} FROM waiting_list_entry
        WHERE tenant_id = nexora_tenant() AND id IN (
          SELECT w.id FROM waiting_list_entry w JOIN session_type t ON t.tenant_id = w.tenant_id AND t.id = w.session_type_id
          WHERE w.tenant_id = nexora_tenant() AND w.coach_id = $1 AND w.status = 'WAITING'
            AND w.starts_at - t.buffer_before_min * interval '1 minute' < $3
            AND w.starts_at + (t.duration_min + t.buffer_after_min) * interval '1 minute' > $2
            AND w.starts_at BETWEEN $2::timestamptz - interval '2 days' AND $3::timestamptz + interval '2 days')
        AND status = 'WAITING' ORDER BY joined_at, id LIMIT ${mostOffered} FOR UPDATE`,
      values: [coachId, from, to],
    });
  }

  /** Keeps the place for the entry's learner if it is free and can still be booked. */
  async #keep(tx: Transaction, entry: WaitingRow, now: Date): Promise<"OFFERED" | "NONE_FREE" | "TOO_LATE"> {
    const until = new Date(Math.min(now.getTime() + offerMin * minuteMs, entry.starts_at.getTime()));
    if (until <= now) return this.#close(tx, entry);
    const workshop = await findWorkshopOf(tx, entry, now);
    if (workshop?.free === 0) return "NONE_FREE";
    const slot = await this.#rules.check(tx, {
      sessionTypeId: entry.session_type_id,
      coachId: entry.coach_id,
      start: entry.starts_at,
      ignoreSessionId: workshop?.id ?? null,
      now,
    });
    if (slot.kind === "REFUSED") {
      const isOver = slot.code === "IN_THE_PAST" || slot.code === "NOTICE_TOO_SHORT";
      return isOver ? this.#close(tx, entry) : "NONE_FREE";
    }
    // A workshop's seat is kept by counting the offers; a coach's time by a claim that ends with the offer.
    if (workshop === null && !(await holdTime(tx, entry, slot, until))) return "NONE_FREE";
    await setStatus(tx, { ...entry, session_id: workshop?.id ?? entry.session_id }, "OFFERED", until);
    record(tx, entry, "waiting_list.offered", { offeredUntil: until });
    const { startsAt, endsAt, type } = slot;
    await this.#mails.offered(tx, entry, { startsAt, endsAt, title: type.name, until });
    return "OFFERED";
  }

  async #close(tx: Transaction, entry: WaitingRow): Promise<"TOO_LATE"> {
    await setStatus(tx, entry, "EXPIRED", null);
    record(tx, entry, "waiting_list.expired", {});
    return "TOO_LATE";
  }
}

/** The workshop that takes place then, with the seats that nobody has or is offered; null: the time itself is free or not. */
async function findWorkshopOf(
  tx: Transaction,
  entry: WaitingRow,
  now: Date,
): Promise<{ readonly id: string; readonly free: number } | null> {
  const [row] = await tx.query<{ id: string; free: number }>({
    name: "waiting-seats",
    text: `SELECT s.id, greatest(0, s.capacity - s.taken - (SELECT count(*) FROM waiting_list_entry w WHERE w.tenant_id = s.tenant_id
        AND w.session_id = s.id AND w.status = 'OFFERED' AND w.offered_until > $2))::int AS free
      FROM session s WHERE s.tenant_id = nexora_tenant() AND s.coach_id = $1 AND s.kind = 'GROUP'
        AND s.status IN ('PENDING', 'CONFIRMED') AND s.session_type_id = $3 AND s.starts_at = $4`,
    values: [entry.coach_id, now, entry.session_type_id, entry.starts_at],
  });
  return row ?? null;
}

async function holdTime(
  tx: Transaction,
  entry: WaitingRow,
  slot: { readonly startsAt: Date; readonly endsAt: Date; readonly busyFrom: Date; readonly busyTo: Date },
  until: Date,
): Promise<boolean> {
  const rows = await tx.query({
    name: "waiting-hold",
    text: `INSERT INTO slot_claim (tenant_id, id, resource_id, session_id, kind, starts_at, ends_at, busy_from, busy_to, hold_until)
      VALUES (nexora_tenant(), $1, $2, $3, 'HOLD', $4, $5, $6, $7, $8)
      ON CONFLICT ON CONSTRAINT slot_claim_no_overlap DO NOTHING RETURNING id`,
    values: [entry.id, entry.coach_id, entry.session_id, slot.startsAt, slot.endsAt, slot.busyFrom, slot.busyTo, until],
  });
  return rows.length > 0;
}

export async function setStatus(
  tx: Transaction,
  { id, session_id: sessionId }: WaitingRow,
  status: WaitingRow["status"],
  offeredUntil: Date | null,
): Promise<void> {
  await tx.query({
    name: "waiting-status",
    text: `UPDATE waiting_list_entry SET status = $2, offered_until = $3, session_id = $4
      WHERE tenant_id = nexora_tenant() AND id = $1`,
    values: [id, status, offeredUntil, sessionId],
  });
}

export function record(
  tx: Transaction,
  entry: WaitingRow,
  type: Extract<JournalType, `waiting_list.${string}`>,
  details: Readonly<Record<string, unknown>>,
): void {
  tx.record({
    type,
    subjectType: "WaitingListEntry",
    subjectId: entry.id,
    data: {
      ...details,
      sessionTypeId: toId("SessionType", entry.session_type_id),
      coachId: toId("Coach", entry.coach_id),
      learnerId: toId("Learner", entry.learner_id),
      startsAt: entry.starts_at,
    },
  });
}
