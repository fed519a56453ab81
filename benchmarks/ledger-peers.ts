import { randomUUID } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { InProcessHints } from "../server/adapters/hints/in-process-hints.ts";
import { spend } from "../server/credits/ledger.ts";
import { Database } from "../server/db/database.ts";
import { PrismaClient } from "../server/db/generated/client.ts";
import { JournalService } from "../server/journal/journal.service.ts";
import type { BenchmarkAccount, LedgerDatabase } from "./ledger-database.ts";

/** One way to spend a credit and to tell the journal of it. */
export interface LedgerPeer {
  readonly name: string;
  spend(account: BenchmarkAccount, client: number): Promise<void>;
  close(): Promise<void>;
}

const actor = { type: "SYSTEM" } as const;
const actorJson = JSON.stringify(actor);

/** What the server does: the ledger's function in a transaction of the journal. */
export function nexora({ appUrl }: LedgerDatabase, clients: number): LedgerPeer {
  // A fifth is kept from one tenant for the others; each client is to have a connection.
  const database = new Database({ url: appUrl, poolSize: Math.ceil(clients * 1.25) + 1, statementTimeoutMs: 60_000 });
  const journal = new JournalService(database, new InProcessHints());
  return {
    name: "nexora",
    async spend({ tenantId, clientId }) {
      await journal.transaction({ tenantId, actor, requestId: "benchmark" }, (tx) =>
        spend(tx, { clientId, amount: 1n, key: randomUUID(), at: new Date(), actor }),
      );
    },
    close: () => database.close(),
  };
}

/** The same functions called by pg, and nothing else: one statement, one round trip, a transaction of its own. */
export async function bare({ appUrl }: LedgerDatabase, clients: number): Promise<LedgerPeer> {
  const connections = await connect(appUrl, clients);
  const text = `WITH moved AS MATERIALIZED (SELECT * FROM credit_spend($1, 1, $2, $3, $4))
    SELECT journal_append(jsonb_build_array(jsonb_build_object('type', 'credits.spent', 'subjectType', 'CreditAccount',
      'subjectId', client_id, 'actor', $4::jsonb, 'requestId', 'benchmark', 'data', jsonb_build_object('kind', 'USAGE',
      'transactionId', transaction_id, 'amount', amount, 'at', at, 'balance', balance, 'held', held, 'version', version)))) FROM moved`;
  return {
    name: "bare pg",
    async spend({ tenantId, clientId }, client) {
      const connection = await connections.of(client, tenantId);
      await connection.query({ name: "spend", text, values: [clientId, randomUUID(), new Date(), actorJson] });
    },
    close: () => connections.close(),
  };
}

/** The usual way: Prisma's models in an interactive transaction, each statement waiting for the one before. */
export function interactive({ ownerUrl }: LedgerDatabase, clients: number): LedgerPeer {
  const adapter = new PrismaPg({ connectionString: ownerUrl, max: clients });
  const prisma = new PrismaClient({ adapter, transactionOptions: { maxWait: 60_000, timeout: 60_000 } });
  return {
    name: "interactive",
    async spend({ tenantId, clientId }) {
      const at = new Date();
      const contra = { tenantId, kind: "CONSUMED", ownerId: null };
      await prisma.$transaction(async (tx) => {
        await tx.$executeRaw`SELECT set_config('nexora.tenant_id', ${tenantId}, true)`;
        const enough = { tenantId, accountId: clientId, balance: { gte: 1n } };
        const change = { balance: { decrement: 1n }, version: { increment: 1n }, movedAt: at };
        const [balance] = await tx.creditBalance.updateManyAndReturn({ where: enough, data: change });
        if (balance === undefined) throw new Error("not enough credits");
        const moved = await tx.ledgerTxn.create({
          data: {
            tenantId,
            kind: "USAGE",
            idemKey: randomUUID(),
            requestHash: Buffer.alloc(32),
            accountId: clientId,
            amount: 1n,
            actor,
            at,
            version: balance.version,
            balanceAfter: balance.balance,
            heldAfter: balance.held,
          },
        });
        const lot = await tx.creditLot.findFirstOrThrow({
          where: { tenantId, accountId: clientId, isOpen: true, effectiveAt: { lte: at }, expiresAt: { gt: at } },
          orderBy: [
            { priority: "asc" },
            { expiresAt: "asc" },
            { isPaid: "asc" },
            { effectiveAt: "asc" },
            { id: "asc" },
          ],
          select: { id: true, remaining: true },
        });
        await tx.creditLot.updateMany({
          where: { tenantId, id: lot.id },
          data: { remaining: { decrement: 1n }, isOpen: lot.remaining > 1n },
        });
        const other =
          (await tx.ledgerAccount.findFirst({ where: contra, select: { id: true } })) ??
          (await tx.ledgerAccount.create({ data: contra, select: { id: true } }));
        const { balance: balanceAfter, version } = balance;
        const line = { tenantId, txnId: moved.id, at };
        await tx.ledgerEntry.createMany({
          data: [
            { ...line, n: 1, accountId: clientId, lotId: lot.id, amount: -1n, balanceAfter, version },
            { ...line, n: 2, accountId: other.id, amount: 1n },
          ],
        });
        const data = {
          kind: "USAGE",
          transactionId: moved.id,
          amount: 1,
          at,
          balance: Number(balanceAfter),
          version: Number(version),
        };
        const entry = {
          type: "credits.spent",
          subjectType: "CreditAccount",
          subjectId: clientId,
          actor,
          requestId: "benchmark",
          data,
        };
        await tx.$queryRaw`SELECT journal_append(${JSON.stringify([entry])}::jsonb)`;
      });
    },
    close: () => prisma.$disconnect(),
  };
}

async function connect(url: string, clients: number) {
  const connections = await Promise.all(
    Array.from({ length: clients }, async () => {
      const connection = new pg.Client({ connectionString: url });
      await connection.connect();
      return { connection, tenantId: "" };
    }),
  );
  return {
    async of(client: number, tenantId: string): Promise<pg.Client> {
      const found = connections[client];
      if (found === undefined) throw new Error(`no connection ${client}`);
      if (found.tenantId !== tenantId) {
        found.tenantId = tenantId;
        // pg sends in order: nobody waits for it.
        void found.connection.query({
          name: "tenant",
          text: "SELECT set_config('nexora.tenant_id', $1, false)",
          values: [tenantId],
        });
      }
      return found.connection;
    },
    close: async () => void (await Promise.all(connections.map(({ connection }) => connection.end()))),
  };
}
