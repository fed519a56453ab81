import { setTimeout as sleep } from "node:timers/promises";
import { type GraphQLAnswer, payload, type TestApp } from "./app.ts";

/** So that tests see a whole schedule: twelve attempts within half a second. */
export const quickWebhooks = {
  NEXORA_WEBHOOK_ALLOW_PRIVATE: "true",
  WEBHOOK_RETRY_SECONDS: "0,0.02,0.02,0.05,0.05,0.05,0.05,0.05,0.05,0.05,0.05,0.05",
} as const;

export interface CreatedEndpoint {
  readonly id: string;
  readonly secret: string;
}

export async function createEndpoint(
  app: TestApp,
  input: Readonly<Record<string, unknown>>,
  credential?: string,
): Promise<CreatedEndpoint> {
  const answer = await app.graphql(
    `mutation ($input: CreateWebhookEndpointInput!) {
      createWebhookEndpoint(input: $input) { endpoint { id } secret userErrors { code message } }
    }`,
    { input },
    credential,
  );
  const created = payload<{ endpoint: { id: string } | null; secret: string }>(answer, "createWebhookEndpoint");
  if (created.endpoint === null) throw new Error(JSON.stringify(created));
  return { id: created.endpoint.id, secret: created.secret };
}

/** Captures a lead, which is one entry of the journal; the same external id is the same subject. */
export async function capture(app: TestApp, externalId: string, credential?: string): Promise<GraphQLAnswer> {
  return app.graphql(
    "mutation ($input: CaptureLeadInput!) { captureLead(input: $input) { lead { id } userErrors { code } } }",
    { input: { externalId, name: `Name ${Math.random()}` } },
    credential,
  );
}

export interface ShownDelivery {
  readonly id: string;
  readonly type: string;
  readonly status: string;
  readonly subjectId: string;
  readonly attemptCount: number;
  readonly nextAttemptAt: string | null;
  readonly lastStatusCode: number | null;
  readonly attempts: {
    readonly nodes: readonly {
      readonly number: number;
      readonly outcome: string;
      readonly statusCode: number | null;
      readonly error: string | null;
      readonly answer: string | null;
    }[];
  };
}

/** Oldest first. */
export async function deliveriesOf(
  app: TestApp,
  endpointId: string,
  filter: Readonly<Record<string, unknown>> = {},
): Promise<ShownDelivery[]> {
  const answer = await app.graphql(
    `query ($filter: WebhookDeliveryFilter) {
      webhookDeliveries(first: 50, filter: $filter) {
        nodes {
          id type status subjectId attemptCount nextAttemptAt lastStatusCode
          attempts(first: 20) { nodes { number outcome statusCode error answer } }
        }
      }
    }`,
    { filter: { endpoint: { eq: endpointId }, ...filter } },
  );
  return payload<{ nodes: ShownDelivery[] }>(answer, "webhookDeliveries").nodes.toReversed();
}

export async function eventually<Value>(
  read: () => Promise<Value>,
  isReached: (value: Value) => boolean,
  limitMs = 25_000,
): Promise<Value> {
  const end = Date.now() + limitMs;
  for (;;) {
    const value = await read();
    if (isReached(value)) return value;
    if (Date.now() > end) throw new Error(`not reached: ${JSON.stringify(value).slice(0, 2_000)}`);
    await sleep(50);
  }
}
