import type pg from "pg";
import type { PrismaClient } from "./generated/client.ts";

/** A database connection while it works for one tenant. Row-level security shows it that tenant's rows and no others. */
export interface Session {
  readonly tenantId: string;

  /**
   * Runs one statement and returns its rows. `name` keeps it prepared on the connection: give one to each statement
   * that requests repeat, and never the same name to two texts.
   */
  query<Row extends pg.QueryResultRow>(statement: Statement): Promise<Row[]>;

  /** Prisma's models on this connection, inside the same transaction. */
  readonly prisma: PrismaClient;
}

export interface Statement {
  readonly text: string;
  readonly values?: readonly unknown[];
  readonly name?: string;
}
