import { randomUUID } from "node:crypto";
import { describe, expect, it } from "@jest/globals";
import pg from "pg";
import { createTestDatabase } from "../../test/database.ts";
import { recordStatements } from "../../test/recorded-statements.ts";
import { Database } from "./database.ts";

const options = { poolSize: 2, statementTimeoutMs: 5_000 };

async function withTenants(work: (database: Database, a: string, b: string) => Promise<void>): Promise<void> {
  await using testDatabase = await createTestDatabase();
  const database = new Database({ ...options, url: testDatabase.appUrl });
  const [a, b] = [randomUUID(), randomUUID()];
  try {
    for (const id of [a, b]) {
      await database.transaction(id, (session) =>
        session.prisma.tenant.create({
          data: { id, name: "A tenant", defaultCountry: "FR", timeZone: "Europe/Paris", locale: "fr", currency: "EUR" },
        }),
      );
    }
    await work(database, a, b);
  } finally {
    await database.close();
  }
}

describe("Database", () => {
  it("tells of an idle connection's end without the connection itself, which would fill the log", async () => {
    await using testDatabase = await createTestDatabase();
    const ended = Promise.withResolvers<Error>();
    const database = new Database({ ...options, url: testDatabase.appUrl, onIdleError: ended.resolve });
    const [row] = await database.global((session) =>
      session.query<{ pid: number }>({ text: "SELECT pg_backend_pid() AS pid" }),
    );
    const owner = new pg.Client({ connectionString: testDatabase.ownerUrl });
    await owner.connect();
    await owner.query("SELECT pg_terminate_backend($1)", [row?.pid]);
    await owner.end();
    const error = await ended.promise;
    expect(error).toMatchObject({ code: "57P01" });
    expect(error).not.toHaveProperty("client");
    await database.close();
  });

  it("shows each checkout its own tenant only, by SQL and by Prisma", () =>
    withTenants(async (database, a, b) => {
      const seen = await Promise.all(
        Array.from({ length: 40 }, (_, index) => {
          const tenantId = index % 2 === 0 ? a : b;
          return database.read(tenantId, async (session) => {
            const rows = await session.query<{ id: string }>({ text: "SELECT id FROM tenant" });
            const models = await session.prisma.tenant.findMany();
            return [rows.map((row) => row.id), models.map((model) => model.id), [tenantId], [tenantId]];
          });
        }),
      );
      for (const [bySql, byPrisma, expected] of seen) {
        expect(bySql).toEqual(expected);
        expect(byPrisma).toEqual(expected);
      }
    }));

  it("shows nothing of a tenant where none is set", () =>
    withTenants(async (database) => {
      expect(await database.global((session) => session.query({ text: "SELECT id FROM tenant" }))).toEqual([]);
    }));

  it("refuses to write into another tenant", () =>
    withTenants(async (database, a, b) => {
      const write = database.transaction(a, (session) =>
        session.query({
          text: "INSERT INTO journal_head (tenant_id, position, hash) VALUES ($1, 0, journal_genesis())",
          values: [b],
        }),
      );
      await expect(write).rejects.toMatchObject({ code: "42501" });
    }));

  it("sends the tenant's setting only when the connection has another one", () =>
    withTenants(async (database, a, b) => {
      const select = (tenantId: string) => database.read(tenantId, (session) => session.query({ text: "SELECT 1" }));
      await select(a);
      expect(await recordStatements(() => select(a))).toEqual(["SELECT 1"]);
      expect(await recordStatements(() => select(b))).toEqual([
        "SELECT set_config('nexora.tenant_id', $1, false)",
        "SELECT 1",
      ]);
    }));

  it("rolls everything back when work throws, also what Prisma wrote in a nested transaction", () =>
    withTenants(async (database, a) => {
      const failing = database.transaction(a, async (session) => {
        await session.prisma.$transaction([
          session.prisma.tenant.update({ where: { id: a }, data: { name: "Changed" } }),
        ]);
        throw new Error("stop");
      });
      await expect(failing).rejects.toThrow("stop");
      const [tenant] = await database.read(a, (session) => session.prisma.tenant.findMany());
      expect(tenant?.name).toBe("A tenant");
    }));

  it("undoes a nested transaction of Prisma that failed, and goes on", () =>
    withTenants(async (database, a, b) => {
      await database.transaction(a, async (session) => {
        const nested = session.prisma.$transaction([
          session.prisma.tenant.update({ where: { id: a }, data: { name: "Lost" } }),
          session.prisma.tenant.update({ where: { id: b }, data: { name: "Not there" } }),
        ]);
        await expect(nested).rejects.toThrow();
        await session.prisma.tenant.update({ where: { id: a }, data: { locale: "en" } });
      });
      const [tenant] = await database.read(a, (session) => session.prisma.tenant.findMany());
      expect(tenant).toMatchObject({ name: "A tenant", locale: "en" });
    }));

  it("ends a statement that runs too long, and keeps working", () =>
    withTenants(async (database, a) => {
      const slow = database.read(a, (session) =>
        session.query({ text: "SET statement_timeout = 50" }).then(() => session.query({ text: "SELECT pg_sleep(5)" })),
      );
      await expect(slow).rejects.toMatchObject({ code: "57014" });
      expect(await database.read(a, (session) => session.query({ text: "SELECT 1 AS one" }))).toEqual([{ one: 1 }]);
    }));

  it("survives the end of its connections", () =>
    withTenants(async (database, a) => {
      const killed = database.read(a, (session) =>
        session.query({ text: "SELECT pg_terminate_backend(pg_backend_pid())" }),
      );
      await expect(killed).rejects.toThrow();
      expect(await database.read(a, (session) => session.query({ text: "SELECT 1 AS one" }))).toEqual([{ one: 1 }]);
    }));
});
