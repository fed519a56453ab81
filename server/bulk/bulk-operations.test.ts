import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { payload, startApp, testSecret } from "../../test/app.ts";
import { BulkFiles, bulkFields, type BulkState } from "../../test/bulk-files.ts";
import { follow } from "../../test/live.ts";
import { deriveKey } from "../operations/derive-key.ts";
import { toUuid } from "../operations/ids.ts";
import { SignedLinks } from "../operations/signed-link.ts";

const allLeads = "{ leads { nodes { id email name createdAt } } }";
const capture = `mutation ($input: CaptureLeadInput!) { captureLead(input: $input) { accepted } }`;
let files: BulkFiles;

beforeAll(async () => {
  files = await BulkFiles.start();
});
afterAll(() => files[Symbol.asyncDispose]());
beforeEach(async () => {
  await files.sql("TRUNCATE lead, lead_identity, lead_note, lead_consent, bulk_operation CASCADE");
});

const uuidOf = (id: string) => toUuid("BulkOperation", id);

async function keyWith(
  scopes: readonly string[],
): Promise<{ id: string; secret: string; revoke: () => Promise<void> }> {
  const { ownerEmail, ownerPassword } = files.app.tenant;
  const signedIn = await files.app.graphql(
    "mutation ($input: SignInInput!) { signIn(input: $input) { tokens { accessToken } } }",
    { input: { email: ownerEmail, password: ownerPassword } },
    null,
  );
  const { accessToken } = payload<{ tokens: { accessToken: string } }>(signedIn, "signIn").tokens;
  const made = await files.app.graphql(
    "mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { key { id } secret } }",
    { input: { name: "bulk", scopes } },
    accessToken,
  );
  const { key, secret } = payload<{ key: { id: string }; secret: string }>(made, "createApiKey");
  const revoke = async () => {
    const revoking = "mutation ($input: RevokeApiKeyInput!) { revokeApiKey(input: $input) { userErrors { code } } }";
    await files.app.graphql(revoking, { input: { keyId: key.id } }, accessToken);
  };
  return { id: key.id, secret, revoke };
}

async function cancel(id: string, credential?: string) {
  const answer = await files.app.graphql(
    `mutation ($input: CancelBulkOperationInput!) {
      cancelBulkOperation(input: $input) { bulkOperation { ${bulkFields} } userErrors { code } }
    }`,
    { input: { id } },
    credential,
  );
  return payload<{ bulkOperation: BulkState | null; userErrors: { code: string }[] }>(answer, "cancelBulkOperation");
}

describe("a download", () => {
  it("can be resumed by Range, and is the same whole by length, digest and bytes", async () => {
    await files.insertLeads(30_000);
    const { state } = await files.export(allLeads);
    const url = state.downloadUrl ?? "";
    const head = await fetch(url, { method: "HEAD" });
    expect(Object.fromEntries(head.headers)).toMatchObject({
      "accept-ranges": "bytes",
      "content-length": String(state.size),
      "content-type": "application/x-ndjson; charset=utf-8",
      etag: `"${state.sha256}"`,
      "repr-digest": `sha-256=:${Buffer.from(state.sha256 ?? "", "hex").toString("base64")}:`,
    });
    expect(state.size).toBeGreaterThan(3_000_000); // several chunks
    const pieces: Buffer[] = [];
    let at = 0;
    for (const length of [1, 999_999, 1_500_000]) {
      const range = `bytes=${at}-${at + length - 1}`;
      const part = await fetch(url, { headers: { range, "if-range": `"${state.sha256}"` } });
      expect(part.status).toBe(206);
      expect(part.headers.get("content-range")).toBe(`bytes ${at}-${at + length - 1}/${state.size}`);
      pieces.push(Buffer.from(await part.arrayBuffer()));
      at += length;
    }
    pieces.push(Buffer.from(await (await fetch(url, { headers: { range: `bytes=${at}-` } })).arrayBuffer()));
    const bytes = Buffer.concat(pieces);
    expect(bytes.length).toBe(state.size);
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(state.sha256);
    expect(bytes.toString().split("\n")).toHaveLength(30_001);
    const tail = await fetch(url, { headers: { range: "bytes=-10" } });
    expect(Buffer.from(await tail.arrayBuffer())).toEqual(bytes.subarray(-10));
    expect((await fetch(url, { headers: { range: `bytes=${state.size}-` } })).status).toBe(416);
    expect((await fetch(url, { headers: { range: "bytes=0-9", "if-range": '"another"' } })).status).toBe(200);
    expect((await fetch(url, { headers: { "if-none-match": `"${state.sha256}"` } })).status).toBe(304);
  });

  it("needs a link that is ours, hasn't expired, and whose maker still may", async () => {
    const key = await keyWith(["bulk:export", "bulk:read", "lead:read"]);
    const { state } = await files.export(allLeads, undefined, key.secret);
    const url = state.downloadUrl ?? "";
    expect((await fetch(url)).status).toBe(200);
    expect((await fetch(`${url.slice(0, -4)}AAAA`)).status).toBe(404);
    const grant = {
      tenantId: toUuid("Tenant", files.app.tenant.tenantId) ?? "",
      subjectId: uuidOf(state.id) ?? "",
      principalId: toUuid("ApiKey", key.id) ?? "",
    };
    const expired = new SignedLinks(deriveKey(testSecret, "bulk-download")).sign({ ...grant, expiresAt: new Date(1) });
    expect((await fetch(`${files.app.url}/downloads/bulk/${expired}`)).status).toBe(410);
    const upload = new SignedLinks(deriveKey(testSecret, "bulk-upload")).sign({
      ...grant,
      expiresAt: new Date(Date.now() + 60_000),
    });
    expect((await fetch(`${files.app.url}/downloads/bulk/${upload}`)).status).toBe(404);
    await key.revoke();
    expect((await fetch(url)).status).toBe(410);
  });

  it("goes with the operation a week after its end", async () => {
    const { state } = await files.export(allLeads);
    const days = await files.sql(
      "SELECT expires_at - finished_at = interval '7 days' AS is_kept FROM bulk_operation WHERE id = $1",
      [uuidOf(state.id)],
    );
    expect(days).toEqual([{ is_kept: true }]);
    await files.sql("UPDATE bulk_operation SET expires_at = now() - interval '1 minute'");
    for (let tries = 0; tries < 100 && (await files.sql("SELECT 1 FROM bulk_operation")).length > 0; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(await files.sql("SELECT 1 FROM bulk_operation")).toEqual([]);
    expect(await files.sql("SELECT 1 FROM bulk_chunk")).toEqual([]);
    expect((await fetch(state.downloadUrl ?? "")).status).toBe(404);
  });
});

describe("rights", () => {
  it("are the caller's when it starts: what he may not read or change he can't have done in bulk", async () => {
    const key = await keyWith(["bulk:export", "bulk:import", "bulk:read"]);
    const read = await files.startExport(allLeads, undefined, key.secret);
    expect(read.userErrors).toMatchObject([{ code: "NOT_ALLOWED" }]);
    const write = await files.startImport(capture, undefined, key.secret);
    expect(write.userErrors).toMatchObject([{ code: "NOT_ALLOWED" }]);
    const reader = await keyWith(["bulk:read", "lead:read"]);
    const answer = await files.app.graphql(
      `mutation { startBulkExport(input: { document: "${allLeads}" }) { cursor } }`,
      {},
      reader.secret,
    );
    expect(answer.errors).toMatchObject([{ extensions: { code: "FORBIDDEN", scope: "bulk:export" } }]);
  });

  it("stay what they were, also when the key is revoked while it runs", async () => {
    const key = await keyWith(["bulk:export", "bulk:read", "lead:read"]);
    await files.insertLeads(20_000);
    const { bulkOperation } = await files.startExport(allLeads, undefined, key.secret);
    await key.revoke();
    const state = await files.end(bulkOperation?.id ?? "");
    expect(state).toMatchObject({ status: "COMPLETED", processedRows: 20_000 });
  });

  it("let only those fetch a result who could have read it themselves, and only those cancel who could have started it", async () => {
    const { state } = await files.export("{ journal { nodes { id } } }");
    expect(state.downloadUrl).not.toBeNull();
    const other = await keyWith(["bulk:export", "bulk:read", "lead:read"]);
    expect((await files.read(state.id, other.secret)).downloadUrl).toBeNull();
    const reader = await keyWith(["bulk:read"]);
    expect(await cancel(state.id, reader.secret)).toMatchObject({ userErrors: [{ code: "NOT_FOUND" }] });
  });

  it("end at the tenant", async () => {
    const { state } = await files.export(allLeads);
    const stranger = await files.app.createTenant();
    const answer = await files.app.graphql(
      `query ($id: ID!) { bulkOperation(id: $id) { id } node(id: $id) { id } bulkOperations { nodes { id } } }`,
      { id: state.id },
      stranger.secretKey,
    );
    expect(answer.data).toEqual({ bulkOperation: null, node: null, bulkOperations: { nodes: [] } });
    expect(await cancel(state.id, stranger.secretKey)).toMatchObject({ userErrors: [{ code: "NOT_FOUND" }] });
    await files.insertLeads(3);
    const theirs = await files.export(allLeads, undefined, stranger.secretKey);
    expect(theirs).toMatchObject({ state: { status: "COMPLETED" }, rows: [] });
  });
});

describe("a bulk operation", () => {
  it("is followed live from its start to its end", async () => {
    await files.insertLeads(20_000);
    const { bulkOperation } = await files.startExport("{ leads { nodes { id timeline { nodes { id } } } } }");
    await using live = follow({
      url: files.app.url,
      credential: files.app.tenant.secretKey,
      query: `subscription ($id: ID!) { bulkOperationProgress(id: $id) { status processedRows finishedAt } }`,
      variables: { id: bulkOperation?.id },
    });
    await files.end(bulkOperation?.id ?? "");
    await live.until(2);
    const states = () => live.results.map(({ data }) => data?.["bulkOperationProgress"] as BulkState);
    for (let tries = 0; tries < 100 && states().at(-1)?.finishedAt == null; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const rows = states().map(({ processedRows }) => processedRows);
    expect(rows).toEqual(rows.toSorted((a, b) => a - b));
    expect(states().at(-1)).toMatchObject({ status: "COMPLETED", processedRows: 20_000 });
    expect(rows.some((count) => count > 0 && count < 20_000)).toBe(true);
  }, 90_000);

  it("can be cancelled while it runs, once, and leaves nothing of an export", async () => {
    await files.insertLeads(20_000);
    const { bulkOperation } = await files.startExport("{ leads { nodes { id timeline { nodes { id } } } } }");
    const id = bulkOperation?.id ?? "";
    await files.waitFor(id, ({ processedRows }) => processedRows > 0);
    expect(await cancel(id)).toMatchObject({ bulkOperation: { status: "CANCELLED" }, userErrors: [] });
    expect(await cancel(id)).toMatchObject({
      bulkOperation: { status: "CANCELLED" },
      userErrors: [{ code: "ALREADY_FINISHED" }],
    });
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(await files.read(id)).toMatchObject({ status: "CANCELLED", downloadUrl: null });
    expect(await files.sql("SELECT 1 FROM bulk_chunk")).toEqual([]);
    const answer = await files.app.graphql("{ journal(last: 1) { nodes { type } } }");
    expect(answer.data).toMatchObject({ journal: { nodes: [{ type: "bulk_operation.cancelled" }] } });
  }, 60_000);

  it("can be cancelled while it imports: what is told is written, and nothing else", async () => {
    const lines = Array.from(
      { length: 5_000 },
      (_, index) => `${JSON.stringify({ key: `c-${index}`, input: { email: `c${index}@example.com` } })}\n`,
    );
    const { bulkOperation, uploadUrl } = await files.startImport(capture);
    const id = bulkOperation?.id ?? "";
    await fetch(uploadUrl ?? "", { method: "PUT", body: lines.join("") });
    await files.waitFor(id, ({ processedRows }) => processedRows >= 100);
    await cancel(id);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const state = await files.read(id);
    const results = await files.rows<{ status: string }>(state);
    expect(results).toHaveLength(state.processedRows);
    expect(state.processedRows).toBeLessThan(5_000);
    expect(await files.sql("SELECT count(*)::int FROM lead")).toEqual([{ count: state.processedRows }]);
  }, 60_000);

  it("isn't the sixth that a tenant has open", async () => {
    const started = [];
    for (let number = 0; number < 6; number += 1) started.push(await files.startImport(capture));
    expect(started.map(({ userErrors }) => userErrors.map(({ code }) => code))).toEqual([
      ...Array.from({ length: 5 }, () => []),
      ["LIMIT_REACHED"],
    ]);
    const stranger = await files.app.createTenant();
    expect(await files.startImport(capture, undefined, stranger.secretKey)).toMatchObject({ userErrors: [] });
    await cancel(started[0]?.bulkOperation?.id ?? "");
    expect(await files.startImport(capture)).toMatchObject({ userErrors: [] });
  });

  it("fails when its file never comes", async () => {
    const { bulkOperation } = await files.startImport(capture);
    await files.sql("UPDATE bulk_operation SET upload_expires_at = now() - interval '1 minute'");
    expect(await files.end(bulkOperation?.id ?? "")).toMatchObject({ status: "FAILED", failure: "UPLOAD_EXPIRED" });
  });

  it("fails when five processes that worked on it have ended", async () => {
    const { bulkOperation } = await files.startImport(capture);
    await files.sql(
      "UPDATE bulk_operation SET status = 'RUNNING', attempts = 5, heartbeat_at = now() - interval '1 hour', kind = 'EXPORT'",
    );
    expect(await files.end(bulkOperation?.id ?? "")).toMatchObject({ status: "FAILED", failure: "PROCESS_LOST" });
  });

  it("is gone on with by another process at once when its process is stopped", async () => {
    const { database, tenant } = files.app;
    await files.insertLeads(20_000);
    const other = await startApp({ database, tenant });
    try {
      const started = await files.startExport("{ leads { nodes { id timeline { nodes { id } } } } }");
      const id = started.bulkOperation?.id ?? "";
      await files.waitFor(id, ({ status, processedRows }) => status === "RUNNING" && processedRows > 0);
      await files.app.stop();
      const answer = async () =>
        payload<BulkState>(
          await other.graphql(`query ($id: ID!) { bulkOperation(id: $id) { ${bulkFields} } }`, { id }),
          "bulkOperation",
        );
      let state = await answer();
      for (let tries = 0; tries < 600 && state.finishedAt === null; tries += 1) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        state = await answer();
      }
      expect(state).toMatchObject({ status: "COMPLETED", processedRows: 20_000 });
      expect(await files.rows(state)).toHaveLength(20_000);
      expect(await files.sql("SELECT attempts FROM bulk_operation")).toEqual([{ attempts: 2 }]);
    } finally {
      await other[Symbol.asyncDispose]();
    }
  }, 90_000);
});
