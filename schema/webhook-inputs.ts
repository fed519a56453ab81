import { ArgsType, Field, ID, InputType, Int } from "type-graphql";
import { ConnectionArgs } from "./connection.ts";
import { DateTimeFilter, IdFilter, StringFilter } from "./filter.ts";
import { Cursor, DateTime } from "./scalars.ts";
import { WebhookDeliveryStatus } from "./webhook.ts";

@InputType({ description: "A new endpoint." })
export class CreateWebhookEndpointInput {
  @Field(() => String, { description: "Where to post to: https, at most 2,000 characters, without user and password." })
  url!: string;

  @Field(() => String, { defaultValue: "", description: "What it is for. At most 500 characters." })
  description!: string;

  @Field(() => [String], {
    defaultValue: [],
    description:
      "Which types of entries: `lead.captured`, or `lead.*`. Default: all. At most 100, each of which there is.",
  })
  eventTypes!: string[];

  @Field(() => String, {
    nullable: true,
    description:
      "A query that makes the payload's `data`. It may declare `$subjectId: ID!`, `$entryId: ID!` and `$type: String!`. Default: the entry's own data.",
  })
  document?: string | null;

  @Field(() => [String], {
    nullable: true,
    description:
      "What the document may read; you can't give more than you have. Default: what the document needs, or `journal:read` without one.",
  })
  scopes?: string[] | null;

  @Field(() => Boolean, { defaultValue: true, description: "Whether deliveries begin at once." })
  isEnabled!: boolean;

  @Field(() => Cursor, {
    nullable: true,
    description: "The journal's place after which deliveries begin. Default: now.",
  })
  after?: string | null;
}

@InputType({ description: "Changes of an endpoint; what is left out stays." })
export class UpdateWebhookEndpointInput {
  @Field(() => ID, { description: "The endpoint's id." })
  id!: string;

  @Field(() => Int, { nullable: true, description: "Refuse with CONFLICT if the endpoint has another version." })
  expectedVersion?: number | null;

  @Field(() => String, { nullable: true, description: "Where to post to." })
  url?: string | null;

  @Field(() => String, { nullable: true, description: "What it is for." })
  description?: string | null;

  @Field(() => [String], { nullable: true, description: "Which types of entries, from the next one on." })
  eventTypes?: string[] | null;

  @Field(() => String, { nullable: true, description: "The query that makes the payload; null removes it." })
  document?: string | null;

  @Field(() => [String], { nullable: true, description: "What the document may read." })
  scopes?: string[] | null;
}

@InputType({ description: "An endpoint to delete." })
export class DeleteWebhookEndpointInput {
  @Field(() => ID, { description: "The endpoint's id." })
  id!: string;
}

@InputType({ description: "An endpoint to enable." })
export class EnableWebhookEndpointInput {
  @Field(() => ID, { description: "The endpoint's id." })
  id!: string;
}

@InputType({ description: "An endpoint to disable." })
export class DisableWebhookEndpointInput {
  @Field(() => ID, { description: "The endpoint's id." })
  id!: string;
}

@InputType({ description: "An endpoint that gets another secret." })
export class RotateWebhookSecretInput {
  @Field(() => ID, { description: "The endpoint's id." })
  id!: string;

  @Field(() => Int, {
    defaultValue: 24,
    description: "How many hours deliveries are signed with the present secret, too: 0 to 720.",
  })
  overlapHours!: number;
}

@InputType({ description: "An endpoint to test." })
export class TestWebhookEndpointInput {
  @Field(() => ID, { description: "The endpoint's id." })
  id!: string;
}

@InputType({ description: "What to render without sending it." })
export class DryRunWebhookInput {
  @Field(() => ID, { description: "The endpoint's id." })
  id!: string;

  @Field(() => ID, {
    nullable: true,
    description: "An entry of the journal. Default: the latest one that the endpoint's event types match.",
  })
  entryId?: string | null;

  @Field(() => String, { nullable: true, description: "A document to try instead of the stored one." })
  document?: string | null;
}

@InputType({ description: "A delivery to send again." })
export class ResendWebhookDeliveryInput {
  @Field(() => ID, { description: "The delivery's id." })
  id!: string;
}

@InputType({ description: "A part of the journal to deliver again." })
export class ReplayWebhookDeliveriesInput {
  @Field(() => ID, { description: "The endpoint's id." })
  endpointId!: string;

  @Field(() => Cursor, { nullable: true, description: "Entries after this place. Give `after` or `from`." })
  after?: string | null;

  @Field(() => Cursor, { nullable: true, description: "Entries up to this place. Default: all that were planned." })
  through?: string | null;

  @Field(() => DateTime, { nullable: true, description: "Entries at or after this instant." })
  from?: Date | null;

  @Field(() => DateTime, { nullable: true, description: "Entries before this instant." })
  to?: Date | null;
}

@InputType({ description: "Conditions on a delivery's status; all must hold." })
export class WebhookDeliveryStatusFilter {
  @Field(() => WebhookDeliveryStatus, { nullable: true, description: "Is this status." })
  eq?: WebhookDeliveryStatus;

  @Field(() => WebhookDeliveryStatus, { nullable: true, description: "Is not this status." })
  neq?: WebhookDeliveryStatus;

  @Field(() => [WebhookDeliveryStatus], { nullable: true, description: "Is one of these." })
  in?: WebhookDeliveryStatus[];

  @Field(() => [WebhookDeliveryStatus], { nullable: true, description: "Is none of these." })
  nin?: WebhookDeliveryStatus[];
}

@InputType({
  description:
    "Which deliveries. Fields are ANDed; `{}` and `and: []` match all, `or: []` none. At most 50 conditions, 5 levels.",
})
export class WebhookDeliveryFilter {
  @Field(() => [WebhookDeliveryFilter], { nullable: true, description: "All of these hold." })
  and?: WebhookDeliveryFilter[];

  @Field(() => [WebhookDeliveryFilter], { nullable: true, description: "At least one of these holds." })
  or?: WebhookDeliveryFilter[];

  @Field(() => WebhookDeliveryFilter, { nullable: true, description: "This doesn't hold." })
  not?: WebhookDeliveryFilter;

  @Field(() => IdFilter, { nullable: true, description: "By endpoint." })
  endpoint?: IdFilter;

  @Field(() => WebhookDeliveryStatusFilter, { nullable: true, description: "By status." })
  status?: WebhookDeliveryStatusFilter;

  @Field(() => StringFilter, { nullable: true, description: "By the entry's type." })
  type?: StringFilter;

  @Field(() => DateTimeFilter, { nullable: true, description: "By when it was planned." })
  createdAt?: DateTimeFilter;
}

@ArgsType()
export class WebhookDeliveriesArgs extends ConnectionArgs {
  @Field(() => WebhookDeliveryFilter, { nullable: true, description: "Only those that match. Default: all." })
  filter?: WebhookDeliveryFilter | null;
}
