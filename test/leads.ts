import { randomUUID } from "node:crypto";
import "reflect-metadata";
import pg from "pg";
import { Database } from "../server/db/database.ts";
import type { HintBus } from "../server/journal/hints.port.ts";
import { JournalService } from "../server/journal/journal.service.ts";
import { composeLeads, type LeadsParts } from "../server/leads/compose-leads.ts";
import { scopes } from "../server/operations/actions.ts";
import { type Context, LoaderCache } from "../server/operations/context.ts";
import { CursorCodec } from "../server/operations/cursor.ts";
import type { Principal } from "../server/operations/principal.ts";
import { createTestDatabase } from "./database.ts";

type SqlRow = Record<string, unknown>;

export interface LeadsStage extends AsyncDisposable, LeadsParts {
  readonly database: Database;
  readonly journal: JournalService;
  readonly cursors: CursorCodec;
  readonly tenantId: string;
  /** An active member of the tenant. */
  readonly memberId: string;
  /** Another process's parts on the same database. */
  another(): LeadsParts;
  /** A request of a secret key with every scope, unless another principal is given. */
  context(changes?: Partial<Context>): Context;
  /** A request of a publishable key. */
  publishable(): Context;
  /** A further tenant. */
  createTenant(): Promise<{
    readonly tenantId: string;
    readonly memberId: string;
    context(changes?: Partial<Context>): Context;
  }>;
  /** Looks behind the server's back: row-level security doesn't bind it. */
  sql<Row extends SqlRow = SqlRow>(text: string, values?: unknown[]): Promise<Row[]>;
}

const noHints: HintBus = {
  publish: () => undefined,
  subscribe: () => Promise.resolve(() => Promise.resolve()),
  onReconnect: () => undefined,
  isHealthy: () => Promise.resolve(true),
  close: () => Promise.resolve(),
};

/** The leads' services on a real database, without a transport: `await using stage = await setUpLeads()`. */
export async function setUpLeads(): Promise<LeadsStage> {
  const testDatabase = await createTestDatabase();
  const owner = new pg.Pool({ connectionString: testDatabase.ownerUrl, max: 2 });
  const databases: Database[] = [];
  const open = () => {
    const database = new Database({ url: testDatabase.appUrl, poolSize: 8, statementTimeoutMs: 10_000 });
    databases.push(database);
    return database;
  };
  const cursors = new CursorCodec([Buffer.from("a key that only tests use")], "epoch");
  const parts = (database: Database) => composeLeads(database, new JournalService(database, noHints), cursors);
  const database = open();
  const sql = async <Row extends SqlRow>(text: string, values: unknown[] = []) =>
    (await owner.query<Row>(text, values)).rows;

  const createTenant = async () => {
    const [tenantId, memberId] = [randomUUID(), randomUUID()];
    await sql(
      `INSERT INTO tenant (id, name, default_country, time_zone, locale, currency)
       VALUES ($1, 'Test', 'TN', 'Europe/Paris', 'en', 'EUR')`,
      [tenantId],
    );
    await sql("INSERT INTO journal_head (tenant_id, position, hash) VALUES ($1, 0, journal_genesis())", [tenantId]);
    await sql(
      "INSERT INTO member (tenant_id, id, email, name, password_hash, role) VALUES ($1, $2, $3, 'Mia', 'x', 'OWNER')",
      [tenantId, memberId, `${memberId}@example.com`],
    );
    const principal: Principal = { kind: "API_KEY", tenantId, keyId: randomUUID(), scopes, expiresAt: null };
    return {
      tenantId,
      memberId,
      context: (changes: Partial<Context> = {}) => createContext({ principal, ...changes }),
    };
  };
  const first = await createTenant();
  const key: Principal = { kind: "PUBLISHABLE_KEY", tenantId: first.tenantId, keyId: randomUUID(), expiresAt: null };
  return {
    ...parts(database),
    database,
    journal: new JournalService(database, noHints),
    cursors,
    tenantId: first.tenantId,
    memberId: first.memberId,
    another: () => parts(open()),
    context: first.context,
    publishable: () => createContext({ principal: key }),
    createTenant,
    sql,
    async [Symbol.asyncDispose]() {
      await Promise.all(databases.map((each) => each.close()));
      await owner.end();
      await testDatabase[Symbol.asyncDispose]();
    },
  };
}

function createContext(changes: Partial<Context> & Pick<Context, "principal">): Context {
  return {
    requestId: "test",
    address: "192.0.2.1",
    userAgent: null,
    now: new Date(),
    signal: new AbortController().signal,
    loaders: new LoaderCache(),
    ...changes,
  };
}
