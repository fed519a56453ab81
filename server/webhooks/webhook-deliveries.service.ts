import type { Page } from "../../schema/connection.ts";
import type {
  DryRunWebhookInput,
  ReplayWebhookDeliveriesInput,
  ResendWebhookDeliveryInput,
  TestWebhookEndpointInput,
  WebhookDeliveriesArgs,
} from "../../schema/webhook-inputs.ts";
import type {
  DryRunWebhookPayload,
  ReplayWebhookDeliveriesPayload,
  ResendWebhookDeliveryPayload,
  TestWebhookEndpointPayload,
} from "../../schema/webhook-payloads.ts";
import type { WebhookAttempt, WebhookDelivery } from "../../schema/webhook.ts";
import type { Database } from "../db/database.ts";
import type { JournalService } from "../journal/journal.service.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import { cursorAfter } from "../operations/cursor-after.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { toUuid } from "../operations/ids.ts";
import { paginate } from "../operations/paginate.ts";
import { newUuid } from "../operations/uuid.ts";
import {
  countRange,
  findDeliveries,
  findEntry,
  findLatestChanges,
  insertTest,
  type JournalRange,
  maxReplay,
  renewDelivery,
  renewRange,
} from "./delivery-edits.ts";
import { compileDeliveryFilter, listDeliveries } from "./delivery-list.ts";
import { lockEndpoint, type LockedEndpoint, promote } from "./delivery-store.ts";
import { hasScopes } from "./endpoint-rule.ts";
import { findEndpoint } from "./endpoint-store.ts";
import type { WebhookDocuments } from "./webhook-document.ts";
import { eventBody } from "./webhook-payload.ts";
import { attemptColumns, type AttemptRow, type DeliveryRow, toAttempt, toDelivery } from "./webhook-row.ts";

export interface WebhookDeliveriesOptions {
  readonly database: Database;
  readonly journal: JournalService;
  readonly cursors: CursorCodec;
  readonly documents: WebhookDocuments;
  /** There may be something to send now. */
  readonly wake: () => void;
}

const noEndpoint = (name: string) =>
  ({ code: "NOT_FOUND", message: "There is no such endpoint.", field: ["input", name] }) as const;

/** Shows deliveries, and sends them when somebody asks: tests, resends, replays. */
export class WebhookDeliveriesService {
  readonly #options: WebhookDeliveriesOptions;

  constructor(options: WebhookDeliveriesOptions) {
    this.#options = options;
  }

  async testWebhookEndpoint(context: Context, { id }: TestWebhookEndpointInput): Promise<TestWebhookEndpointPayload> {
    const scope = authorizedScope(context, "webhook:manage");
    const { journal, cursors, wake } = this.#options;
    const uuid = toUuid("WebhookEndpoint", id);
    const { result, position } = await journal.mutate(scope, async (transaction) => {
      const endpoint = uuid === null ? undefined : await lockEndpoint(transaction, uuid);
      if (endpoint === undefined) return { delivery: null, userErrors: [noEndpoint("id")] };
      return { delivery: toDelivery(await insertTest(transaction, endpoint.id, newUuid())), userErrors: [] };
    });
    wake();
    return { ...result, cursor: cursorAfter(cursors, scope.tenantId, position) };
  }

  /** Writes nothing and sends nothing. */
  async dryRunWebhook(context: Context, input: DryRunWebhookInput): Promise<DryRunWebhookPayload> {
    const { tenantId, principal } = authorizedScope(context, "webhook:manage");
    const { database, documents, cursors } = this.#options;
    const refuse = (code: DryRunCode, field: string, message: string): DryRunWebhookPayload => ({
      body: null,
      cursor: null,
      userErrors: [{ code, message, field: ["input", field] }],
    });
    const uuid = toUuid("WebhookEndpoint", input.id);
    const entryId = input.entryId == null ? null : toUuid("JournalEntry", input.entryId);
    const { endpoint, record } = await database.read(tenantId, async (session) => {
      const found = uuid === null ? undefined : await findEndpoint(session, uuid);
      if (found === undefined || (input.entryId != null && entryId === null))
        return { endpoint: found, record: undefined };
      return { endpoint: found, record: await findEntry(session, entryId, found.event_types) };
    });
    if (endpoint === undefined) return refuse("NOT_FOUND", "id", "There is no such endpoint.");
    if (record === undefined) return refuse("ENTRY_NOT_FOUND", "entryId", "There is no such entry.");
    const { scopes, id: endpointId } = endpoint;
    if (!hasScopes(principal, scopes)) {
      return refuse("SCOPES_INVALID", "id", "You may not read all that the endpoint may.");
    }
    const document = input.document ?? endpoint.document;
    if (document === null) return { body: eventBody(record, cursors), cursor: null, userErrors: [] };
    const checked = documents.check(document, tenantId);
    if (checked.kind === "INVALID") return refuse("DOCUMENT_INVALID", "document", checked.message);
    const missing = checked.needs.find((action) => !scopes.includes(action));
    if (missing !== undefined)
      return refuse("SCOPES_INVALID", "document", `The document needs the scope "${missing}".`);
    const outcome = await documents.render(document, { tenantId, endpointId, scopes }, record);
    if (outcome.kind === "FAILED") return refuse("PAYLOAD_FAILED", "document", outcome.message);
    return { body: eventBody(record, cursors, outcome.rendered), cursor: null, userErrors: [] };
  }

  async resendWebhookDelivery(
    context: Context,
    { id }: ResendWebhookDeliveryInput,
  ): Promise<ResendWebhookDeliveryPayload> {
    const scope = authorizedScope(context, "webhook:manage");
    const { journal, cursors, wake } = this.#options;
    const uuid = toUuid("WebhookDelivery", id);
    const field = ["input", "id"];
    const { result, position } = await journal.mutate(scope, async (transaction) => {
      const [found] = uuid === null ? [] : await findDeliveries(transaction, [uuid]);
      const endpoint = found === undefined ? undefined : await lockEndpoint(transaction, found.endpoint_id);
      if (found === undefined || endpoint === undefined) {
        const error = { code: "NOT_FOUND" as const, message: "There is no such delivery.", field };
        return { delivery: null, userErrors: [error] };
      }
      const renewed = await renewDelivery(transaction, found.id);
      if (renewed === undefined) {
        const error = { code: "IN_PROGRESS" as const, message: "The delivery is being sent.", field };
        return { delivery: toDelivery(found), userErrors: [error] };
      }
      if (renewed.kind === "EVENT") await promote(transaction, endpoint.id, [renewed.subject_id]);
      const [row = renewed] = await findDeliveries(transaction, [renewed.id]);
      return { delivery: toDelivery(row), userErrors: [] };
    });
    wake();
    return { ...result, cursor: cursorAfter(cursors, scope.tenantId, position) };
  }

  async replayWebhookDeliveries(
    context: Context,
    input: ReplayWebhookDeliveriesInput,
  ): Promise<ReplayWebhookDeliveriesPayload> {
    const scope = authorizedScope(context, "webhook:manage");
    const { journal, cursors, wake } = this.#options;
    const uuid = toUuid("WebhookEndpoint", input.endpointId);
    const asked = this.#readRange(input, scope.tenantId);
    const { result, position } = await journal.mutate(scope, async (transaction) => {
      const endpoint = uuid === null ? undefined : await lockEndpoint(transaction, uuid);
      if (endpoint === undefined) return { deliveries: null, userErrors: [noEndpoint("endpointId")] };
      if (asked === null) {
        const message = "A range begins at `after` or `from`, and ends later.";
        return { deliveries: null, userErrors: [{ code: "RANGE_INVALID" as const, message, field: ["input"] }] };
      }
      const range = plannedPart(asked, endpoint);
      if ((await countRange(transaction, endpoint, range)) > maxReplay) {
        const message = `The range has more than ${maxReplay} entries.`;
        return { deliveries: null, userErrors: [{ code: "TOO_MANY" as const, message, field: ["input"] }] };
      }
      const subjects = await renewRange(transaction, endpoint, range);
      await promote(transaction, endpoint.id, subjects);
      transaction.record({
        type: "webhook.replayed",
        subjectType: "WebhookEndpoint",
        subjectId: endpoint.id,
        data: { deliveries: subjects.length },
      });
      return { deliveries: subjects.length, userErrors: [] };
    });
    wake();
    return { ...result, cursor: cursorAfter(cursors, scope.tenantId, position) };
  }

  async webhookDelivery(context: Context, id: string): Promise<WebhookDelivery | null> {
    const uuid = toUuid("WebhookDelivery", id);
    return uuid === null ? null : ((await this.byIds(context, [uuid])).get(uuid) ?? null);
  }

  async webhookDeliveries(context: Context, args: WebhookDeliveriesArgs): Promise<Page<WebhookDelivery>> {
    const { tenantId } = authorizedScope(context, "webhook:read");
    const { database, cursors } = this.#options;
    return database.read(tenantId, async (session) => {
      const filter = await compileDeliveryFilter(session, args.filter, context.now);
      return paginate(session, cursors, listDeliveries(filter), args);
    });
  }

  async byIds(context: Context, uuids: readonly string[]): Promise<Map<string, WebhookDelivery>> {
    const { tenantId } = authorizedScope(context, "webhook:read");
    const rows = await this.#options.database.read(tenantId, (session) => findDeliveries(session, uuids));
    return new Map(rows.map((row) => [row.id, toDelivery(row)]));
  }

  async attemptsByIds(context: Context, uuids: readonly string[]): Promise<Map<string, WebhookAttempt>> {
    const { tenantId } = authorizedScope(context, "webhook:read");
    const rows = await this.#options.database.read(tenantId, (session) =>
      session.query<AttemptRow>({
        name: "webhook-attempts",
        text: `SELECT ${attemptColumns} FROM webhook_attempt a WHERE a.tenant_id = $1 AND a.id = ANY ($2::uuid[])`,
        values: [tenantId, uuids],
      }),
    );
    return new Map(rows.map((row) => [row.id, toAttempt(row)]));
  }

  /** The latest changes of an endpoint's deliveries, newest first; null when there is no such endpoint. */
  async latestChanges(context: Context, endpointId: string, limit: number): Promise<DeliveryRow[] | null> {
    const { tenantId } = authorizedScope(context, "webhook:read");
    const uuid = toUuid("WebhookEndpoint", endpointId);
    if (uuid === null) return null;
    return this.#options.database.read(tenantId, async (session) => {
      if ((await findEndpoint(session, uuid)) === undefined) return null;
      return findLatestChanges(session, uuid, limit);
    });
  }

  /** Null when it isn't a range. */
  #readRange({ after, through, from, to }: ReplayWebhookDeliveriesInput, tenantId: string): JournalRange | null {
    const { cursors } = this.#options;
    if ((after == null) === (from == null)) return null;
    const range = {
      after: after == null ? 0n : cursors.decodeEvent(after, { tenantId }),
      through: through == null ? null : cursors.decodeEvent(through, { tenantId }),
      from: from ?? null,
      to: to ?? null,
    };
    if (range.through !== null && range.through < range.after) return null;
    if (range.from !== null && range.to !== null && range.to < range.from) return null;
    return { ...range, through: range.through ?? lastPosition };
  }
}

type DryRunCode = DryRunWebhookPayload["userErrors"][number]["code"];

const lastPosition = 2n ** 63n - 1n;

/** What isn't planned yet comes anyway. */
function plannedPart(range: JournalRange, { position }: LockedEndpoint): JournalRange {
  return { ...range, through: range.through < position ? range.through : position };
}
