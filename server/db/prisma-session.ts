import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { PrismaClient } from "./generated/client.ts";

/**
 * A Prisma client on one connection that somebody else checked out, so that models and SQL share a tenant and a
 * transaction. A transaction that Prisma opens by itself (nested writes) becomes a savepoint of ours.
 */
export function createPrismaOn(connection: pg.ClientBase, options: PrismaSessionOptions): PrismaClient {
  return new PrismaClient({ adapter: new PrismaPg(new SingleConnectionPool(connection, options)) });
}

export interface PrismaSessionOptions {
  readonly isInTransaction: () => boolean;
  /** Called before each statement; it may throw. */
  readonly sent: () => void;
}

const savepointFor: Readonly<Record<string, string>> = {
  BEGIN: "SAVEPOINT prisma",
  COMMIT: "RELEASE SAVEPOINT prisma",
  ROLLBACK: "ROLLBACK TO SAVEPOINT prisma; RELEASE SAVEPOINT prisma",
};

/** What the adapter takes for a pool: it never opens, closes or releases anything. */
class SingleConnectionPool extends pg.Pool {
  readonly #connection: pg.ClientBase;
  readonly #options: PrismaSessionOptions;

  constructor(connection: pg.ClientBase, options: PrismaSessionOptions) {
    super();
    this.#connection = connection;
    this.#options = options;
  }

  // The adapter calls query(config) and connect() only; pg's overloads are wider than that.
  override query = ((config: pg.QueryConfig) => this.#send(config)) as pg.Pool["query"];

  override connect = (() =>
    Promise.resolve({
      query: (config: pg.QueryConfig) => {
        const text = this.#options.isInTransaction() ? (savepointFor[config.text] ?? config.text) : config.text;
        return text === config.text ? this.#send(config) : this.#connection.query(text);
      },
      on: () => undefined,
      removeListener: () => undefined,
      release: () => undefined,
    })) as unknown as pg.Pool["connect"];

  #send(config: pg.QueryConfig) {
    this.#options.sent();
    return this.#connection.query(config);
  }
}
