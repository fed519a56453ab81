import type { Clock } from "../clock.ts";
import type { JournalRecord } from "../journal/entry.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { toId } from "../operations/ids.ts";
import { type AttemptResult, readAnswer } from "./attempt-verdict.ts";
import type { WebhookSender } from "./send-webhook.ts";
import type { Slots } from "./slots.ts";
import type { WebhookDocuments } from "./webhook-document.ts";
import { eventBody, testBody } from "./webhook-payload.ts";
import type { DeliveryRow, EndpointRow } from "./webhook-row.ts";
import { signatureHeaders, type WebhookSecrets } from "./webhook-secret.ts";

export interface AttemptSendOptions {
  readonly sender: Pick<WebhookSender, "send">;
  readonly documents: WebhookDocuments;
  readonly secrets: WebhookSecrets;
  readonly cursors: CursorCodec;
  /** For how long an earlier secret still signs. What the receiver checks is told in real time. */
  readonly clock: Clock;
  /** Bounds what documents may take of the database at once. */
  readonly slots: Slots;
}

/** A delivery that this process has claimed. */
export interface ClaimedDelivery {
  readonly delivery: DeliveryRow;
  /** Null for a test. */
  readonly record: JournalRecord | null;
}

type Body = { readonly text: string } | { readonly failure: string };

/** Renders, signs and posts one delivery. Never throws. */
export class AttemptSend {
  readonly #options: AttemptSendOptions;

  constructor(options: AttemptSendOptions) {
    this.#options = options;
  }

  async send(endpoint: EndpointRow, claimed: ClaimedDelivery, signal: AbortSignal): Promise<AttemptResult> {
    const body = await this.body(endpoint, claimed);
    if ("failure" in body) return failed("PAYLOAD_FAILED", body.failure);
    if (signal.aborted) return failed("INTERRUPTED", "The server was stopped.");
    const message = {
      id: toId("WebhookDelivery", claimed.delivery.id),
      timestamp: Math.floor(Date.now() / 1_000),
      body: body.text,
    };
    const headers = signatureHeaders(message, this.#liveSecrets(endpoint));
    const answer = await this.#options.sender.send({ url: endpoint.url, headers, body: message.body, signal });
    return readAnswer(answer, new Date());
  }

  /** What is posted, or why there is nothing to post now. */
  async body(endpoint: EndpointRow, { delivery, record }: ClaimedDelivery): Promise<Body> {
    if (record === null) return { text: testBody(delivery) };
    const { documents, cursors, slots } = this.#options;
    const { document, scopes, tenant_id: tenantId, id: endpointId } = endpoint;
    if (document === null) return { text: eventBody(record, cursors) };
    const outcome = await slots.use(() => documents.render(document, { tenantId, endpointId, scopes }, record));
    return outcome.kind === "FAILED"
      ? { failure: outcome.message }
      : { text: eventBody(record, cursors, outcome.rendered) };
  }

  #liveSecrets(endpoint: EndpointRow): string[] {
    const { clock, secrets } = this.#options;
    const owner = { tenantId: endpoint.tenant_id, endpointId: endpoint.id };
    const { secret, previous_secret: previous, previous_secret_expires_at: expiresAt } = endpoint;
    const isPreviousLive = previous !== null && expiresAt !== null && expiresAt > clock();
    return [secret, ...(isPreviousLive ? [previous] : [])].map((sealed) => secrets.open(sealed, owner));
  }
}

function failed(outcome: "PAYLOAD_FAILED" | "INTERRUPTED", error: string): AttemptResult {
  return { outcome, statusCode: null, error, answer: null, retryAfterMs: null };
}
