import { randomUUID } from "node:crypto";
import "reflect-metadata";
import type { Role } from "../schema/member.ts";
import { Database } from "../server/db/database.ts";
import { composeIdentity, type Identity } from "../server/identity.ts";
import type { HintBus } from "../server/journal/hints.port.ts";
import { JournalService } from "../server/journal/journal.service.ts";
import { type Context, LoaderCache } from "../server/operations/context.ts";
import { CursorCodec } from "../server/operations/cursor.ts";
import type { Principal } from "../server/operations/principal.ts";
import { bootstrap, type FirstCredentials } from "../server/tenants/bootstrap.ts";
import { createTestDatabase, type TestDatabase } from "./database.ts";

export const testSecret = "a secret of the tests, long enough for all";

/** The identity part of the server on a database of its own, with a clock that a test turns forward. */
export interface TestIdentity extends Identity, AsyncDisposable {
  readonly testDatabase: TestDatabase;
  readonly database: Database;
  readonly journal: JournalService;
  readonly cursors: CursorCodec;
  /** The first tenant. */
  readonly first: FirstCredentials;
  now(): Date;
  advance(milliseconds: number): void;
  context(principal?: Principal, from?: { address?: string | null; userAgent?: string | null }): Context;
  /** The context of a member who signs in now. */
  signedIn(email: string, password: string): Promise<Context>;
  /** The context of a credential, as the HTTP route makes it. */
  with(token: string, origin?: string): Promise<Context>;
}

/** Given another one, it is a second process on the same database. */
export async function startIdentity(sibling?: TestIdentity): Promise<TestIdentity> {
  const owned = sibling?.testDatabase ?? (await createTestDatabase());
  const database = new Database({ url: owned.appUrl, poolSize: 8, statementTimeoutMs: 20_000 });
  const journal = new JournalService(database, silentBus);
  const cursors = new CursorCodec([Buffer.alloc(32, 1)], "test");
  let aheadMs = 0;
  const now = (): Date => new Date(Date.now() + aheadMs);
  const identity = composeIdentity({ database, journal, cursors, secret: testSecret, clock: now });
  const first = sibling?.first ?? (await bootstrap({ database, journal }));
  if (first === undefined) throw new Error("the test's database isn't empty");
  const context: TestIdentity["context"] = (principal = { kind: "ANONYMOUS" }, from = {}) => ({
    principal,
    requestId: randomUUID(),
    address: from.address === undefined ? "192.0.2.1" : from.address,
    userAgent: from.userAgent ?? "jest",
    now: now(),
    signal: new AbortController().signal,
    loaders: new LoaderCache(),
  });
  const withToken: TestIdentity["with"] = async (token, origin) =>
    context(await identity.auth.authenticate(`Bearer ${token}`, { origin, address: null }));
  return {
    ...identity,
    testDatabase: owned,
    database,
    journal,
    cursors,
    first,
    now,
    advance: (milliseconds) => void (aheadMs += milliseconds),
    context,
    with: withToken,
    async signedIn(email, password) {
      const { tokens, userErrors } = await identity.signIn.signIn(context(), { email, password });
      if (tokens === null) throw new Error(`can't sign in: ${JSON.stringify(userErrors)}`);
      return withToken(tokens.accessToken);
    },
    async [Symbol.asyncDispose]() {
      await database.close();
      if (sibling === undefined) await owned[Symbol.asyncDispose]();
    },
  };
}

/** A fake of the port: one process that nobody listens to. */
export const silentBus: HintBus = {
  publish: () => undefined,
  subscribe: () => Promise.resolve(() => Promise.resolve()),
  onReconnect: () => undefined,
  isHealthy: () => Promise.resolve(true),
  close: () => Promise.resolve(),
};

let people = 0;

export const password = "correct horse battery staple";

export function uniqueEmail(): string {
  people += 1;
  return `person-${people}-${randomUUID().slice(0, 8)}@example.com`;
}

/** A new tenant, and the context of its owner. */
export async function signUp(
  identity: TestIdentity,
  email = uniqueEmail(),
): Promise<{ owner: Context; email: string; tenantId: string }> {
  const input = {
    tenantName: "Test",
    name: "Owner",
    email,
    password,
    defaultCountry: "TN",
    timeZone: "Africa/Tunis",
    locale: "fr",
    currency: "TND",
  };
  const { tokens, tenant, userErrors } = await identity.tenants.signUp(identity.context(), input);
  if (tokens === null || tenant === null) throw new Error(`can't sign up: ${JSON.stringify(userErrors)}`);
  return { owner: await identity.with(tokens.accessToken), email, tenantId: tenant.id };
}

/** Somebody who has accepted an invitation of this owner. */
export async function join(
  identity: TestIdentity,
  owner: Context,
  role: Role,
  email = uniqueEmail(),
): Promise<{ member: Context; id: string; email: string; refreshToken: string }> {
  const { token, userErrors } = await identity.invitations.inviteMember(owner, { email, role });
  if (token === null) throw new Error(`can't invite: ${JSON.stringify(userErrors)}`);
  const accepted = await identity.invitations.acceptInvite(identity.context(), { token, name: role, password });
  if (accepted.tokens === null || accepted.member === null)
    throw new Error(`can't join: ${JSON.stringify(accepted.userErrors)}`);
  const { accessToken, refreshToken } = accepted.tokens;
  return { member: await identity.with(accessToken), id: accepted.member.id, email, refreshToken };
}
