import pg from "pg";
import type { Database } from "../db/database.ts";
import type { Session } from "../db/session.ts";
import type { Actor, JournalDraft } from "./entry.ts";
import type { HintBus } from "./hints.port.ts";

/** On whose behalf a transaction runs. */
export interface Scope {
  readonly tenantId: string;
  readonly actor: Actor;
  readonly requestId: string;
}

/** A session that collects what it changed. */
export interface Transaction extends Session {
  record(draft: JournalDraft): void;
}

export interface Committed<T> {
  readonly result: T;
  /** The journal's position just after the transaction; undefined when it recorded nothing. */
  readonly position: bigint | undefined;
}

/** The only way to change a tenant's rows: they are written together with the journal entries that tell of it. */
export class JournalService {
  readonly #database: Database;
  readonly #hints: HintBus;

  constructor(database: Database, hints: HintBus) {
    this.#database = database;
    this.#hints = hints;
  }

  /** Runs work in one transaction. If it throws, neither rows nor entries exist. */
  async transaction<T>(scope: Scope, work: (transaction: Transaction) => Promise<T>): Promise<Committed<T>> {
    const drafts: JournalDraft[] = [];
    const { result, finished } = await this.#database.transaction(
      scope.tenantId,
      (session) => work(collecting(session, drafts)),
      () => (drafts.length === 0 ? undefined : appendStatement(scope, drafts)),
    );
    const position: unknown = finished[0]?.["position"];
    if (typeof position !== "bigint") return { result, position: undefined };
    this.#hints.publish({ tenantId: scope.tenantId, position });
    return { result, position };
  }
}

function collecting(session: Session, drafts: JournalDraft[]): Transaction {
  return {
    tenantId: session.tenantId,
    query: (statement) => session.query(statement),
    get prisma() {
      return session.prisma;
    },
    record: (draft) => void drafts.push(draft),
  };
}

function appendStatement({ actor, requestId }: Scope, drafts: readonly JournalDraft[]): string {
  const entries = drafts.map((draft) => ({ ...draft, actor, requestId }));
  return `SELECT journal_append(${pg.escapeLiteral(JSON.stringify(entries))}) AS position`;
}
