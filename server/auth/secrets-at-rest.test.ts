import { expect, test } from "@jest/globals";
import pg from "pg";
import { join, password, signUp, startIdentity, uniqueEmail } from "../../test/identity.ts";

test("no secret that was handed out stands in any column of the database, nor does its secret part", async () => {
  await using identity = await startIdentity();
  const { owner, email } = await signUp(identity);
  const { tokens } = await identity.signIn.signIn(identity.context(), { email, password });
  const renewed = await identity.authSessions.refreshSession(identity.context(), {
    refreshToken: tokens?.refreshToken ?? "",
  });
  const { refreshToken } = await join(identity, owner, "COACH");
  const { token } = await identity.invitations.inviteMember(owner, { email: uniqueEmail(), role: "COACH" });
  const key = await identity.keys.createApiKey(owner, { name: "test", scopes: ["lead:read"] });
  const publishable = await identity.keys.createPublishableKey(owner, { name: "test", allowedOrigins: [] });
  const secrets = [
    identity.first.ownerPassword,
    identity.first.secretKey,
    identity.first.publishableKey,
    password,
    tokens?.accessToken,
    tokens?.refreshToken,
    renewed.tokens?.accessToken,
    renewed.tokens?.refreshToken,
    refreshToken,
    token,
    key.secret,
    publishable.secret,
  ].map((secret) => secret ?? "missing");
  expect(secrets).not.toContain("missing");
  const dump = await dumpOf(identity.testDatabase.ownerUrl);
  expect(dump).toContain(email); // it does see what is there
  for (const secret of secrets) {
    for (const form of formsOf(secret)) expect(dump.includes(form)).toBe(false);
  }
});

/** The secret as it is, its random part, and both as PostgreSQL prints bytes. */
function formsOf(secret: string): string[] {
  const tail = secret.slice(-30);
  const random = Buffer.from(secret.replace(/^(?:nx_[a-z]+_|pk_)/, ""), "base64url").subarray(-32);
  const hex = [Buffer.from(secret), random].filter((bytes) => bytes.length >= 10).map((bytes) => bytes.toString("hex"));
  return [secret, tail, ...hex];
}

/** Every row of every table as text. */
async function dumpOf(ownerUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      "SELECT quote_ident(table_name) AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'",
    );
    const parts: string[] = [];
    for (const { name } of tables) {
      const { rows } = await client.query<{ text: string }>(`SELECT t::text AS text FROM ${name} t`);
      parts.push(...rows.map(({ text }) => text));
    }
    return parts.join("\n");
  } finally {
    await client.end();
  }
}
