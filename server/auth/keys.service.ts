import type { ApiKey } from "../../schema/api-key.ts";
import type { CreateApiKeyInput, CreatePublishableKeyInput, RevokeApiKeyInput } from "../../schema/api-key-inputs.ts";
import type {
  CreateApiKeyPayload,
  CreatePublishableKeyPayload,
  RevokeApiKeyPayload,
} from "../../schema/api-key-payloads.ts";
import type { ConnectionArgs, Page } from "../../schema/connection.ts";
import type { DocumentMode } from "../../schema/document-mode.ts";
import type { SetKeyDocumentModeInput } from "../../schema/trusted-document-inputs.ts";
import type { SetKeyDocumentModePayload } from "../../schema/trusted-document-payloads.ts";
import type { Database } from "../db/database.ts";
import type { ApiKey as ApiKeyRow, PrismaClient } from "../db/generated/client.ts";
import type { JournalService, Scope, Transaction } from "../journal/journal.service.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import { cursorAfter } from "../operations/cursor-after.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { toId, toUuid } from "../operations/ids.ts";
import type { KnownPrincipal } from "../operations/principal.ts";
import { normalizeName } from "../operations/names.ts";
import { paginate } from "../operations/paginate.ts";
import { newUuid } from "../operations/uuid.ts";
import type { GrantService } from "./grants.service.ts";
import { type KeyColumns, keyList } from "./key-list.ts";
import { readOrigins, readScopes } from "./key-rule.ts";
import { issueToken } from "./opaque-token.ts";

export interface KeyOptions {
  readonly database: Database;
  readonly journal: JournalService;
  readonly cursors: CursorCodec;
  readonly grants: GrantService;
}

export interface NewKey {
  readonly kind: "SECRET" | "PUBLISHABLE";
  readonly name: string;
  readonly scopes: readonly string[];
  readonly allowedOrigins: readonly string[];
  readonly expiresAt: Date | null;
  readonly documentMode: DocumentMode;
}

/** Credentials of programs. */
export class KeyService {
  readonly #options: KeyOptions;

  constructor(options: KeyOptions) {
    this.#options = options;
  }

  async createApiKey(context: Context, input: CreateApiKeyInput): Promise<CreateApiKeyPayload> {
    const scope = authorizedScope(context, "key:manage");
    const scopes = readScopes(scope.principal, input.scopes);
    const common = readCommon(context, input);
    if ("userErrors" in common || "code" in scopes) {
      const userErrors = ["userErrors" in common ? common.userErrors : [], "code" in scopes ? [scopes] : []].flat();
      return { cursor: null, key: null, secret: null, userErrors };
    }
    const { documentMode = "OPEN" } = input;
    return this.#create(scope, { kind: "SECRET", ...common, scopes, allowedOrigins: [], documentMode });
  }

  async createPublishableKey(context: Context, input: CreatePublishableKeyInput): Promise<CreatePublishableKeyPayload> {
    const scope = authorizedScope(context, "key:manage");
    const allowedOrigins = readOrigins(input.allowedOrigins);
    const common = readCommon(context, input);
    if ("userErrors" in common || "code" in allowedOrigins) {
      const userErrors = [
        "userErrors" in common ? common.userErrors : [],
        "code" in allowedOrigins ? [allowedOrigins] : [],
      ].flat();
      return { cursor: null, key: null, secret: null, userErrors };
    }
    const { documentMode = "OPEN" } = input;
    return this.#create(scope, { kind: "PUBLISHABLE", ...common, scopes: [], allowedOrigins, documentMode });
  }

  async revokeApiKey(context: Context, { keyId }: RevokeApiKeyInput): Promise<RevokeApiKeyPayload> {
    const scope = authorizedScope(context, "key:manage");
    const { tenantId } = scope;
    const id = toUuid("ApiKey", keyId);
    if (id === null) return { cursor: null, ...keyNotFound };
    const { result, position } = await this.#options.journal.mutate(scope, async (transaction) => {
      const { prisma } = transaction;
      const { count } = await prisma.apiKey.updateMany({
        where: { tenantId, id, revokedAt: null },
        data: { revokedAt: context.now },
      });
      const key = await prisma.apiKey.findUnique({ where: { tenantId_id: { tenantId, id } } });
      if (count > 0 && key !== null) {
        const { kind, lastFour } = key;
        transaction.record({ type: "key.revoked", subjectType: "ApiKey", subjectId: id, data: { kind, lastFour } });
      }
      return key === null ? keyNotFound : { key: toApiKey(key), userErrors: [] };
    });
    this.#options.grants.forget(tenantId);
    return { cursor: cursorAfter(this.#options.cursors, tenantId, position), ...result };
  }

  async setDocumentMode(
    context: Context,
    { keyId, mode: documentMode }: SetKeyDocumentModeInput,
  ): Promise<SetKeyDocumentModePayload> {
    const scope = authorizedScope(context, "key:manage");
    const { tenantId } = scope;
    const id = toUuid("ApiKey", keyId);
    if (id === null) return { cursor: null, ...keyNotFound };
    const { result, position } = await this.#options.journal.mutate(scope, async (transaction) => {
      const { prisma } = transaction;
      const where = { tenantId, id };
      const { count } = await prisma.apiKey.updateMany({
        where: { ...where, documentMode: { not: documentMode } },
        data: { documentMode },
      });
      const key = await prisma.apiKey.findUnique({ where: { tenantId_id: where } });
      if (count > 0) {
        transaction.record({
          type: "key.document_mode_set",
          subjectType: "ApiKey",
          subjectId: id,
          data: { documentMode },
        });
      }
      return key === null ? keyNotFound : { key: toApiKey(key), userErrors: [] };
    });
    this.#options.grants.forget(tenantId);
    return { cursor: cursorAfter(this.#options.cursors, tenantId, position), ...result };
  }

  async apiKeys(context: Context, page: ConnectionArgs): Promise<Page<ApiKey>> {
    const { tenantId } = authorizedScope(context, "key:read");
    const { database, cursors } = this.#options;
    return database.read(tenantId, (session) => paginate(session, cursors, keyList(tenantId, toApiKey), page));
  }

  async byIds(context: Context, uuids: readonly string[]): Promise<ReadonlyMap<string, ApiKey>> {
    const { tenantId } = authorizedScope(context, "key:read");
    const rows = await this.#options.database.read(tenantId, ({ prisma }) =>
      prisma.apiKey.findMany({ where: { tenantId, id: { in: [...uuids] } } }),
    );
    return new Map(rows.map((row) => [row.id, toApiKey(row)]));
  }

  /** A key as it sees itself, which needs no right. */
  async find(prisma: PrismaClient, tenantId: string, id: string): Promise<ApiKey> {
    return toApiKey(await prisma.apiKey.findUniqueOrThrow({ where: { tenantId_id: { tenantId, id } } }));
  }

  async #create(scope: Scope & { readonly principal: KnownPrincipal }, key: NewKey) {
    const createdById = scope.principal.kind === "MEMBER" ? scope.principal.memberId : null;
    let secret: string | null = null; // no part of the result, which may be stored
    const { result, position } = await this.#options.journal.mutate(scope, async (transaction) => {
      const { row, text } = await insertKey(transaction, key, createdById);
      secret = text;
      return { key: toApiKey(row), userErrors: [] };
    });
    return { cursor: cursorAfter(this.#options.cursors, scope.tenantId, position), ...result, secret };
  }
}

/** Writes a key as a part of a transaction. Its text exists in the answer only. */
export async function insertKey(
  transaction: Transaction,
  key: NewKey,
  createdById: string | null,
): Promise<{ row: ApiKeyRow; text: string }> {
  const { tenantId } = transaction;
  const id = newUuid();
  const { text, hash: secretHash, lastFour } = issueToken(key.kind, { tenantId, rowId: id });
  const scopes = [...key.scopes];
  const allowedOrigins = [...key.allowedOrigins];
  const row = await transaction.prisma.apiKey.create({
    data: { ...key, tenantId, id, secretHash, lastFour, scopes, allowedOrigins, createdById },
  });
  const { kind, name, expiresAt, documentMode } = key;
  const data = { kind, name, scopes, allowedOrigins, expiresAt, documentMode, lastFour };
  transaction.record({ type: "key.created", subjectType: "ApiKey", subjectId: id, data });
  return { row, text };
}

const keyNotFound: Omit<RevokeApiKeyPayload & SetKeyDocumentModePayload, "cursor"> = {
  key: null,
  userErrors: [{ code: "NOT_FOUND", message: "There is no such key.", field: ["input", "keyId"] }],
};

type CommonErrors = { code: "NAME_INVALID" | "EXPIRY_INVALID"; message: string; field: readonly string[] }[];

function readCommon(
  { now }: Context,
  { name: text, expiresAt = null }: { readonly name: string; readonly expiresAt?: Date | null },
): { name: string; expiresAt: Date | null } | { userErrors: CommonErrors } {
  const userErrors: CommonErrors = [];
  const name = normalizeName(text);
  if (name === null) {
    const message = "A name has 1 to 200 characters, none of them a control character.";
    userErrors.push({ code: "NAME_INVALID", message, field: ["input", "name"] });
  }
  if (expiresAt !== null && expiresAt <= now) {
    userErrors.push({ code: "EXPIRY_INVALID", message: "That moment has passed.", field: ["input", "expiresAt"] });
  }
  return name === null || userErrors.length > 0 ? { userErrors } : { name, expiresAt };
}

/** A key as the schema shows it: never with its hash. */
function toApiKey(row: KeyColumns): ApiKey {
  const { id, kind, name, lastFour, scopes, allowedOrigins, documentMode } = row;
  const { createdAt, lastUsedAt, expiresAt, revokedAt } = row;
  const times = { createdAt, lastUsedAt, expiresAt, revokedAt };
  const rights = { scopes, allowedOrigins, documentMode };
  return { __typename: "ApiKey", id: toId("ApiKey", id), kind, name, lastFour, ...rights, ...times };
}
