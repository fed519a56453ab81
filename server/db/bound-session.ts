import { AsyncLocalStorage } from "node:async_hooks";
import type { Session } from "./session.ts";

/** Runs work whose reads and transactions all take place in one session, however deep in services they stand. */
export type Inside = <T>(work: () => Promise<T>) => Promise<T>;

const bound = new AsyncLocalStorage<BoundSession>();

/** The session that the present work is bound to; undefined: none, or it is another tenant's, or its transaction has ended. */
export function boundSession(database: object, tenantId: string): BoundSession | undefined {
  const found = bound.getStore();
  return found?.isOpen === true && found.database === database && found.session.tenantId === tenantId
    ? found
    : undefined;
}

/**
 * One transaction that stands in for the pool while work runs inside it (docs/decisions/0015-bulk-operations.md). What
 * would be a transaction of its own becomes a savepoint; what would be sent with its COMMIT waits for the end.
 */
export class BoundSession {
  readonly database: object;
  readonly session: Session;
  /** Work that was left behind in the background finds the pool again, not a connection that others have by now. */
  isOpen = true;
  #finishing: string[] = [];
  #savepoints = 0;
  #released: Promise<unknown> = Promise.resolve();

  constructor(database: object, session: Session) {
    this.database = database;
    this.session = session;
  }

  readonly inside: Inside = (work) => bound.run(this, work);

  /** Statements for the end, in their order. */
  get finishing(): readonly string[] {
    return this.#finishing;
  }

  async savepoint<T>(
    work: (session: Session) => Promise<T>,
    finish: ((result: T) => string | undefined) | undefined,
  ): Promise<T> {
    this.#savepoints += 1;
    const name = `bound_${this.#savepoints}`;
    const before = this.#finishing.length;
    const begun = this.session.query({ text: `SAVEPOINT ${name}` });
    begun.catch(() => undefined); // without it there is nothing to release, which says so
    try {
      const result = await work(this.session);
      const last = finish?.(result);
      if (last !== undefined) this.#finishing.push(last);
      this.#release(name);
      return result;
    } catch (error) {
      this.#finishing = this.#finishing.slice(0, before);
      await this.session.query({ text: `ROLLBACK TO SAVEPOINT ${name}` });
      this.#release(name);
      throw error;
    }
  }

  /** Throws if a savepoint couldn't be released: then the transaction is lost, and a COMMIT would say nothing of it. */
  async settled(): Promise<void> {
    await this.#released;
  }

  /** Without waiting for the answer, so that it leaves with the next statement. */
  #release(name: string): void {
    const released = this.session.query({ text: `RELEASE SAVEPOINT ${name}` });
    this.#released = Promise.all([this.#released, released]);
    this.#released.catch(() => undefined); // settled() throws it
  }
}
