import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { defineConnection } from "./connection.ts";
import { Node } from "./node.ts";
import { Cursor, DateTime } from "./scalars.ts";

export const WebhookEndpointStatus = { ENABLED: "ENABLED", DISABLED: "DISABLED" } as const;
export type WebhookEndpointStatus = keyof typeof WebhookEndpointStatus;
registerEnumType(WebhookEndpointStatus, {
  name: "WebhookEndpointStatus",
  description: "Whether an endpoint is delivered to.",
  valuesConfig: {
    ENABLED: { description: "Entries are delivered as they come." },
    DISABLED: { description: "Nothing is delivered. Enabled again, it goes on where it was." },
  },
});

export const WebhookDisabledReason = { MANUAL: "MANUAL", FAILING: "FAILING" } as const;
export type WebhookDisabledReason = keyof typeof WebhookDisabledReason;
registerEnumType(WebhookDisabledReason, {
  name: "WebhookDisabledReason",
  description: "Why an endpoint is disabled.",
  valuesConfig: {
    MANUAL: { description: "Somebody disabled it." },
    FAILING: { description: "Nothing got through for three days." },
  },
});

export const WebhookCircuit = { CLOSED: "CLOSED", OPEN: "OPEN", HALF_OPEN: "HALF_OPEN" } as const;
export type WebhookCircuit = keyof typeof WebhookCircuit;
registerEnumType(WebhookCircuit, {
  name: "WebhookCircuit",
  description: "Whether an endpoint that failed many times in a row is spared for a while.",
  valuesConfig: {
    CLOSED: { description: "All that is due is sent." },
    OPEN: { description: "Nothing is sent until `pausedUntil`." },
    HALF_OPEN: { description: "One delivery is tried; its success closes the circuit." },
  },
});

export const WebhookDeliveryStatus = { PENDING: "PENDING", SUCCEEDED: "SUCCEEDED", FAILED: "FAILED" } as const;
export type WebhookDeliveryStatus = keyof typeof WebhookDeliveryStatus;
registerEnumType(WebhookDeliveryStatus, {
  name: "WebhookDeliveryStatus",
  description: "How far a delivery is.",
  valuesConfig: {
    PENDING: { description: "It is to be sent: now, at `nextAttemptAt`, or after an earlier one of its subject." },
    SUCCEEDED: { description: "The receiver answered with a status from 200 to 299." },
    FAILED: { description: "It isn't tried any more; `resendWebhookDelivery` tries again." },
  },
});

export const WebhookDeliveryKind = { EVENT: "EVENT", TEST: "TEST" } as const;
export type WebhookDeliveryKind = keyof typeof WebhookDeliveryKind;
registerEnumType(WebhookDeliveryKind, {
  name: "WebhookDeliveryKind",
  description: "What is delivered.",
  valuesConfig: {
    EVENT: { description: "An entry of the journal." },
    TEST: { description: "What testWebhookEndpoint sends. It is tried once." },
  },
});

export const WebhookAttemptOutcome = {
  RUNNING: "RUNNING",
  SUCCEEDED: "SUCCEEDED",
  HTTP_ERROR: "HTTP_ERROR",
  REDIRECTED: "REDIRECTED",
  NETWORK_ERROR: "NETWORK_ERROR",
  TIMEOUT: "TIMEOUT",
  ADDRESS_REFUSED: "ADDRESS_REFUSED",
  PAYLOAD_FAILED: "PAYLOAD_FAILED",
  INTERRUPTED: "INTERRUPTED",
} as const;
export type WebhookAttemptOutcome = keyof typeof WebhookAttemptOutcome;
registerEnumType(WebhookAttemptOutcome, {
  name: "WebhookAttemptOutcome",
  description: "What came of one attempt.",
  valuesConfig: {
    RUNNING: { description: "It is being sent." },
    SUCCEEDED: { description: "The status was 200 to 299." },
    HTTP_ERROR: { description: "Another status. 408, 409, 425, 429 and 5xx are tried again." },
    REDIRECTED: { description: "The status was 300 to 399. Redirects aren't followed, and it isn't tried again." },
    NETWORK_ERROR: { description: "The name couldn't be resolved, or the connection failed. It is tried again." },
    TIMEOUT: { description: "There was no answer within ten seconds. It is tried again." },
    ADDRESS_REFUSED: {
      description: "The name leads to an address that isn't public, or the URL isn't https. It isn't tried again.",
    },
    PAYLOAD_FAILED: { description: "The stored document couldn't be executed. It is tried again." },
    INTERRUPTED: { description: "Our process ended meanwhile. Whether it arrived is unknown: it is sent again." },
  },
});

@ObjectType({
  implements: Node,
  description: "An address that is told of the journal's entries, each once and in order per subject.",
})
export class WebhookEndpoint extends Node {
  readonly __typename = "WebhookEndpoint";

  @Field(() => Int, { simple: true, description: "Rises with each change; for `expectedVersion`." })
  version!: number;

  @Field(() => String, { simple: true, description: "Where deliveries are posted to." })
  url!: string;

  @Field(() => String, { simple: true, description: "What it is for." })
  description!: string;

  @Field(() => [String], {
    simple: true,
    description: "Which types of entries: `lead.captured`, or `lead.*` for all of a kind. An empty list means all.",
  })
  eventTypes!: readonly string[];

  @Field(() => String, {
    simple: true,
    nullable: true,
    description: "The query that makes the payload's `data`; null: the entry's own data.",
  })
  document!: string | null;

  @Field(() => [String], { simple: true, description: "What the payload may be made of." })
  scopes!: readonly string[];

  @Field(() => WebhookEndpointStatus, { simple: true, description: "Whether it is delivered to." })
  status!: WebhookEndpointStatus;

  @Field(() => WebhookDisabledReason, { simple: true, nullable: true, description: "Why it is disabled." })
  disabledReason!: WebhookDisabledReason | null;

  @Field(() => DateTime, { simple: true, nullable: true, description: "Since when it is disabled." })
  disabledAt!: Date | null;

  @Field(() => WebhookCircuit, { simple: true, description: "Whether it is spared for a while." })
  circuit!: WebhookCircuit;

  @Field(() => DateTime, { simple: true, nullable: true, description: "Until when an open circuit sends nothing." })
  pausedUntil!: Date | null;

  @Field(() => DateTime, {
    simple: true,
    nullable: true,
    description: "The first failure since something got through; null: the last attempt did.",
  })
  failingSince!: Date | null;

  @Field(() => DateTime, {
    simple: true,
    nullable: true,
    description: "Until when deliveries are signed with the previous secret, too; null: there is one secret.",
  })
  previousSecretExpiresAt!: Date | null;

  @Field(() => Cursor, { simple: true, description: "The journal's place up to which all entries have a delivery." })
  cursor!: string;

  @Field(() => DateTime, { simple: true, description: "When it was made." })
  createdAt!: Date;

  @Field(() => DateTime, { simple: true, description: "When it was last changed." })
  updatedAt!: Date;
}

export const WebhookEndpointConnection = defineConnection("WebhookEndpoint", () => WebhookEndpoint).Connection;

@ObjectType({
  implements: Node,
  description: "One sending of a delivery. It is noted before anything is sent.",
  simpleResolvers: true,
})
export class WebhookAttempt extends Node {
  readonly __typename = "WebhookAttempt";

  @Field(() => Int, { description: "1, 2, 3 … of its delivery, resends included." })
  number!: number;

  @Field(() => WebhookAttemptOutcome, { description: "What came of it." })
  outcome!: WebhookAttemptOutcome;

  @Field(() => Int, { nullable: true, description: "The status of the answer." })
  statusCode!: number | null;

  @Field(() => DateTime, { description: "When it began." })
  startedAt!: Date;

  @Field(() => Int, { nullable: true, description: "How long it took." })
  durationMs!: number | null;

  @Field(() => String, { nullable: true, description: "What failed, for people." })
  error!: string | null;

  @Field(() => String, { nullable: true, description: "The first 1,000 characters of the answer." })
  answer!: string | null;
}

export const WebhookAttemptConnection = defineConnection("WebhookAttempt", () => WebhookAttempt).Connection;

@ObjectType({
  implements: Node,
  description: "One entry on its way to one endpoint. Its id is the header `webhook-id`, the same in all attempts.",
})
export class WebhookDelivery extends Node {
  readonly __typename = "WebhookDelivery";

  /** For the fields with resolvers. */
  uuid!: string;
  endpointUuid!: string;

  @Field(() => WebhookDeliveryKind, { simple: true, description: "What is delivered." })
  kind!: WebhookDeliveryKind;

  @Field(() => String, { simple: true, description: "The entry's type: `lead.captured`." })
  type!: string;

  @Field(() => String, {
    simple: true,
    description: "TypeID of what the entry is about. Deliveries of one subject follow each other.",
  })
  subjectId!: string;

  @Field(() => String, { simple: true, nullable: true, description: "The entry's id; null for a test." })
  entryId!: string | null;

  @Field(() => DateTime, { simple: true, description: "When the entry was committed." })
  occurredAt!: Date;

  @Field(() => WebhookDeliveryStatus, { simple: true, description: "How far it is." })
  status!: WebhookDeliveryStatus;

  @Field(() => Int, { simple: true, description: "How often it was sent." })
  attemptCount!: number;

  @Field(() => DateTime, {
    simple: true,
    nullable: true,
    description: "When it is sent next; null: it is done, or waits for an earlier one of its subject.",
  })
  nextAttemptAt!: Date | null;

  @Field(() => Int, { simple: true, nullable: true, description: "The status of the last answer." })
  lastStatusCode!: number | null;

  @Field(() => DateTime, { simple: true, description: "When it was planned." })
  createdAt!: Date;

  @Field(() => DateTime, { simple: true, nullable: true, description: "When it succeeded or failed for good." })
  finishedAt!: Date | null;
}

export const WebhookDeliveryConnection = defineConnection("WebhookDelivery", () => WebhookDelivery).Connection;

@ObjectType({ description: "What became of an endpoint's deliveries lately.", simpleResolvers: true })
export class WebhookDeliveryEvent {
  readonly __typename = "WebhookDeliveryEvent";

  @Field(() => [WebhookDelivery], {
    description:
      "Those that changed since the message before, as they are now, at most 100. The first message has none.",
  })
  deliveries!: readonly WebhookDelivery[];
}
