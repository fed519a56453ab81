import pg from "pg";
import type { Database } from "../db/database.ts";
import type { Session } from "../db/session.ts";
import type { Actor, JournalDraft } from "./entry.ts";
import type { HintBus } from "./hints.port.ts";
import { claimKey, isKeyTaken, keepStatement } from "./idempotent-results.ts";
import type { KeyedRequest } from "./keyed-request.ts";
import { claimKeys, keepStatements, type OneOfMany } from "./mutate-many.ts";

/** On whose behalf a transaction runs. */
export interface Scope {
  readonly tenantId: string;
  readonly actor: Actor;
  readonly requestId: string;
  /** What `mutate` does once only; undefined when the caller sent no idempotency key. */
  readonly once?: KeyedRequest | undefined;
}

/** What a mutation came to. With user errors nothing was written, and a key stays free. */
export interface MutationResult {
  readonly userErrors: readonly unknown[];
}

/** A session that collects what it changed. */
export interface Transaction extends Session {
  record(draft: JournalDraft): void;
}

/** What follows from an entry. It may change rows and record entries; to those nothing reacts. */
export type Reaction = (transaction: Transaction, draft: JournalDraft) => Promise<void>;

export interface Committed<T> {
  readonly result: T;
  /** The journal's position just after the transaction; undefined when it recorded nothing. */
  readonly position: bigint | undefined;
}

/** The only way to change a tenant's rows: they are written together with the journal entries that tell of it. */
export class JournalService {
  readonly #database: Database;
  readonly #hints: HintBus;
  readonly #reactions = new Map<string, Reaction>();

  constructor(database: Database, hints: HintBus) {
    this.#database = database;
    this.#hints = hints;
  }

  /**
   * When the composition root puts the server together: what a domain does when another one has recorded an entry of a type, in
   * its transaction, after its work. Entries that mutateMany writes are none of it.
   */
  react(type: string, reaction: Reaction): void {
    if (this.#reactions.has(type)) throw new Error(`two reactions to ${type}`);
    this.#reactions.set(type, reaction);
  }

  /** Runs work in one transaction. If it throws, neither rows nor entries exist. */
  async transaction<T>(scope: Scope, work: (transaction: Transaction) => Promise<T>): Promise<Committed<T>> {
    const drafts: JournalDraft[] = [];
    return this.#commit(
      scope,
      (session) => this.#work(session, drafts, work),
      () => (drafts.length === 0 ? undefined : `SELECT ${append(scope, drafts)} AS position`),
    );
  }

  /**
   * Runs a transaction that is one SQL function: it appends its entries itself, as its last step, and its row tells their
   * `position`. It is sent together with the COMMIT, so that what it locks is locked for no round trip.
   */
  async call<Row extends pg.QueryResultRow>(
    { tenantId }: Pick<Scope, "tenantId">,
    statement: string,
  ): Promise<Committed<Row>> {
    // There it would be sent at the end, and nobody could be told its row now.
    if (this.#database.isInside(tenantId)) throw new Error("a call is no part of another transaction");
    const nothing = () => Promise.resolve();
    const { finished } = await this.#database.transaction(tenantId, nothing, () => statement);
    const [row] = finished;
    if (row === undefined) throw new Error("a call tells a row");
    return { result: row as Row, position: this.#publish(tenantId, row["position"]) };
  }

  /**
   * Runs the work of a mutation, whose result is its payload without the cursor. When the caller sent an idempotency key, the
   * result is kept in the same transaction; when it was kept before, the work doesn't run and StoredResultFound is thrown for
   * the mutation's field to catch. What the caller may see once only (a secret) is no part of the result.
   */
  async mutate<T extends MutationResult>(
    scope: Scope,
    work: (transaction: Transaction) => Promise<T>,
  ): Promise<Committed<T>> {
    const { once } = scope;
    if (once === undefined) return this.transaction(scope, work);
    try {
      return await this.#mutateOnce(scope, once, work);
    } catch (error) {
      if (!isKeyTaken(error)) throw error;
      return this.#mutateOnce(scope, once, work); // finds what the other one has kept
    }
  }

  /**
   * The same for many requests of one caller, with one look for their keys and one statement that keeps their results. `work`
   * gets the indexes of those that aren't done yet, and may answer for the first few of them only: the others are undefined.
   */
  async mutateMany<T extends MutationResult>(
    scope: Scope,
    requests: readonly KeyedRequest[],
    work: (session: Session, fresh: readonly number[]) => Promise<readonly OneOfMany<T>[]>,
  ): Promise<({ readonly result: T } | { readonly error: Error } | undefined)[]> {
    const { result } = await this.#commit(
      scope,
      async (session) => {
        const errors = await claimKeys(session, requests);
        const fresh = requests.flatMap((_, index) => (errors[index] === undefined ? [index] : []));
        const done = fresh.length === 0 ? [] : await work(session, fresh);
        return { errors, all: new Map(done.map((one, number) => [fresh[number], one])) };
      },
      ({ all }) => {
        const kept = requests.flatMap((request, index) => {
          const one = all.get(index);
          return one === undefined || one.result.userErrors.length > 0 ? [] : [{ request, one }];
        });
        return kept.length === 0 ? undefined : keepStatements(scope.tenantId, kept, (drafts) => append(scope, drafts));
      },
    );
    const { errors, all } = result;
    return requests.map((_, index) => {
      const error = errors[index];
      return error === undefined ? all.get(index) : { error };
    });
  }

  #mutateOnce<T extends MutationResult>(
    scope: Scope,
    once: KeyedRequest,
    work: (transaction: Transaction) => Promise<T>,
  ): Promise<Committed<T>> {
    const drafts: JournalDraft[] = [];
    return this.#commit(
      scope,
      async (session) => {
        await claimKey(session, once);
        return this.#work(session, drafts, work);
      },
      (result) => {
        const position = drafts.length === 0 ? "NULL" : append(scope, drafts);
        if (result.userErrors.length === 0) return keepStatement(scope.tenantId, once, result, position);
        return drafts.length === 0 ? undefined : `SELECT ${position} AS position`;
      },
    );
  }

  async #work<T>(session: Session, drafts: JournalDraft[], work: (tx: Transaction) => Promise<T>): Promise<T> {
    const tx = collecting(session, drafts);
    const result = await work(tx);
    for (const draft of [...drafts]) await this.#reactions.get(draft.type)?.(tx, draft);
    return result;
  }

  async #commit<T>(
    { tenantId }: Scope,
    work: (session: Session) => Promise<T>,
    finish: (result: T) => string | undefined,
  ): Promise<Committed<T>> {
    const { result, finished } = await this.#database.transaction(tenantId, work, finish);
    return { result, position: this.#publish(tenantId, finished[0]?.["position"]) };
  }

  #publish(tenantId: string, position: unknown): bigint | undefined {
    if (typeof position !== "bigint") return undefined;
    this.#hints.publish({ tenantId, position });
    return position;
  }
}

/** A transaction on a session, whose entries go into a list. */
export function collecting(session: Session, drafts: JournalDraft[]): Transaction {
  return {
    tenantId: session.tenantId,
    query: (statement) => session.query(statement),
    get prisma() {
      return session.prisma;
    },
    record: (draft) => void drafts.push(draft),
  };
}

/** SQL that appends the entries and is the journal's position after them. */
function append({ actor, requestId }: Scope, drafts: readonly JournalDraft[]): string {
  const entries = drafts.map((draft) => ({ ...draft, actor, requestId }));
  return `journal_append(${pg.escapeLiteral(JSON.stringify(entries))})`;
}
