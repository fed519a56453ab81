import { randomUUID } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { InProcessHints } from "../server/adapters/hints/in-process-hints.ts";
import { recordMove, spendAlone } from "../server/credits/ledger.ts";
import { Database } from "../server/db/database.ts";
import { type Prisma, PrismaClient } from "../server/db/generated/client.ts";
import { JournalService } from "../server/journal/journal.service.ts";
import { callBook } from "../server/sessions/session-functions.ts";
import { nextBooking, toldOf } from "./ledger-bookings.ts";
import type { BenchmarkAccount, LedgerDatabase } from "./ledger-database.ts";

/** One way to spend a credit or to book a session, and to tell the journal of it. */
export interface LedgerPeer {
  readonly name: string;
  spend(account: BenchmarkAccount, client: number): Promise<void>;
  book(account: BenchmarkAccount, client: number): Promise<void>;
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
      const scope = { tenantId, actor, requestId: "benchmark" };
      await spendAlone(journal, scope, { clientId, amount: 1n, key: randomUUID(), at: new Date() });
    },
    async book(account) {
      const { session, booking } = nextBooking(account);
      await journal.transaction({ tenantId: account.tenantId, actor, requestId: "benchmark" }, async (tx) => {
        const at = new Date();
        const sessions = [session];
        const [held] = await callBook(tx, { series: null, sessions, bookings: [booking], offerId: null, at, actor });
        if (held === undefined) throw new Error("a booking holds a credit");
        const subject = `booking:${booking.id}`;
        recordMove(tx, held, { type: "credits.held", kind: "HOLD", subject, endsAt: booking.hold_until });
        tx.record(toldOf(session, booking));
      });
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
    async book(account, client) {
      const { session, booking } = nextBooking(account);
      const connection = await connections.of(client, account.tenantId);
      const told = { ...toldOf(session, booking), actor, requestId: "benchmark" };
      const values = [[session], [booking], new Date(), actor, booking.hold_until, told].map((value) =>
        value instanceof Date ? value : JSON.stringify(value),
      );
      await connection.query({ name: "book", text: bookText, values });
    },
    close: () => connections.close(),
  };
}

const bookText = `WITH moved AS MATERIALIZED (SELECT * FROM session_book('{}', $1, $2, NULL, $3, $4))
  SELECT journal_append(jsonb_build_array(jsonb_build_object('type', 'credits.held', 'subjectType', 'CreditAccount',
    'subjectId', client_id, 'actor', $4::jsonb, 'requestId', 'benchmark', 'data', jsonb_build_object('kind', 'HOLD',
    'transactionId', transaction_id, 'holdId', hold_id, 'subject', 'booking', 'endsAt', $5::timestamptz, 'amount', amount, 'at', at,
    'balance', balance, 'held', held, 'version', version)), $6::jsonb)) FROM moved`;

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
        const lot = await takeFromLot(tx, { tenantId, clientId, at });
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
    async book(account) {
      const { tenantId, clientId, learnerId, coachId } = account;
      const { session, booking } = nextBooking(account);
      const at = new Date();
      await prisma.$transaction(async (tx) => {
        await tx.$executeRaw`SELECT set_config('nexora.tenant_id', ${tenantId}, true)`;
        const [balance] = await tx.creditBalance.updateManyAndReturn({
          where: { tenantId, accountId: clientId, balance: { gte: 1n } },
          data: { held: { increment: 1n }, version: { increment: 1n }, movedAt: at },
        });
        if (balance === undefined) throw new Error("not enough credits");
        const subject = `booking:${booking.id}`;
        const moved = await tx.ledgerTxn.create({
          data: {
            ...{ tenantId, kind: "HOLD", idemKey: subject, requestHash: Buffer.alloc(32), reference: subject },
            ...{ accountId: clientId, amount: 1n, actor, at, version: balance.version },
            ...{ balanceAfter: balance.balance, heldAfter: balance.held },
          },
        });
        const lot = await takeFromLot(tx, { tenantId, clientId, at });
        const held = await tx.creditHold.create({
          data: {
            ...{ tenantId, accountId: clientId, subject, amount: 1n, endsAt: booking.hold_until, heldAt: at },
            txnId: moved.id,
          },
        });
        await tx.creditHoldLot.create({ data: { tenantId, holdId: held.id, lotId: lot.id, amount: 1n } });
        const times = {
          startsAt: session.starts_at,
          endsAt: session.ends_at,
          busyFrom: session.busy_from,
          busyTo: session.busy_to,
        };
        await tx.session.create({
          data: {
            ...{ tenantId, id: session.id, sessionTypeId: session.session_type_id, coachId, kind: session.kind },
            ...{ title: session.title, status: session.status, timeZone: session.time_zone, capacity: 1, taken: 1 },
            ...{ localStart: session.local_start, meetingRoom: session.meeting_room, bookedAt: at, updatedAt: at },
            ...times,
          },
        });
        await tx.booking.create({
          data: {
            ...{ tenantId, id: booking.id, sessionId: session.id, learnerId, clientId, status: "BOOKED", credits: 1n },
            ...{ holdId: held.id, payment: "HELD", bookedAt: at, deadlineAt: booking.deadline_at },
            cancellationNoticeMin: booking.cancellation_notice_min,
            lateCancellation: booking.late_cancellation,
          },
        });
        for (const resourceId of [coachId, learnerId].toSorted()) {
          await tx.slotClaim.create({
            data: { tenantId, resourceId, sessionId: session.id, kind: "BOOKING", ...times },
          });
        }
        const account = {
          ...{ type: "credits.held", subjectType: "CreditAccount", subjectId: clientId },
          data: { kind: "HOLD", transactionId: moved.id, holdId: held.id, subject, amount: 1, at },
        };
        const entries = [account, toldOf(session, booking)].map((told) => ({
          ...told,
          actor,
          requestId: "benchmark",
        }));
        await tx.$queryRaw`SELECT journal_append(${JSON.stringify(entries)}::jsonb)`;
      });
    },
    close: () => prisma.$disconnect(),
  };
}

/** One credit from the lot whose turn it is. */
async function takeFromLot(
  tx: Prisma.TransactionClient,
  { tenantId, clientId, at }: { readonly tenantId: string; readonly clientId: string; readonly at: Date },
): Promise<{ readonly id: string }> {
  const lot = await tx.creditLot.findFirstOrThrow({
    where: { tenantId, accountId: clientId, isOpen: true, effectiveAt: { lte: at }, expiresAt: { gt: at } },
    orderBy: [{ priority: "asc" }, { expiresAt: "asc" }, { isPaid: "asc" }, { effectiveAt: "asc" }, { id: "asc" }],
    select: { id: true, remaining: true },
  });
  await tx.creditLot.updateMany({
    where: { tenantId, id: lot.id },
    data: { remaining: { decrement: 1n }, isOpen: lot.remaining > 1n },
  });
  return lot;
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
