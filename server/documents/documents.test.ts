import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { payload, startApp, type TestApp, type TestTenant } from "../../test/app.ts";
import { follow, followJournal } from "../../test/live.ts";
import { type TransportRequest, transports } from "../../test/transports.ts";

let app: TestApp;
let token: string;

beforeAll(async () => {
  app = await startApp();
  token = await signIn(app.tenant);
});

afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

async function signIn({ ownerEmail, ownerPassword }: TestTenant): Promise<string> {
  const answer = await app.graphql(
    "mutation ($input: SignInInput!) { signIn(input: $input) { tokens { accessToken } } }",
    { input: { email: ownerEmail, password: ownerPassword } },
    null,
  );
  return payload<{ tokens: { accessToken: string } }>(answer, "signIn").tokens.accessToken;
}

const hashOf = (text: string) => createHash("sha256").update(text).digest("hex");
const idOf = (text: string) => `sha256:${hashOf(text)}`;
const asInput = (...texts: string[]) => texts.map((text) => ({ id: idOf(text), text }));

interface Uploaded {
  readonly manifest: { id: string; app: string; version: string; documentCount: number } | null;
  readonly userErrors: { code: string; message: string; field: string[] }[];
}

async function upload(
  documents: { id: string; text: string }[],
  version = "1",
  credential?: string,
): Promise<Uploaded> {
  const answer = await app.graphql(
    `mutation ($input: UploadDocumentManifestInput!) {
      uploadDocumentManifest(input: $input) {
        manifest { id app version documentCount } userErrors { code message field }
      }
    }`,
    { input: { app: "shop", version, documents } },
    credential,
  );
  return payload(answer, "uploadDocumentManifest");
}

let keys = 0;

async function createKey(documentMode: string, scopes = ["lead:read", "journal:read"]) {
  const answer = await app.graphql(
    `mutation ($input: CreateApiKeyInput!) {
      createApiKey(input: $input) { key { id documentMode } secret userErrors { code } }
    }`,
    { input: { name: `key ${(keys += 1)}`, scopes, documentMode } },
    token,
  );
  const { key, secret } = payload<{ key: { id: string; documentMode: string }; secret: string }>(
    answer,
    "createApiKey",
  );
  expect(key.documentMode).toBe(documentMode);
  return { id: key.id, secret };
}

const post = (request: TransportRequest, credential: string) => transports.HTTP(app.url, credential, request);

let documents = 0;
/** A document that nobody has used yet. */
const freshDocument = () => `query Fresh${(documents += 1)} { eventCursor }`;

describe("an upload of documents", () => {
  it("adds to the manifest of an app's version, as often as it is sent", async () => {
    const [one, two] = [freshDocument(), freshDocument()];
    const first = await upload(asInput(one), "1.0");
    expect(first).toMatchObject({ manifest: { app: "shop", version: "1.0", documentCount: 1 }, userErrors: [] });
    const second = await upload(asInput(one, two), "1.0");
    expect(second.manifest).toEqual({ ...first.manifest, documentCount: 2 });
    expect(await upload(asInput(one, two), "1.0")).toEqual(second);
    const list = await app.graphql("{ documentManifests(first: 1) { nodes { id version documentCount } } }");
    expect(list.data).toMatchObject({ documentManifests: { nodes: [{ version: "1.0", documentCount: 2 }] } });
    const node = await app.graphql("query ($id: ID!) { node(id: $id) { ... on DocumentManifest { app } } }", {
      id: first.manifest?.id,
    });
    expect(node.data).toEqual({ node: { app: "shop" } });
    const entries = await app.graphql("{ journal(last: 3) { nodes { type } } }");
    expect(JSON.stringify(entries)).toContain("manifest.uploaded");
  });

  it("is refused as a whole when something in it is wrong", async () => {
    const deep = `query Deep { leads { nodes { ${"owner { ".repeat(12)}id${" }".repeat(12)} } } }`;
    const { manifest, userErrors } = await upload(
      [{ id: idOf("other"), text: freshDocument() }, ...asInput("{ nope }", "{", deep, freshDocument())],
      "2.0",
    );
    expect(manifest).toBeNull();
    expect(userErrors.map(({ code, field }) => [code, field])).toEqual([
      ["ID_MISMATCH", ["input", "documents", "0", "id"]],
      ["DOCUMENT_INVALID", ["input", "documents", "1", "text"]],
      ["DOCUMENT_INVALID", ["input", "documents", "2", "text"]],
      ["DOCUMENT_INVALID", ["input", "documents", "3", "text"]],
    ]);
    expect((await upload([], "2.0")).userErrors).toMatchObject([{ code: "DOCUMENTS_MISSING" }]);
    const many = Array.from({ length: 501 }, () => ({ id: idOf(""), text: "" }));
    expect((await upload(many, "2.0")).userErrors).toMatchObject([{ code: "TOO_MANY_DOCUMENTS" }]);
    expect((await upload(asInput(freshDocument()), " ")).userErrors).toMatchObject([{ code: "NAME_INVALID" }]);
  });
});

describe("a document's id", () => {
  it.each(Object.entries(transports))("stands for its text over %s, in each of its forms", async (_name, send) => {
    const text = freshDocument();
    await upload(asInput(text));
    const requests: TransportRequest[] = [
      { documentId: idOf(text) },
      { documentId: idOf(text).toUpperCase().replace("SHA256", "sha256") },
      { extensions: { documentId: idOf(text) } },
      { extensions: { persistedQuery: { version: 1, sha256Hash: hashOf(text) } } },
    ];
    for (const request of requests) {
      const { data, errors } = await send(app.url, app.tenant.secretKey, request);
      expect(errors).toBeUndefined();
      expect(data).toEqual({ eventCursor: expect.any(String) });
    }
  });

  it("works by GET", async () => {
    const text = freshDocument();
    await upload(asInput(text));
    const persisted = JSON.stringify({ persistedQuery: { version: 1, sha256Hash: hashOf(text) } });
    for (const search of [{ documentId: idOf(text) }, { extensions: persisted }]) {
      const response = await fetch(
        `${app.url}/graphql?${new URLSearchParams(search as Record<string, string>).toString()}`,
        {
          headers: { authorization: `Bearer ${app.tenant.secretKey}` },
        },
      );
      expect(await response.json()).toMatchObject({ data: { eventCursor: expect.any(String) } });
    }
  });

  it("that nobody knows asks for the text, which may come with it", async () => {
    const text = freshDocument();
    const { errors } = await post({ documentId: idOf(text) }, app.tenant.secretKey);
    expect(errors).toMatchObject([
      { message: "PersistedQueryNotFound", extensions: { code: "PERSISTED_QUERY_NOT_FOUND" } },
    ]);
    expect((await post({ documentId: idOf(text), query: text }, app.tenant.secretKey)).errors).toBeUndefined();
    const other = await post({ documentId: idOf("other"), query: text }, app.tenant.secretKey);
    expect(other.errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", reason: "REQUEST" } }]);
  });

  it("is unknown in another tenant", async () => {
    const text = freshDocument();
    await upload(asInput(text));
    const other = await app.createTenant();
    const { errors } = await post({ documentId: idOf(text) }, other.secretKey);
    expect(errors).toMatchObject([{ extensions: { code: "PERSISTED_QUERY_NOT_FOUND" } }]);
  });

  it("is known again at once after an upload, and unknown after its last manifest was deleted", async () => {
    const text = freshDocument();
    expect((await post({ documentId: idOf(text) }, app.tenant.secretKey)).errors).toHaveLength(1);
    const manifests = [await upload(asInput(text), "a"), await upload(asInput(text), "b")];
    for (const { manifest } of manifests) {
      expect((await post({ documentId: idOf(text) }, app.tenant.secretKey)).errors).toBeUndefined();
      const deleted = await app.graphql(
        "mutation ($id: ID!) { deleteDocumentManifest(input: { manifestId: $id }) { deletedManifestId userErrors { code } } }",
        { id: manifest?.id },
      );
      expect(deleted.data).toEqual({ deleteDocumentManifest: { deletedManifestId: manifest?.id, userErrors: [] } });
    }
    expect((await post({ documentId: idOf(text) }, app.tenant.secretKey)).errors).toHaveLength(1);
  });
});

describe("a key that may send trusted documents only", () => {
  it.each(Object.entries(transports))("is refused another text over %s, and nothing else", async (_name, send) => {
    const { secret } = await createKey("ONLY");
    const text = freshDocument();
    const refused = await send(app.url, secret, { query: text });
    expect(refused.errors).toMatchObject([{ extensions: { code: "FORBIDDEN", reason: "DOCUMENT_NOT_TRUSTED" } }]);
    const withId = await send(app.url, secret, { query: text, documentId: idOf(text) });
    expect(withId.errors).toMatchObject([{ extensions: { code: "FORBIDDEN", reason: "DOCUMENT_NOT_TRUSTED" } }]);
    await upload(asInput(text));
    for (const request of [{ documentId: idOf(text) }, { query: text }]) {
      expect((await send(app.url, secret, request)).errors).toBeUndefined();
    }
  });

  it("isn't let through by what others have sent before", async () => {
    const text = freshDocument();
    for (let time = 0; time < 3; time += 1) await post({ query: text }, app.tenant.secretKey);
    const { secret } = await createKey("ONLY");
    expect((await post({ query: text }, secret)).errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
  });

  it("gets no more rights than it has", async () => {
    const text = "query Members { members { nodes { id } } }";
    await upload(asInput(text));
    const { secret } = await createKey("ONLY");
    expect((await post({ documentId: idOf(text) }, secret)).errors).toMatchObject([
      { extensions: { code: "FORBIDDEN", reason: "SCOPE" } },
    ]);
  });

  it("becomes one while its socket is open: the socket ends", async () => {
    const { id, secret } = await createKey("OPEN");
    await using followed = follow({ url: app.url, credential: secret, query: followJournal });
    await followed.live();
    const answer = await app.graphql(
      `mutation ($id: ID!) {
        setKeyDocumentMode(input: { keyId: $id, mode: ONLY }) { key { documentMode } userErrors { code } }
      }`,
      { id },
      token,
    );
    expect(answer.data).toEqual({ setKeyDocumentMode: { key: { documentMode: "ONLY" }, userErrors: [] } });
    expect(await followed.ended).toMatchObject({ code: 4403 });
  });
});

describe("a key that should prefer trusted documents", () => {
  it("may send other texts, which are counted when they are valid", async () => {
    const { id: keyId, secret } = await createKey("PREFER");
    const [free, trusted] = [freshDocument(), freshDocument()];
    await upload(asInput(trusted));
    for (const query of [free, trusted, free, "{ nope }", "{ members { nodes { id } } }"])
      await post({ query }, secret);
    const uses = async () => {
      const { data } = await app.graphql("{ freeTextDocuments { nodes { keyId documentId text uses } } }");
      const { nodes } = (data as { freeTextDocuments: { nodes: { keyId: string }[] } }).freeTextDocuments;
      return nodes.filter((node) => node.keyId === keyId);
    };
    let counted = await uses();
    const deadline = Date.now() + 10_000;
    while (counted.length === 0 && Date.now() < deadline) counted = await uses();
    expect(counted).toEqual([{ keyId, documentId: idOf(free), text: free, uses: 2 }]);
  });
});

it("a publishable key can be limited to trusted documents", async () => {
  const answer = await app.graphql(
    `mutation { createPublishableKey(input: { name: "site", documentMode: ONLY }) { secret userErrors { code } } }`,
    {},
    token,
  );
  const { secret } = payload<{ secret: string }>(answer, "createPublishableKey");
  const text = "mutation Capture($input: CaptureLeadInput!) { captureLead(input: $input) { accepted } }";
  const variables = { input: { email: "visitor@example.com" } };
  expect((await post({ query: text, variables }, secret)).errors).toMatchObject([
    { extensions: { code: "FORBIDDEN", reason: "DOCUMENT_NOT_TRUSTED" } },
  ]);
  await upload(asInput(text));
  expect((await post({ documentId: idOf(text), variables }, secret)).data).toEqual({ captureLead: { accepted: true } });
});
