import { createHash, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { payload, startApp, type TestApp } from "../../test/app.ts";
import { bill, type Graphql, newClient, openShop, signIn, some } from "../../test/billing.ts";
import { mutate } from "../../test/calendar.ts";
import { TestClock } from "../../test/clock.ts";
import { openMailbox } from "../../test/people.ts";

interface Proof {
  readonly id: string;
  readonly format: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly downloadUrl: string | null;
}

let app: TestApp;
let graphql: Graphql;
let [owner, client, stranger, paymentId]: [string, string, string, string] = ["", "", "", ""];
const clock = new TestClock("2027-01-31T09:00:00Z");
const pdf = Buffer.from("%PDF-1.7\n<script>alert(1)</script>\n%%EOF", "latin1");
const png = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(50)]);
const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(50)]);

beforeAll(async () => {
  app = await startApp({ clock });
  graphql = (query, variables, credential) => app.graphql(query, variables, credential);
  owner = await signIn(app);
  const offers = await openShop(graphql, owner);
  await using mailbox = await openMailbox(app);
  const tokens: string[] = [];
  for (const email of [`${randomUUID()}@example.com`, `${randomUUID()}@example.com`]) {
    const clientId = await newClient(graphql, email, { sendsLogin: true });
    tokens.push(await mailbox.join(email));
    const bought = await bill(graphql, "purchasePack", { clientId, packId: offers["GRAND_ORAL"] });
    paymentId ||= some(bought.payment, bought).id;
  }
  [client, stranger] = [some(tokens[0], tokens), some(tokens[1], tokens)];
});

afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

async function link(credential = client): Promise<string> {
  const answer = await mutate<{ uploadUrl: string | null }>(
    graphql,
    "attachPaymentProof",
    { paymentId },
    "uploadUrl expiresAt",
    credential,
  );
  return some(answer.uploadUrl, answer);
}

const send = (url: string, body: Buffer | FormData, headers: Record<string, string> = {}) =>
  fetch(url, { method: "PUT", body: body instanceof FormData ? body : new Uint8Array(body), headers });

async function proofs(credential: string): Promise<Proof[]> {
  const answer = await graphql(
    "query ($id: ID!) { payment(id: $id) { proofs { id format sizeBytes sha256 downloadUrl } } }",
    { id: paymentId },
    credential,
  );
  return payload<{ proofs: Proof[] }>(answer, "payment").proofs;
}

describe("a proof of a payment", () => {
  it("is sent by the client, listed for him, and handed to the team as a file to keep", async () => {
    // The browser's word for what it is doesn't count.
    const sent = await send(await link(), pdf, { "content-type": "text/html" });
    expect([sent.status, await sent.json()]).toMatchObject([
      201,
      {
        paymentProof: { format: "PDF", sizeBytes: pdf.length, sha256: createHash("sha256").update(pdf).digest("hex") },
      },
    ]);
    const [own] = await proofs(client);
    expect(own).toMatchObject({ format: "PDF", downloadUrl: null });
    const [seen] = await proofs(owner);
    const file = await fetch(some(seen?.downloadUrl, seen));
    expect(Buffer.from(await file.arrayBuffer())).toEqual(pdf);
    expect(Object.fromEntries(file.headers)).toMatchObject({
      "content-type": "application/pdf",
      "content-disposition": `attachment; filename="${own?.id}.pdf"`,
      "x-content-type-options": "nosniff",
      "cache-control": "private, no-store",
    });
    const told = await graphql('{ journal(types: ["payment.proof_attached"]) { nodes { subjectId } } }');
    expect(payload(told, "journal")).toEqual({ nodes: [{ subjectId: paymentId }] });
  });

  it("may be an image, and the file of a form", async () => {
    expect((await send(await link(), png)).status).toBe(201);
    const form = new FormData();
    form.set("file", new Blob([new Uint8Array(jpeg)]), "receipt.html");
    expect((await send(await link(), form)).status).toBe(201);
    expect((await proofs(owner)).map(({ format }) => format)).toEqual(["PDF", "PNG", "JPEG"]);
  });

  it("is nothing else, and no more than 5 MiB; the link stays good for a file that is taken, once", async () => {
    const url = await link();
    expect((await send(url, Buffer.from("<html>"))).status).toBe(415);
    expect((await send(url, Buffer.alloc(0))).status).toBe(415);
    const large = Buffer.concat([png, Buffer.alloc(5 * 1024 * 1024)]);
    expect((await send(url, large).catch(() => ({ status: 413 }))).status).toBe(413);
    const both = await Promise.all([send(url, png), send(url, png)]);
    expect(new Set(both.map(({ status }) => status))).toEqual(new Set([201, 409]));
    expect((await send(`${app.url}/uploads/payment-proofs/nonsense`, png)).status).toBe(404);
    expect(await proofs(owner)).toHaveLength(4);
  });

  it("is attached to one's own payments only, and at most ten times", async () => {
    const input = { paymentId };
    const foreign = await mutate<object>(graphql, "attachPaymentProof", input, "uploadUrl", stranger);
    expect(foreign).toMatchObject({ uploadUrl: null, userErrors: [{ code: "NOT_FOUND" }] });
    const [seen] = await proofs(owner);
    const node = await graphql("query ($id: ID!) { node(id: $id) { id } }", { id: seen?.id }, stranger);
    expect(node.data).toEqual({ node: null });
    for (let n = 4; n < 10; n += 1) await link();
    const more = await mutate<object>(graphql, "attachPaymentProof", input, "uploadUrl", client);
    expect(more).toMatchObject({ uploadUrl: null, userErrors: [{ code: "TOO_MANY" }] });
  });

  it("isn't sent or fetched by a link that has expired", async () => {
    const [seen] = await proofs(owner);
    clock.advance({ minutes: 14 });
    const url = await graphql(
      "mutation ($input: AttachPaymentProofInput!) { attachPaymentProof(input: $input) { uploadUrl } }",
      {
        input: { paymentId },
      },
    );
    expect(payload(url, "attachPaymentProof")).toEqual({ uploadUrl: null }); // ten links still wait
    clock.advance({ minutes: 1 });
    expect((await fetch(some(seen?.downloadUrl, seen))).status).toBe(410);
    const fresh = await link(await signIn(app)); // those that nobody used are forgotten
    clock.advance({ minutes: 15 });
    expect((await send(fresh, png)).status).toBe(410);
  });
});
