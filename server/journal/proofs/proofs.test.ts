import { execFile } from "node:child_process";
import { createPublicKey, verify } from "node:crypto";
import { readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import pg from "pg";
import { payload, startApp, type TestApp } from "../../../test/app.ts";
import { appendEntries } from "../../../test/append-entries.ts";
import { BulkFiles } from "../../../test/bulk-files.ts";
import { TestClock } from "../../../test/clock.ts";
import { runFolder } from "../../../test/run-folder.ts";
import { verifyExport } from "../../../scripts/verify-proofs/verify-export.ts";

interface Checkpoint {
  readonly id: string;
  readonly treeSize: number;
  readonly rootHash: string;
  readonly signedAt: string;
  readonly keyId: string;
  readonly publicKey: string;
  readonly note: string;
}

interface Proof {
  readonly position: number;
  readonly canonical: string;
  readonly personal: string | null;
  readonly path: string[] | null;
  readonly checkpoint: Checkpoint | null;
  readonly unavailable: string | null;
}

const checkpointFields = "id treeSize rootHash signedAt keyId publicKey note";
const proofFields = `entryId position leafIndex canonical previousHash hash personal personalSalt path
  checkpoint { treeSize rootHash signedAt keyId publicKey note } unavailable`;
const exportDocument = `{ journal { nodes { id position proof { ${proofFields} } } } }`;
const patience = 120_000;

const clock = new TestClock();
let files: BulkFiles;
let app: TestApp;
let owner: pg.Client;

beforeAll(async () => {
  files = await BulkFiles.start({ clock });
  app = files.app;
  owner = new pg.Client({ connectionString: app.database.ownerUrl });
  await owner.connect();
}, patience);

afterAll(async () => {
  await owner?.end();
  await files?.[Symbol.asyncDispose]();
});

async function capture(email: string): Promise<string> {
  const query = "mutation ($email: String!) { captureLead(input: { email: $email }) { lead { id } } }";
  return payload<{ lead: { id: string } }>(await app.graphql(query, { email }), "captureLead").lead.id;
}

async function entries(last: number): Promise<{ id: string; position: number }[]> {
  const answer = await app.graphql("query ($last: Int) { journal(last: $last) { nodes { id position } } }", { last });
  return payload<{ nodes: { id: string; position: number }[] }>(answer, "journal").nodes;
}

async function lastEntry(): Promise<string> {
  return (await entries(1))[0]?.id ?? "";
}

async function prove(entryId: string, treeSize?: number): Promise<Proof> {
  const query = `query ($entryId: ID!, $treeSize: BigInt) { proof(entryId: $entryId, treeSize: $treeSize) { ${proofFields} } }`;
  return payload<Proof>(await app.graphql(query, { entryId, treeSize }), "proof");
}

async function createCheckpoint(input: object = {}) {
  const query = `mutation ($input: CreateCheckpointInput!) {
    createCheckpoint(input: $input) { checkpoint { ${checkpointFields} } userErrors { code message } }
  }`;
  return payload<{ checkpoint: Checkpoint; userErrors: { code: string; message: string }[] }>(
    await app.graphql(query, { input }),
    "createCheckpoint",
  );
}

async function verifyLines(lines: readonly string[], trusted: readonly string[] = []) {
  async function* each() {
    yield* lines;
  }
  return verifyExport(
    each(),
    trusted.map((key) => Buffer.from(key, "base64")),
  );
}

const lineOf = (proof: Proof) => JSON.stringify({ proof });

/** The address of a tenant's journal behind the server's back. */
async function tamper(statement: string): Promise<void> {
  await owner.query(`ALTER TABLE journal_entry NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY`);
  await owner.query(statement);
  await owner.query(`ALTER TABLE journal_entry ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
}

describe("a proof", () => {
  it("says what is missing until a checkpoint covers the entry, and is there after the sweep", async () => {
    await capture("first@example.com");
    const entryId = await lastEntry();
    expect(await prove(entryId)).toMatchObject({ path: null, checkpoint: null, unavailable: "NO_CHECKPOINT" });
    await app.runDue();
    const proof = await prove(entryId);
    expect(proof).toMatchObject({ unavailable: null, checkpoint: { signedAt: clock.now().toISOString() } });
    expect(await verifyLines([lineOf(proof)])).toMatchObject({ problems: [], entries: 1 });
    await capture("second@example.com");
    expect(await prove(await lastEntry())).toMatchObject({ checkpoint: null, unavailable: "NOT_COVERED" });
  });

  it("is there at once for who asks for a checkpoint, which is one for all who ask", async () => {
    await capture("third@example.com");
    const entryId = await lastEntry();
    const { checkpoint } = await createCheckpoint({ entryId });
    expect((await createCheckpoint({ entryId })).checkpoint).toEqual(checkpoint);
    expect((await createCheckpoint()).checkpoint).toEqual(checkpoint);
    expect(checkpoint).toMatchObject((await prove(entryId)).checkpoint ?? {});
    const found = await app.graphql(
      `query ($id: ID!) { node(id: $id) { ... on Checkpoint { ${checkpointFields} } } }`,
      {
        id: checkpoint.id,
      },
    );
    expect(payload(found, "node")).toEqual(checkpoint);
  });

  it("needs nothing of ours to be checked: the note is signed with the published key", async () => {
    const { checkpoint } = await createCheckpoint();
    const response = await fetch(`${app.url}/.well-known/checkpoint-keys.json`);
    expect(response.headers.get("content-type")).toContain("application/jwk-set+json");
    const { keys } = (await response.json()) as { keys: { kid: string; x: string; kty: string; crv: string }[] };
    const jwk = keys.find(({ kid }) => kid === checkpoint.keyId);
    const publicKey = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: jwk?.x ?? "" }, format: "jwk" });
    const [text = "", signatureLine = ""] = checkpoint.note.split("\n\n");
    const signature = Buffer.from(signatureLine.trim().split(" ")[2] ?? "", "base64").subarray(4);
    expect(verify(null, Buffer.from(`${text}\n`), publicKey, signature)).toBe(true);
    const answer = await app.graphql("{ checkpointKeys { id publicKey verifierKey isCurrent } }", {}, null);
    expect(payload(answer, "checkpointKeys")).toEqual([
      expect.objectContaining({ id: checkpoint.keyId, publicKey: checkpoint.publicKey, isCurrent: true }),
    ]);
  });

  it("is refused for entries that aren't there", async () => {
    const unknown = "entry_01k00000000000000000000000";
    const { data } = await app.graphql("query ($id: ID!) { proof(entryId: $id) { position } }", { id: unknown });
    expect(data).toEqual({ proof: null });
    expect((await createCheckpoint({ entryId: unknown })).userErrors).toMatchObject([{ code: "ENTRY_NOT_FOUND" }]);
  });

  it("still verifies after the person's data was erased, without it", async () => {
    const leadId = await capture("erased@example.com");
    const entryId = await lastEntry();
    await createCheckpoint();
    const before = await prove(entryId);
    expect(before.personal).toContain("erased@example.com");
    await app.graphql("mutation ($id: ID!) { deleteLead(input: { id: $id }) { userErrors { message } } }", {
      id: leadId,
    });
    const after = await prove(entryId);
    expect(after).toMatchObject({ personal: null, canonical: before.canonical, path: before.path });
    expect(await verifyLines([lineOf(before)])).toMatchObject({ problems: [], personal: { verified: 1, absent: 0 } });
    expect(await verifyLines([lineOf(after)])).toMatchObject({ problems: [], personal: { verified: 0, absent: 1 } });
    const other = { ...before, personal: before.personal?.replace("erased", "others") ?? null };
    expect((await verifyLines([lineOf(other)])).problems).toMatchObject([
      { position: before.position, problem: "its personal data isn't what was committed" },
    ]);
  });
});

describe("checkpoints", () => {
  it("continue each other, over the edges of tiles", async () => {
    const first = (await createCheckpoint()).checkpoint;
    await appendEntries(app, 700);
    const second = (await createCheckpoint()).checkpoint;
    await appendEntries(app, 100);
    await createCheckpoint();
    expect(second.treeSize).toBe(first.treeSize + 700);
    const query = `query ($from: BigInt!, $to: BigInt) {
      consistencyProof(from: $from, to: $to) {
        first { note publicKey } second { note publicKey } path
      }
    }`;
    const linked = await app.graphql(query, { from: first.treeSize, to: second.treeSize });
    const [one, other] = [
      await prove((await entries(200))[0]?.id ?? "", second.treeSize),
      await prove(await firstEntry(), first.treeSize),
    ];
    const lines = [lineOf(one), lineOf(other)];
    expect((await verifyLines(lines)).problems).toMatchObject([{ problem: expect.stringContaining("one history") }]);
    const link = JSON.stringify({ data: linked.data });
    expect(await verifyLines([...lines, link])).toMatchObject({ problems: [], entries: 2 });
    const { path } = payload<{ path: string[] }>(linked, "consistencyProof");
    const forged = link.replace(path[0] ?? "", second.rootHash);
    expect((await verifyLines([...lines, forged])).problems).not.toEqual([]);
    expect((await app.graphql(query, { from: 1 })).data).toEqual({ consistencyProof: null });
  });

  it("are listed, the latest first", async () => {
    const answer = await app.graphql("{ checkpoints(first: 3) { totalCount nodes { treeSize } } }");
    const { nodes } = payload<{ nodes: { treeSize: number }[] }>(answer, "checkpoints");
    const sizes = nodes.map(({ treeSize }) => treeSize);
    expect(sizes).toEqual(sizes.toSorted((one, other) => other - one));
    expect(sizes).toHaveLength(3);
  });

  it("are read with few rows, however long the journal is", async () => {
    const { rows } = await owner.query("SELECT level, count(*)::int AS tiles FROM journal_tile GROUP BY level");
    expect(rows).toEqual([{ level: 1, tiles: 3 }]);
  });
});

describe("an exported journal", () => {
  let lines: string[];

  beforeAll(async () => {
    await capture("exported@example.com");
    await createCheckpoint();
    const { rows } = await files.export(exportDocument);
    lines = rows.map((row) => JSON.stringify(row));
  }, patience);

  it(
    "is verified by the command, with no access to the server",
    async () => {
      const file = join(runFolder(), `export-${process.pid}.jsonl`);
      const [key = ""] = (await verifyLines(lines)).untrustedKeys;
      expect(key).toMatch(/^[0-9a-f]{8}$/);
      await writeFile(file, `${lines.join("\n")}\n`);
      const { publicKey } = (await createCheckpoint()).checkpoint;
      const good = await verifyByCommand(["--complete", "--key", publicKey, file]);
      expect(good).toMatchObject({
        code: 0,
        output: expect.stringContaining(`OK: ${lines.length - 1} of ${lines.length}`),
      });
      expect(good.output).toContain("1 later than the checkpoint"); // the beginning of the export itself
      expect(good.output).toContain("The export is complete");
      await writeFile(
        file,
        `${lines.with(4, (lines[4] ?? "").replace('\\"SYSTEM\\"', '\\"MEMBER\\"').replace("API_KEY", "API_KEx")).join("\n")}\n`,
      );
      const bad = await verifyByCommand([file]);
      expect(bad).toMatchObject({ code: 1, output: expect.stringContaining("line 5, position 5: ") });
      const otherKey = Buffer.alloc(32, 7).toString("base64");
      expect((await verifyByCommand(["--key", otherKey, file])).output).toContain("there is no public key");
      expect((await verifyByCommand([])).code).toBe(2);
      await rm(file);
    },
    patience,
  );

  it(
    "fails when any byte of it is changed: of the entry, its path, the root, the signature",
    async () => {
      const whole = lines[1] ?? "";
      const bytes = Buffer.from(whole);
      const undetected: string[] = [];
      for (const mask of [0x01, 0x20]) {
        for (let at = 0; at < bytes.length; at += 1) {
          const changed = Buffer.from(bytes);
          changed.writeUInt8(changed.readUInt8(at) ^ mask, at);
          const { problems } = await verifyLines(changed.toString("utf8").split("\n"));
          if (problems[0]?.line !== 1) undetected.push(`${at}: …${whole.slice(Math.max(0, at - 20), at + 20)}…`);
        }
      }
      expect(undetected).toEqual([]);
    },
    patience,
  );

  it("names the position of what was swapped, doubled or cut off", async () => {
    const [one = "", two = ""] = lines;
    expect((await verifyLines([one, two, one])).problems).toMatchObject([{ line: 3, position: 1 }]);
    expect((await verifyLines([one, two.slice(0, -9)])).problems).toMatchObject([{ line: 2, problem: "isn't JSON" }]);
    const [first, second] = [JSON.parse(one) as { proof: Proof }, JSON.parse(two) as { proof: Proof }];
    const swapped = JSON.stringify({ proof: { ...first.proof, path: second.proof.path } });
    expect((await verifyLines([swapped])).problems).toMatchObject([{ line: 1, position: 1 }]);
    expect((await verifyLines([])).problems).toMatchObject([{ problem: "there is no entry to verify" }]);
  });
});

describe("the signing key", () => {
  it("stands in a private file of the data folder, and not in the database", async () => {
    const folders = (await readdir(runFolder())).filter((name) => name.startsWith("app-"));
    const found = await Promise.all(
      folders.map(async (name) => stat(join(runFolder(), name, "signing-key")).catch(() => undefined)),
    );
    const own = found.filter((file) => file !== undefined);
    expect(own.length).toBeGreaterThan(0);
    for (const file of own) expect(file.mode & 0o777).toBe(0o600);
    const texts = await Promise.all(
      folders.map((name) => readFile(join(runFolder(), name, "signing-key"), "utf8").catch(() => "")),
    );
    const { rows } = await owner.query<{ public_key: Buffer }>("SELECT public_key FROM checkpoint_key");
    for (const { public_key: key } of rows)
      expect(texts.map((text) => text.trim())).not.toContain(key.toString("base64"));
  });
});

describe("another signing key", () => {
  it("continues what the earlier one has signed, and both are published", async () => {
    const { checkpoint: before } = await createCheckpoint();
    const { database, tenant } = app;
    const env = { NEXORA_SIGNING_KEY: Buffer.alloc(32, 9).toString("base64") };
    await using rotated = await startApp({ database, tenant, clock, env });
    await capture("rotated@example.com");
    const query = "mutation { createCheckpoint(input: {}) { checkpoint { keyId treeSize } } }";
    const made = payload<{ checkpoint: Checkpoint }>(await rotated.graphql(query), "createCheckpoint").checkpoint;
    expect(made.keyId).not.toBe(before.keyId);
    const answer = await rotated.graphql("{ checkpointKeys { id isCurrent } }");
    expect(payload(answer, "checkpointKeys")).toEqual(
      expect.arrayContaining([
        { id: before.keyId, isCurrent: false },
        { id: made.keyId, isCurrent: true },
      ]),
    );
    const earlier = await prove(await firstEntry(), before.treeSize);
    const link = await rotated.graphql(
      "query ($from: BigInt!) { consistencyProof(from: $from) { first { note publicKey } second { note publicKey } path } }",
      { from: before.treeSize },
    );
    const lines = [lineOf(earlier), lineOf(await prove(await lastEntry())), JSON.stringify({ data: link.data })];
    expect(await verifyLines(lines)).toMatchObject({ problems: [], entries: 2 });
    expect((await verifyLines(lines)).untrustedKeys.toSorted()).toEqual([before.keyId, made.keyId].toSorted());
  });
});

describe("a journal that was rewritten", () => {
  it("isn't signed, and proofs of it fail", async () => {
    await createCheckpoint();
    const [changed] = await entries(3);
    await appendEntries(app, 1);
    await tamper(`UPDATE journal_entry SET hash = sha256(hash) WHERE position = ${changed?.position ?? 0}`);
    const { checkpoint, userErrors } = await createCheckpoint();
    expect(checkpoint).toBeNull();
    expect(userErrors).toMatchObject([{ code: "JOURNAL_DAMAGED" }]);
    const proof = await prove(changed?.id ?? "");
    expect((await verifyLines([lineOf(proof)])).problems).toMatchObject([{ position: changed?.position }]);
    await tamper(`DELETE FROM journal_entry WHERE position = ${changed?.position ?? 0}`);
    expect((await createCheckpoint()).userErrors).toMatchObject([{ code: "JOURNAL_DAMAGED" }]);
    expect(await prove(await lastEntry())).toMatchObject({ path: null, checkpoint: null });
  });
});

async function firstEntry(): Promise<string> {
  const answer = await app.graphql("{ journal(first: 1) { nodes { id } } }");
  return payload<{ nodes: { id: string }[] }>(answer, "journal").nodes[0]?.id ?? "";
}

async function verifyByCommand(args: readonly string[]): Promise<{ code: number; output: string }> {
  const command = ["--import", "tsx", "scripts/verify-proofs.ts", ...args];
  try {
    const { stdout } = await promisify(execFile)(process.execPath, command);
    return { code: 0, output: stdout };
  } catch (error) {
    const failed = error as { code: number; stdout: string; stderr: string };
    return { code: failed.code, output: `${failed.stdout}${failed.stderr}` };
  }
}
