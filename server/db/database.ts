import pg from "pg";
import { BoundSession, boundSession, type Inside } from "./bound-session.ts";
import type { PrismaClient } from "./generated/client.ts";
import { parseInstant } from "./parse-instant.ts";
import { parseTextArray, textArrayOid } from "./parse-text-array.ts";
import { FairSlots } from "../fair-slots.ts";
import { createPrismaOn } from "./prisma-session.ts";
import { RunningStatements } from "./running-statements.ts";
import { sendTogether } from "./send-together.ts";
import type { Session, Statement } from "./session.ts";

export interface DatabaseOptions {
  /** URL of a role that row-level security binds. */
  readonly url: string;
  readonly poolSize: number;
  /** No statement runs longer than this. */
  readonly statementTimeoutMs: number;
  readonly onIdleError?: (error: Error) => void;
}

/** What a connection remembers between two checkouts. */
interface ConnectionState {
  tenantId: string;
  isInTransaction: boolean;
  prisma: PrismaClient | undefined;
  /** Of the operation that it works for now. */
  running: RunningStatements | undefined;
}

const noTenant = "";
const waitForConnectionMs = 5_000;
/** A new connection costs a login and, with its first model, a Prisma client of some megabytes. */
const keepIdleMs = 10 * 60_000;

// int8 is a journal position or a count: BigInt, so that no digit is lost.
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, BigInt);
types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, parseInstant);
types.setTypeParser(textArrayOid, parseTextArray);

/**
 * The server's connections to PostgreSQL. Each checkout is for one tenant: the setting that row-level security reads is
 * sent in front of the first statement without waiting for its answer (pg's pipeline mode), and not at all when the
 * connection already has it.
 */
export class Database {
  readonly #pool: pg.Pool;
  readonly #states = new WeakMap<pg.PoolClient, ConnectionState>();
  /** In front of the pool, which would serve whoever asks most: a fifth is always left to other tenants. */
  readonly #slots: FairSlots;

  constructor(options: DatabaseOptions) {
    this.#slots = new FairSlots({
      total: options.poolSize,
      perOwner: options.poolSize - Math.floor(options.poolSize / 5),
      perOwnerWhenShared: Math.ceil(options.poolSize / 2),
      isCrowded: () => true,
      maxWaitingPerOwner: Infinity, // operations are limited where they begin
      refuseAfterMs: 0,
      waitMs: waitForConnectionMs,
      refusal: () => new Error("timeout exceeded when trying to connect"), // in pg's words for the same
    });
    this.#pool = new pg.Pool({
      connectionString: options.url,
      max: options.poolSize,
      application_name: "nexora",
      statement_timeout: options.statementTimeoutMs,
      idle_in_transaction_session_timeout: options.statementTimeoutMs,
      connectionTimeoutMillis: waitForConnectionMs,
      idleTimeoutMillis: keepIdleMs,
      pipeline: true,
      types,
    } as pg.PoolConfig);
    this.#pool.on("error", (error) => {
      Reflect.deleteProperty(error, "client"); // pg hangs the whole connection on it, which no log should print
      // The pool has ended before its connections have: PostgreSQL's own stop may reach them first.
      if (!this.#pool.ending) options.onIdleError?.(error);
    });
    // While a connection is checked out its statements report its loss; without a listener the process would end.
    this.#pool.on("connect", (connection) => connection.on("error", () => undefined));
  }

  /** Runs statements that need no transaction: each sees what is committed when it starts. */
  async read<T>(tenantId: string, work: (session: Session) => Promise<T>): Promise<T> {
    const bound = boundSession(this, tenantId);
    if (bound !== undefined) return work(bound.session);
    const connection = await this.#checkOut(tenantId);
    sendTogether(connection);
    const scoped = this.#setTenant(connection, tenantId);
    try {
      const result = await work(this.#session(connection, tenantId));
      await scoped;
      await this.#release(connection, tenantId, scoped);
      return result;
    } catch (error) {
      await this.#release(connection, tenantId, scoped, error);
      throw error;
    }
  }

  /**
   * Runs work in one transaction, which is rolled back if it throws. `finish` is sent with the COMMIT in one message:
   * the place for the statement whose lock should be held as briefly as possible. Its rows are handed back.
   */
  async transaction<T>(
    tenantId: string,
    work: (session: Session) => Promise<T>,
    finish?: (result: T) => string | undefined,
  ): Promise<{ result: T; finished: pg.QueryResultRow[] }> {
    const bound = boundSession(this, tenantId);
    if (bound !== undefined) return { result: await bound.savepoint(work, finish), finished: [] };
    const connection = await this.#checkOut(tenantId);
    const state = this.#stateOf(connection);
    sendTogether(connection);
    const scoped = this.#setTenant(connection, tenantId);
    const begun = connection.query("BEGIN");
    begun.catch(() => undefined); // awaited below, after the statements that were sent behind it
    state.isInTransaction = true;
    try {
      const result = await work(this.#session(connection, tenantId));
      await Promise.all([scoped, begun]);
      state.running?.throwIfCancelled();
      const last = finish?.(result);
      // All in one simple query: the COMMIT isn't reached if a statement before it fails.
      const answer: unknown = await connection.query(last === undefined ? "COMMIT" : `${last}; COMMIT`);
      const answers = Array.isArray(answer) ? (answer as pg.QueryResult[]) : [];
      await this.#release(connection, tenantId, scoped);
      return { result, finished: answers.flatMap(({ rows }) => rows) };
    } catch (error) {
      const undone = connection.query("ROLLBACK").then(() => undefined);
      await this.#release(connection, tenantId, Promise.all([scoped, undone]), error);
      throw error;
    }
  }

  /**
   * One transaction for work of many parts: what runs by `inside` reads and writes in it, also through services that know
   * nothing of it. Statements that were to be sent with a COMMIT are sent with this one, and their rows handed back.
   */
  together<T>(
    tenantId: string,
    work: (session: Session, inside: Inside) => Promise<T>,
  ): Promise<{ result: T; finished: pg.QueryResultRow[] }> {
    let bound: BoundSession | undefined;
    return this.transaction(
      tenantId,
      async (session) => {
        bound = new BoundSession(this, session);
        try {
          const result = await work(session, bound.inside);
          await bound.settled();
          return result;
        } finally {
          bound.isOpen = false;
        }
      },
      () => (bound === undefined || bound.finishing.length === 0 ? undefined : bound.finishing.join("; ")),
    );
  }

  /** The same for reading: all of it sees the tenant as it was at the first statement, whatever is written meanwhile. */
  async snapshot<T>(
    tenantId: string,
    { maxWaitMs }: { /** How long the transaction may wait between two statements. */ readonly maxWaitMs: number },
    work: (session: Session, inside: Inside) => Promise<T>,
  ): Promise<T> {
    const { result } = await this.together(tenantId, async (session, inside) => {
      await session.query({ text: "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY" });
      await session.query({ text: `SET LOCAL idle_in_transaction_session_timeout = ${Math.trunc(maxWaitMs)}` });
      return work(session, inside);
    });
    return result;
  }

  /** Whether what is done for a tenant now is a part of a transaction that has begun before. */
  isInside(tenantId: string): boolean {
    return boundSession(this, tenantId) !== undefined;
  }

  /** Runs statements on tables that belong to no tenant. Tenant-owned tables are empty to it. */
  global<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return this.read(noTenant, work);
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }

  async #checkOut(tenantId: string): Promise<pg.PoolClient> {
    const running = RunningStatements.current();
    running?.throwIfCancelled();
    const waiting = this.#slots.take(tenantId, running);
    if (waiting !== undefined) await waiting;
    try {
      const connection = await this.#pool.connect();
      running?.hold(connection);
      this.#stateOf(connection).running = running;
      return connection;
    } catch (error) {
      this.#slots.give(tenantId);
      throw error;
    }
  }

  #session(connection: pg.PoolClient, tenantId: string): Session {
    const state = this.#stateOf(connection);
    const sent = () => {
      if (state.running === undefined) return;
      state.running.throwIfCancelled();
      state.running.count += 1;
    };
    return {
      tenantId,
      query: async <Row extends pg.QueryResultRow>({ text, values = [], name }: Statement) => {
        sent();
        sendTogether(connection);
        const answer = await connection.query<Row>({
          text,
          values: [...values],
          ...(name === undefined ? {} : { name }),
        });
        return answer.rows;
      },
      get prisma() {
        return (state.prisma ??= createPrismaOn(connection, { isInTransaction: () => state.isInTransaction, sent }));
      },
    };
  }

  #setTenant(connection: pg.PoolClient, tenantId: string): Promise<unknown> {
    const state = this.#stateOf(connection);
    if (state.tenantId === tenantId) return Promise.resolve();
    state.tenantId = tenantId;
    const setting = connection.query({
      name: "set-tenant",
      text: "SELECT set_config('nexora.tenant_id', $1, false)",
      values: [tenantId],
    });
    setting.catch(() => undefined); // awaited by the caller, after the statements that were sent behind it
    return setting;
  }

  #stateOf(connection: pg.PoolClient): ConnectionState {
    let state = this.#states.get(connection);
    if (state === undefined) {
      state = { tenantId: noTenant, isInTransaction: false, prisma: undefined, running: undefined };
      this.#states.set(connection, state);
    }
    return state;
  }

  /** A connection whose tenant or transaction is in doubt, or that its server is closing, isn't used again. */
  async #release(
    connection: pg.PoolClient,
    tenantId: string,
    settled: Promise<unknown>,
    failure?: unknown,
  ): Promise<void> {
    const isSettled = await settled.then(
      () => true,
      () => false,
    );
    const isClosing = failure instanceof pg.DatabaseError && failure.severity === "FATAL";
    const state = this.#stateOf(connection);
    state.isInTransaction = false;
    state.running?.letGo(connection);
    // A request to cancel may arrive after the statement that it was meant for.
    const isCancelled = state.running?.isCancelled === true;
    state.running = undefined;
    connection.release(isClosing || isCancelled || !isSettled);
    this.#slots.give(tenantId);
  }
}
