import { expect, test } from "@jest/globals";
import pg from "pg";
import { join, password, signUp, silentBus, startIdentity, uniqueEmail } from "../../test/identity.ts";
import { createTestDatabase } from "../../test/database.ts";
import { Database } from "../db/database.ts";
import { JournalService } from "../journal/journal.service.ts";
import { bootstrap } from "./bootstrap.ts";

const good = {
  tenantName: "Atlas",
  name: "Amina",
  email: "amina@example.com",
  password,
  defaultCountry: "tn",
  timeZone: "africa/tunis",
  locale: "FR-tn",
  currency: "tnd",
};

function codes(payload: { userErrors: readonly { code: string }[] }): string[] {
  return payload.userErrors.map(({ code }) => code);
}

test("signs up a tenant in canonical spelling, with its owner signed in", async () => {
  await using identity = await startIdentity();
  const payload = await identity.tenants.signUp(identity.context(), { ...good, email: " Amina@Example.com" });
  expect(payload.userErrors).toEqual([]);
  expect(payload.tenant).toMatchObject({
    defaultCountry: "TN",
    timeZone: "Africa/Tunis",
    locale: "fr-TN",
    currency: "TND",
  });
  expect(payload.member).toMatchObject({ email: "amina@example.com", role: "OWNER", status: "ACTIVE" });
  const viewer = await identity.tenants.viewer(await identity.with(payload.tokens?.accessToken ?? ""));
  expect(viewer).toMatchObject({ role: "OWNER", tenant: { id: payload.tenant?.id }, key: null });
  expect(viewer.permissions).toContain("member:manage");
});

test("names everything that is wrong with a sign-up at once", async () => {
  await using identity = await startIdentity();
  const bad = {
    tenantName: " ",
    name: "a\u0007b",
    email: "nonsense",
    password: "short",
    defaultCountry: "XX",
    timeZone: "+01:00",
    locale: "not a language",
    currency: "XYZ",
  };
  const payload = await identity.tenants.signUp(identity.context(), bad);
  expect(codes(payload).toSorted()).toEqual([
    "COUNTRY_INVALID",
    "CURRENCY_INVALID",
    "EMAIL_INVALID",
    "LOCALE_INVALID",
    "NAME_INVALID",
    "PASSWORD_WEAK",
    "TENANT_NAME_INVALID",
    "TIME_ZONE_INVALID",
  ]);
  expect(new Set(payload.userErrors.map(({ field }) => field?.[1]))).toEqual(new Set(Object.keys(bad)));
});

test("the same e-mail can own several tenants, and learns nothing about the others", async () => {
  await using identity = await startIdentity();
  const { email } = await signUp(identity);
  const { owner } = await signUp(identity, email);
  expect((await identity.members.members(owner, {})).nodes).toHaveLength(1);
});

test("changes settings once, tells what changed, and refuses another version", async () => {
  await using identity = await startIdentity();
  const { owner } = await signUp(identity);
  const changed = await identity.tenants.updateTenant(owner, { name: "New name", expectedVersion: 1 });
  expect(changed).toMatchObject({ tenant: { name: "New name", version: 2, currency: "TND" }, userErrors: [] });
  const same = await identity.tenants.updateTenant(owner, { name: "New name" });
  expect(same).toMatchObject({ cursor: null, tenant: { version: 2 } });
  const conflict = await identity.tenants.updateTenant(owner, { name: "Other", expectedVersion: 1 });
  expect(conflict).toMatchObject({ cursor: null, tenant: { name: "New name" }, userErrors: [{ code: "CONFLICT" }] });
  expect(codes(await identity.tenants.updateTenant(owner, { name: "", currency: "?" }))).toEqual([
    "NAME_INVALID",
    "CURRENCY_INVALID",
  ]);
});

test("everything that happens to an identity stands in the journal, its e-mail apart from the rest", async () => {
  await using identity = await startIdentity();
  const { owner, email } = await signUp(identity);
  const guest = uniqueEmail();
  const { id } = await join(identity, owner, "ADMIN", guest);
  await identity.members.changeMemberRole(owner, { memberId: id, role: "COACH" });
  const { key } = await identity.keys.createApiKey(owner, { name: "test", scopes: ["lead:read"] });
  await identity.keys.revokeApiKey(owner, { keyId: key?.id ?? "" });
  await identity.members.removeMember(owner, { memberId: id });
  if (owner.principal.kind === "ANONYMOUS") throw new Error("the owner is known");
  const { tenantId } = owner.principal;
  const rows = await identity.database.read(tenantId, (session) =>
    session.query<{ type: string; data: unknown }>({ text: "SELECT type, data FROM journal_entry ORDER BY position" }),
  );
  expect(rows.map(({ type }) => type)).toEqual([
    "tenant.created",
    "member.joined",
    "member.signed_in",
    "member.invited",
    "member.joined",
    "member.signed_in",
    "member.role_changed",
    "key.created",
    "key.revoked",
    "member.removed",
    "member.session_revoked",
  ]);
  const kept = JSON.stringify(rows);
  for (const personal of [email, guest, "192.0.2.1"]) expect(kept).not.toContain(personal);
});

test("of eight processes that start at once, one makes the first tenant", async () => {
  await using testDatabase = await createTestDatabase();
  const database = new Database({ url: testDatabase.appUrl, poolSize: 8, statementTimeoutMs: 20_000 });
  try {
    const journal = new JournalService(database, silentBus);
    const kept: string[] = [];
    const keep = ({ tenantId }: { tenantId: string }) => Promise.resolve(void kept.push(tenantId));
    const made = await Promise.all(Array.from({ length: 8 }, () => bootstrap({ database, journal, keep })));
    const winners = made.filter((credentials) => credentials !== undefined);
    expect(winners).toHaveLength(1);
    expect(kept).toEqual([winners[0]?.tenantId]);
    expect(await bootstrap({ database, journal })).toBeUndefined();
    const client = new pg.Client({ connectionString: testDatabase.ownerUrl });
    await client.connect();
    const { rows } = await client.query("SELECT id FROM tenant");
    await client.end();
    expect(rows).toHaveLength(1);
  } finally {
    await database.close();
  }
});

test("a first start that can't keep the credentials makes no tenant, and the next one does", async () => {
  await using testDatabase = await createTestDatabase();
  const database = new Database({ url: testDatabase.appUrl, poolSize: 2, statementTimeoutMs: 20_000 });
  try {
    const journal = new JournalService(database, silentBus);
    const keep = () => Promise.reject(new Error("the disk is full"));
    await expect(bootstrap({ database, journal, keep })).rejects.toThrow("the disk is full");
    expect(await bootstrap({ database, journal })).toBeDefined();
  } finally {
    await database.close();
  }
});
