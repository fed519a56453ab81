import type { Session } from "../db/session.ts";
import type { Transaction } from "../journal/journal.service.ts";
import type { MailOutbox } from "../mail/mail-outbox.ts";
import type { ErasedPerson, ErasedSubject, Hindrance, PersonTies } from "../people/person-ties.port.ts";
import { record, setStatus, type WaitingList, waitingColumns, type WaitingRow } from "./waiting-list.ts";

const mostShown = 50;

const isTheirs = {
  Client: `EXISTS (SELECT FROM booking b WHERE b.tenant_id = s.tenant_id AND b.session_id = s.id AND b.client_id = $1
    AND b.status = 'BOOKED')`,
  Learner: `EXISTS (SELECT FROM booking b WHERE b.tenant_id = s.tenant_id AND b.session_id = s.id AND b.learner_id = $1
    AND b.status = 'BOOKED')`,
  Coach: "s.coach_id = $1",
} as const;

/** What sessions know of people: who is to be erased has none ahead, and what was said of him alone goes. */
export class SessionTies implements PersonTies {
  readonly #waiting: WaitingList;
  readonly #outbox: MailOutbox;

  constructor(waiting: WaitingList, outbox: MailOutbox) {
    this.#waiting = waiting;
    this.#outbox = outbox;
  }

  async hindrance(session: Session, { kind, id }: ErasedPerson): Promise<Hindrance | null> {
    const rows = await session.query<{ id: string }>({
      name: `sessions-open-of-${kind}`,
      text: `SELECT s.id FROM session s WHERE s.tenant_id = nexora_tenant() AND s.status IN ('PENDING', 'CONFIRMED')
        AND ${isTheirs[kind]} ORDER BY s.starts_at, s.id LIMIT ${mostShown}`,
      values: [id],
    });
    return rows.length === 0 ? null : { code: "SESSIONS_OPEN", sessionIds: rows.map((row) => row.id) };
  }

  async erase(
    transaction: Transaction,
    { kind, id, memberId, emails }: ErasedPerson,
    now: Date,
  ): Promise<ErasedSubject[]> {
    if (memberId !== null) {
      await transaction.query({
        name: "erase-calendar-feed",
        text: "DELETE FROM calendar_feed WHERE tenant_id = nexora_tenant() AND member_id = $1",
        values: [memberId],
      });
    }
    if (kind !== "Coach") await this.#stopWaiting(transaction, kind, id, now);
    const told = kind === "Learner" ? await this.#toldOf(transaction, id) : [];
    await this.#outbox.forget(transaction, { recipients: emails, causes: told });
    if (kind !== "Learner") return [];
    const alone = await transaction.query<{ id: string }>({
      name: "session-erase",
      text: "SELECT session_erase AS id FROM session_erase($1)",
      values: [id],
    });
    return alone.map((row) => ({ type: "Session", id: row.id }));
  }

  /** Who is next gets what was kept. */
  async #stopWaiting(transaction: Transaction, kind: "Client" | "Learner", id: string, now: Date): Promise<void> {
    const column = kind === "Client" ? "client_id" : "learner_id";
    const coaches = await transaction.query<{ coach_id: string }>({
      name: `erase-waiting-coaches-${column}`,
      text: `SELECT DISTINCT coach_id FROM waiting_list_entry
        WHERE tenant_id = nexora_tenant() AND ${column} = $1 AND status IN ('WAITING', 'OFFERED')`,
      values: [id],
    });
    await this.#waiting.lock(
      transaction,
      coaches.map((row) => row.coach_id),
    );
    const rows = await transaction.query<WaitingRow & Record<string, unknown>>({
      name: `erase-waiting-${column}`,
      text: `SELECT ${waitingColumns} FROM waiting_list_entry
        WHERE tenant_id = nexora_tenant() AND ${column} = $1 AND status IN ('WAITING', 'OFFERED') ORDER BY id FOR UPDATE`,
      values: [id],
    });
    for (const row of rows) {
      await setStatus(transaction, row, "LEFT", null);
      record(transaction, row, "waiting_list.left", {});
      if (row.status === "OFFERED") await this.#waiting.pass(transaction, row, now);
    }
  }

  /** What mails to others tell of the learner: his places and what he waited for. */
  async #toldOf(transaction: Transaction, learnerId: string): Promise<string[]> {
    const rows = await transaction.query<{ cause: string }>({
      name: "erase-told-of",
      text: `SELECT 'booking:' || id AS cause FROM booking WHERE tenant_id = nexora_tenant() AND learner_id = $1
        UNION ALL SELECT 'waiting:' || id FROM waiting_list_entry WHERE tenant_id = nexora_tenant() AND learner_id = $1`,
      values: [learnerId],
    });
    return rows.map(({ cause }) => cause);
  }
}
