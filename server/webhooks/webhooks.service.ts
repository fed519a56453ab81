import type { ConnectionArgs, Page } from "../../schema/connection.ts";
import type { UserErrorData } from "../../schema/errors.ts";
import type {
  CreateWebhookEndpointInput,
  DeleteWebhookEndpointInput,
  DisableWebhookEndpointInput,
  EnableWebhookEndpointInput,
  RotateWebhookSecretInput,
  UpdateWebhookEndpointInput,
} from "../../schema/webhook-inputs.ts";
import type {
  CreateWebhookEndpointPayload,
  DeleteWebhookEndpointPayload,
  DisableWebhookEndpointPayload,
  EnableWebhookEndpointPayload,
  RotateWebhookSecretPayload,
  UpdateWebhookEndpointPayload,
} from "../../schema/webhook-payloads.ts";
import type { WebhookEndpoint } from "../../schema/webhook.ts";
import type { Database } from "../db/database.ts";
import type { JournalType } from "../journal/journal-types.ts";
import type { JournalService, Scope, Transaction } from "../journal/journal.service.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import { cursorAfter } from "../operations/cursor-after.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { toId, toUuid } from "../operations/ids.ts";
import { paginate } from "../operations/paginate.ts";
import { newUuid } from "../operations/uuid.ts";
import { lockEndpoint, type LockedEndpoint } from "./delivery-store.ts";
import { listEndpoints } from "./endpoint-list.ts";
import { changedFields, readContent } from "./endpoint-content.ts";
import {
  countEndpoints,
  deleteEndpoint,
  disableEndpoint,
  enableEndpoint,
  findEndpoints,
  insertEndpoint,
  rotateSecret,
  updateEndpoint,
} from "./endpoint-store.ts";
import type { WebhookDocuments } from "./webhook-document.ts";
import { type EndpointRow, toEndpoint } from "./webhook-row.ts";
import { newWebhookSecret, type WebhookSecrets } from "./webhook-secret.ts";

export interface WebhooksOptions {
  readonly database: Database;
  readonly journal: JournalService;
  readonly cursors: CursorCodec;
  readonly documents: WebhookDocuments;
  readonly secrets: WebhookSecrets;
  readonly allowPrivate: boolean;
  /** An endpoint may have something to do now. */
  readonly wake: () => void;
}

type UpdateCode = Exclude<UpdateWebhookEndpointPayload["userErrors"][number]["code"], "NOT_FOUND">;

const maxEndpoints = 100;
const maxOverlapHours = 720;

const field = ["input", "id"];
const notFound = { code: "NOT_FOUND", message: "There is no such endpoint.", field } as const;

/** Where a tenant wants to be told of its journal's entries. What becomes of them: WebhookDeliveriesService. */
export class WebhooksService {
  readonly #options: WebhooksOptions;

  constructor(options: WebhooksOptions) {
    this.#options = options;
  }

  async createWebhookEndpoint(
    context: Context,
    input: CreateWebhookEndpointInput,
  ): Promise<CreateWebhookEndpointPayload> {
    const scope = authorizedScope(context, "webhook:manage");
    const { tenantId } = scope;
    const { cursors, journal, secrets } = this.#options;
    const position = input.after == null ? null : cursors.decodeEvent(input.after, { tenantId });
    const read = readContent(this.#options, scope.principal, input);
    if ("userErrors" in read) return { endpoint: null, secret: null, cursor: null, userErrors: read.userErrors };

    const id = newUuid();
    const secret = newWebhookSecret();
    const { event_types: eventTypes, ...content } = read.content;
    const { result, position: after } = await journal.mutate(scope, async (transaction) => {
      if ((await countEndpoints(transaction)) >= maxEndpoints) {
        const message = `A tenant has at most ${maxEndpoints} endpoints.`;
        return { endpoint: null, userErrors: [{ code: "TOO_MANY" as const, message, field: null }] };
      }
      const sealed = secrets.seal(secret, { tenantId, endpointId: id });
      const { isEnabled } = input;
      const row = await insertEndpoint(transaction, {
        id,
        ...content,
        eventTypes,
        isEnabled,
        position,
        secret: sealed,
      });
      record(transaction, row, "webhook.created", { ...described(row), isEnabled });
      return { endpoint: toEndpoint(row, cursors, context.now), userErrors: [] };
    });
    this.#options.wake();
    const isMade = result.endpoint !== null;
    return { ...result, secret: isMade ? secret : null, cursor: cursorAfter(cursors, tenantId, after) };
  }

  async updateWebhookEndpoint(
    context: Context,
    input: UpdateWebhookEndpointInput,
  ): Promise<UpdateWebhookEndpointPayload> {
    const scope = authorizedScope(context, "webhook:manage");
    const { principal } = scope;
    const { cursors } = this.#options;
    return this.#change<UpdateCode>(scope, input.id, async (transaction, before) => {
      const shown = (row: EndpointRow) => toEndpoint(row, cursors, context.now);
      if (input.expectedVersion != null && input.expectedVersion !== before.version) {
        const message = "The endpoint has been changed meanwhile.";
        const conflict = { code: "CONFLICT" as const, message, field: ["input", "expectedVersion"] };
        return { endpoint: shown(before), userErrors: [conflict] };
      }
      const read = readContent(this.#options, principal, {
        url: input.url ?? before.url,
        description: input.description ?? before.description,
        eventTypes: input.eventTypes ?? before.event_types,
        keptTypes: before.event_types,
        document: input.document === undefined ? before.document : input.document,
        scopes: input.scopes ?? (input.document === undefined ? before.scopes : null),
      });
      if ("userErrors" in read) return { endpoint: null, userErrors: read.userErrors };
      const fields = changedFields(before, read.content);
      if (fields.length === 0) return { endpoint: shown(before), userErrors: [] };
      const row = await updateEndpoint(transaction, before.id, read.content);
      record(transaction, row, "webhook.updated", { fields, ...described(row) });
      return { endpoint: shown(row), userErrors: [] };
    });
  }

  async deleteWebhookEndpoint(
    context: Context,
    { id }: DeleteWebhookEndpointInput,
  ): Promise<DeleteWebhookEndpointPayload> {
    const scope = authorizedScope(context, "webhook:manage");
    const { cursors, journal } = this.#options;
    const uuid = toUuid("WebhookEndpoint", id);
    const { result, position } = await journal.mutate(scope, async (transaction) => {
      const before = uuid === null ? undefined : await lockEndpoint(transaction, uuid);
      if (before === undefined) return { deletedId: null, userErrors: [notFound] };
      await deleteEndpoint(transaction, before.id);
      record(transaction, before, "webhook.deleted", described(before));
      return { deletedId: toId("WebhookEndpoint", before.id), userErrors: [] };
    });
    return { ...result, cursor: cursorAfter(cursors, scope.tenantId, position) };
  }

  async enableWebhookEndpoint(
    context: Context,
    { id }: EnableWebhookEndpointInput,
  ): Promise<EnableWebhookEndpointPayload> {
    const scope = authorizedScope(context, "webhook:manage");
    const payload = await this.#change<never>(scope, id, async (transaction, before) => {
      if (before.status === "ENABLED") return this.#unchanged(context, before);
      const row = await enableEndpoint(transaction, before.id);
      record(transaction, row, "webhook.enabled", {});
      return { endpoint: toEndpoint(row, this.#options.cursors, context.now), userErrors: [] };
    });
    this.#options.wake();
    return payload;
  }

  disableWebhookEndpoint(
    context: Context,
    { id }: DisableWebhookEndpointInput,
  ): Promise<DisableWebhookEndpointPayload> {
    const scope = authorizedScope(context, "webhook:manage");
    return this.#change<never>(scope, id, async (transaction, before) => {
      if (before.status === "DISABLED") return this.#unchanged(context, before);
      const row = await disableEndpoint(transaction, before.id);
      record(transaction, row, "webhook.disabled", { reason: "MANUAL" });
      return { endpoint: toEndpoint(row, this.#options.cursors, context.now), userErrors: [] };
    });
  }

  async rotateWebhookSecret(
    context: Context,
    { id, overlapHours }: RotateWebhookSecretInput,
  ): Promise<RotateWebhookSecretPayload> {
    const scope = authorizedScope(context, "webhook:manage");
    const { tenantId } = scope;
    if (overlapHours < 0 || overlapHours > maxOverlapHours) {
      const message = `The overlap is 0 to ${maxOverlapHours} hours.`;
      const error = { code: "OVERLAP_INVALID" as const, message, field: ["input", "overlapHours"] };
      return { endpoint: null, secret: null, cursor: null, userErrors: [error] };
    }
    const secret = newWebhookSecret();
    const payload = await this.#change<never>(scope, id, async (transaction, before) => {
      const sealed = this.#options.secrets.seal(secret, { tenantId, endpointId: before.id });
      const row = await rotateSecret(transaction, before.id, sealed, overlapHours);
      record(transaction, row, "webhook.secret_rotated", { overlapHours });
      return { endpoint: toEndpoint(row, this.#options.cursors, context.now), userErrors: [] };
    });
    return { ...payload, secret: payload.endpoint === null ? null : secret };
  }

  async webhookEndpoint(context: Context, id: string): Promise<WebhookEndpoint | null> {
    const uuid = toUuid("WebhookEndpoint", id);
    return uuid === null ? null : ((await this.byIds(context, [uuid])).get(uuid) ?? null);
  }

  async webhookEndpoints(context: Context, args: ConnectionArgs): Promise<Page<WebhookEndpoint>> {
    const { tenantId } = authorizedScope(context, "webhook:read");
    const { database, cursors } = this.#options;
    return database.read(tenantId, (session) => paginate(session, cursors, listEndpoints(cursors, context.now), args));
  }

  async byIds(context: Context, uuids: readonly string[]): Promise<Map<string, WebhookEndpoint>> {
    const { tenantId } = authorizedScope(context, "webhook:read");
    const { database, cursors } = this.#options;
    const rows = await database.read(tenantId, (session) => findEndpoints(session, uuids));
    return new Map(rows.map((row) => [row.id, toEndpoint(row, cursors, context.now)]));
  }

  #unchanged(context: Context, row: EndpointRow) {
    return { endpoint: toEndpoint(row, this.#options.cursors, context.now), userErrors: [] };
  }

  /** Changes an endpoint that nobody else changes meanwhile. */
  async #change<Code extends string>(
    scope: Scope,
    id: string,
    change: (
      transaction: Transaction,
      before: LockedEndpoint,
    ) => Promise<{ endpoint: WebhookEndpoint | null; userErrors: UserErrorData<Code>[] }>,
  ): Promise<{
    endpoint: WebhookEndpoint | null;
    cursor: string | null;
    userErrors: UserErrorData<Code | "NOT_FOUND">[];
  }> {
    const { journal, cursors } = this.#options;
    const uuid = toUuid("WebhookEndpoint", id);
    const { result, position } = await journal.mutate(scope, async (transaction) => {
      const before = uuid === null ? undefined : await lockEndpoint(transaction, uuid);
      if (before !== undefined) return change(transaction, before);
      return { endpoint: null, userErrors: [notFound] };
    });
    return { ...result, cursor: cursorAfter(cursors, scope.tenantId, position) };
  }
}

function record(
  transaction: Transaction,
  { id }: EndpointRow,
  type: JournalType,
  data: Readonly<Record<string, unknown>>,
) {
  transaction.record({ type, subjectType: "WebhookEndpoint", subjectId: id, data });
}

/** The journal keeps this for ever: of a URL, whose path may hold a secret, the origin. */
function described({ url, event_types: eventTypes, scopes, document }: EndpointRow) {
  return { origin: new URL(url).origin, eventTypes, scopes, hasDocument: document !== null };
}
