import type { ConnectionArgs, Page } from "../../schema/connection.ts";
import type { DocumentManifest, FreeTextDocument } from "../../schema/trusted-document.ts";
import type { DeleteDocumentManifestInput, UploadDocumentManifestInput } from "../../schema/trusted-document-inputs.ts";
import type {
  DeleteDocumentManifestPayload,
  UploadDocumentManifestPayload,
} from "../../schema/trusted-document-payloads.ts";
import type { Database } from "../db/database.ts";
import type { JournalService, Transaction } from "../journal/journal.service.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import { cursorAfter } from "../operations/cursor-after.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { hashOfId, idOfHash } from "../operations/document-id.ts";
import { toId, toUuid } from "../operations/ids.ts";
import { paginate } from "../operations/paginate.ts";
import { newUuid } from "../operations/uuid.ts";
import { type FreeTextColumns, freeTextList, type ManifestColumns, manifestList } from "./document-lists.ts";
import { type CheckDocument, type CheckedDocuments, readDocuments } from "./document-rule.ts";
import type { DocumentStore } from "./document-store.ts";

export interface DocumentsOptions {
  readonly database: Database;
  readonly journal: JournalService;
  readonly cursors: CursorCodec;
  readonly store: DocumentStore;
  readonly check: CheckDocument;
}

const maxPerManifest = 5_000;

/** Manifests of trusted documents, and what is still sent as free text. */
export class DocumentsService {
  readonly #options: DocumentsOptions;

  constructor(options: DocumentsOptions) {
    this.#options = options;
  }

  async upload(context: Context, input: UploadDocumentManifestInput): Promise<UploadDocumentManifestPayload> {
    const scope = authorizedScope(context, "document:write");
    const { tenantId } = scope;
    const { journal, cursors, store, check } = this.#options;
    const documents = readDocuments(input, check);
    if ("userErrors" in documents) return { cursor: null, manifest: null, userErrors: documents.userErrors };
    const { result, position } = await journal.mutate(scope, async (transaction) => {
      const manifest = await addDocuments(transaction, documents);
      return manifest === null ? tooMany : { manifest: toManifest(manifest), userErrors: [] };
    });
    store.forget(tenantId);
    return { cursor: cursorAfter(cursors, tenantId, position), ...result };
  }

  async delete(context: Context, { manifestId }: DeleteDocumentManifestInput): Promise<DeleteDocumentManifestPayload> {
    const scope = authorizedScope(context, "document:write");
    const { tenantId } = scope;
    const { journal, cursors, store } = this.#options;
    const id = toUuid("DocumentManifest", manifestId);
    if (id === null) return { cursor: null, ...notFound };
    const { result, position } = await journal.mutate(scope, async (transaction) => {
      const [manifest] = await transaction.query<{ app: string; version: string }>({
        text: "DELETE FROM document_manifest WHERE tenant_id = $1 AND id = $2 RETURNING app, version",
        values: [tenantId, id],
      });
      if (manifest === undefined) return notFound;
      const subject = { subjectType: "DocumentManifest", subjectId: id } as const;
      transaction.record({ type: "manifest.deleted", ...subject, data: manifest });
      return { deletedManifestId: manifestId, userErrors: [] };
    });
    store.forget(tenantId);
    return { cursor: cursorAfter(cursors, tenantId, position), ...result };
  }

  async manifests(context: Context, page: ConnectionArgs): Promise<Page<DocumentManifest>> {
    const { tenantId } = authorizedScope(context, "document:read");
    const { database, cursors } = this.#options;
    return database.read(tenantId, (session) => paginate(session, cursors, manifestList(tenantId, toManifest), page));
  }

  async freeTexts(context: Context, page: ConnectionArgs): Promise<Page<FreeTextDocument>> {
    const { tenantId } = authorizedScope(context, "document:read");
    const { database, cursors } = this.#options;
    return database.read(tenantId, (session) => paginate(session, cursors, freeTextList(tenantId, toFreeText), page));
  }

  async manifestsByIds(context: Context, ids: readonly string[]): Promise<ReadonlyMap<string, DocumentManifest>> {
    const { tenantId } = authorizedScope(context, "document:read");
    const rows = await this.#options.database.read(tenantId, ({ prisma }) =>
      prisma.documentManifest.findMany({ where: { tenantId, id: { in: [...ids] } } }),
    );
    return new Map(rows.map((row) => [row.id, toManifest(row)]));
  }

  async freeTextsByIds(context: Context, ids: readonly string[]): Promise<ReadonlyMap<string, FreeTextDocument>> {
    const { tenantId } = authorizedScope(context, "document:read");
    const rows = await this.#options.database.read(tenantId, ({ prisma }) =>
      prisma.freeTextDocument.findMany({ where: { tenantId, id: { in: [...ids] } } }),
    );
    return new Map(rows.map((row) => [row.id, toFreeText(row)]));
  }
}

/** Null, with nothing written, when the manifest would have too many documents. */
async function addDocuments(
  transaction: Transaction,
  { app, version, texts }: CheckedDocuments,
): Promise<ManifestColumns | null> {
  const { tenantId, prisma } = transaction;
  const documents = [...texts].flatMap(([documentId, text]) => {
    const hash = hashOfId(documentId);
    return hash === null ? [] : [{ hash: new Uint8Array(hash), text }];
  });
  // Locked, so that of two parts that come at once the second counts the first.
  const [known] = await transaction.query<{ id: string; documents: number }>({
    text: `SELECT id, document_count AS documents FROM document_manifest
      WHERE tenant_id = $1 AND app = $2 AND version = $3 FOR UPDATE`,
    values: [tenantId, app, version],
  });
  if (known !== undefined) {
    const present = await prisma.trustedDocument.count({
      where: { tenantId, manifestId: known.id, hash: { in: documents.map(({ hash }) => hash) } },
    });
    if (known.documents + documents.length - present > maxPerManifest) return null;
  }
  const { id } = await prisma.documentManifest.upsert({
    where: { tenantId_app_version: { tenantId, app, version } },
    create: { tenantId, id: newUuid(), app, version, documentCount: 0 },
    update: {},
  });
  const { count: added } = await prisma.trustedDocument.createMany({
    data: documents.map((document) => ({ tenantId, manifestId: id, ...document })),
    skipDuplicates: true,
  });
  const manifest = await prisma.documentManifest.update({
    where: { tenantId_id: { tenantId, id } },
    data: { documentCount: { increment: added } },
  });
  if (added > 0) {
    const data = { app, version, added, documentCount: manifest.documentCount };
    transaction.record({ type: "manifest.uploaded", subjectType: "DocumentManifest", subjectId: id, data });
  }
  return manifest;
}

const tooMany: Omit<UploadDocumentManifestPayload, "cursor"> = {
  manifest: null,
  userErrors: [
    {
      code: "TOO_MANY_DOCUMENTS",
      message: `A manifest has at most ${maxPerManifest} documents.`,
      field: ["input", "documents"],
    },
  ],
};

const notFound: Omit<DeleteDocumentManifestPayload, "cursor"> = {
  deletedManifestId: null,
  userErrors: [{ code: "NOT_FOUND", message: "There is no such manifest.", field: ["input", "manifestId"] }],
};

function toManifest({ id, app, version, documentCount, createdAt }: ManifestColumns): DocumentManifest {
  return {
    __typename: "DocumentManifest",
    id: toId("DocumentManifest", id),
    app,
    version,
    documentCount,
    createdAt,
  };
}

function toFreeText({ id, keyId, hash, text, uses, firstUsedAt, lastUsedAt }: FreeTextColumns): FreeTextDocument {
  return {
    __typename: "FreeTextDocument",
    id: toId("FreeTextDocument", id),
    keyId: toId("ApiKey", keyId),
    documentId: idOfHash(hash),
    text,
    uses,
    firstUsedAt,
    lastUsedAt,
  };
}
