import { type GraphQLObjectType, type GraphQLSchema, isAbstractType, specifiedDirectives } from "graphql";
import { buildSchema, type ContainerType } from "type-graphql";
import { DateTime } from "../schema/scalars.ts";
import { AuthResolver } from "./auth/auth.resolver.ts";
import { AvailabilityResolver } from "./calendar/availability.resolver.ts";
import { RoomsResolver } from "./calendar/rooms.resolver.ts";
import { SessionTypesResolver } from "./calendar/session-types.resolver.ts";
import { BulkProgressResolver, BulkResolver, StartBulkImportPayloadResolver } from "./bulk/bulk.resolver.ts";
import { KeyResolver } from "./auth/keys.resolver.ts";
import { CatalogueResolver } from "./billing/catalogue.resolver.ts";
import {
  ClientInvoicesResolver,
  InvoicesResolver,
  PaymentInvoiceResolver,
  SubscriptionInvoicesResolver,
} from "./billing/invoices.resolver.ts";
import { PaymentFeedsResolver } from "./billing/payment-feeds.resolver.ts";
import { ReceivablesResolver } from "./billing/receivables.resolver.ts";
import { PaymentProofResolver, PaymentProofsResolver } from "./billing/payment-proofs.resolver.ts";
import { PaymentsResolver } from "./billing/payments.resolver.ts";
import { SubscriptionsResolver } from "./billing/subscriptions.resolver.ts";
import { CreditFeedsResolver } from "./credits/credit-feeds.resolver.ts";
import { ClientCreditsResolver, CreditAccountResolver, CreditsResolver } from "./credits/credits.resolver.ts";
import { DeprecationsResolver } from "./deprecations/deprecations.resolver.ts";
import { DocumentsResolver } from "./documents/documents.resolver.ts";
import { AssignmentsResolver } from "./experiments/assignments.resolver.ts";
import { ExperimentResolver, ExperimentsResolver } from "./experiments/experiments.resolver.ts";
import { LeadChangedResolver } from "./leads/lead-changed.resolver.ts";
import { JobsResolver } from "./jobs/jobs.resolver.ts";
import { JournalEntryResolver } from "./journal/journal-entry.resolver.ts";
import { JournalResolver } from "./journal/journal.resolver.ts";
import { EntryProofResolver, ProofsResolver } from "./journal/proofs/proofs.resolver.ts";
import { LeadEditsResolver } from "./leads/lead-edits.resolver.ts";
import { LeadExportResolver } from "./leads/lead-export.resolver.ts";
import {
  ImportLeadsPayloadResolver,
  LeadImportProgressResolver,
  LeadImportResolver,
} from "./leads/lead-import.resolver.ts";
import { LeadResolver, LeadsResolver } from "./leads/leads.resolver.ts";
import { LinkClicksResolver, LinkResolver } from "./links/link.resolver.ts";
import { LinksResolver } from "./links/links.resolver.ts";
import { idempotentDirective } from "./operations/idempotency-key.ts";
import { MailResolver } from "./mail/mail.resolver.ts";
import { NodeResolver } from "./operations/node.resolver.ts";
import { unkeyedMutations } from "./operations/unkeyed-mutations.ts";
import { RateLimitResolver } from "./operations/rate-limit.resolver.ts";
import { PeopleEditsResolver } from "./people/people-edits.resolver.ts";
import { PersonEmailsResolver } from "./people/person-emails.resolver.ts";
import {
  ClientResolver,
  LearnerProgressResolver,
  LearnerResolver,
  PeopleResolver,
  ViewerProfilesResolver,
} from "./people/people.resolver.ts";
import {
  BookingResolver,
  MarkNoShowResolver,
  SessionResolver,
  SessionsResolver,
} from "./sessions/sessions.resolver.ts";
import { SessionFeedsResolver } from "./sessions/session-feeds.resolver.ts";
import { CalendarFeedsResolver } from "./sessions/calendar-feeds.resolver.ts";
import { WaitingListResolver } from "./sessions/waiting-list.resolver.ts";
import { InvitationResolver } from "./tenants/invitations.resolver.ts";
import { MemberResolver } from "./tenants/members.resolver.ts";
import { TenantResolver } from "./tenants/tenants.resolver.ts";
import { WebhookDeliveriesResolver, WebhookDeliveryChangedResolver } from "./webhooks/webhook-deliveries.resolver.ts";
import { WebhooksResolver } from "./webhooks/webhooks.resolver.ts";

const resolvers = [
  NodeResolver,
  RateLimitResolver,
  TenantResolver,
  MemberResolver,
  InvitationResolver,
  AuthResolver,
  KeyResolver,
  DocumentsResolver,
  DeprecationsResolver,
  JournalResolver,
  JournalEntryResolver,
  ProofsResolver,
  EntryProofResolver,
  LeadChangedResolver,
  LeadsResolver,
  LinkClicksResolver,
  LinkResolver,
  LinksResolver,
  LeadResolver,
  LeadEditsResolver,
  LeadImportResolver,
  ImportLeadsPayloadResolver,
  LeadImportProgressResolver,
  LeadExportResolver,
  BulkResolver,
  StartBulkImportPayloadResolver,
  BulkProgressResolver,
  WebhooksResolver,
  WebhookDeliveriesResolver,
  WebhookDeliveryChangedResolver,
  PeopleResolver,
  PeopleEditsResolver,
  PersonEmailsResolver,
  ClientResolver,
  LearnerResolver,
  LearnerProgressResolver,
  ViewerProfilesResolver,
  SessionsResolver,
  SessionResolver,
  BookingResolver,
  MarkNoShowResolver,
  WaitingListResolver,
  CalendarFeedsResolver,
  SessionFeedsResolver,
  SessionTypesResolver,
  AvailabilityResolver,
  RoomsResolver,
  CreditsResolver,
  CreditAccountResolver,
  ClientCreditsResolver,
  CreditFeedsResolver,
  CatalogueResolver,
  SubscriptionsResolver,
  PaymentsResolver,
  PaymentFeedsResolver,
  InvoicesResolver,
  PaymentInvoiceResolver,
  SubscriptionInvoicesResolver,
  ClientInvoicesResolver,
  ReceivablesResolver,
  PaymentProofsResolver,
  PaymentProofResolver,
  ExperimentsResolver,
  ExperimentResolver,
  AssignmentsResolver,
  JobsResolver,
  MailResolver,
] as const;

/** type-graphql asks for one; our subscriptions are feeds of the hub, which has no topics. */
const noPubSub = {
  publish: (): never => {
    throw new Error("the journal tells what happened, not a topic");
  },
  subscribe: (): never => {
    throw new Error("subscriptions run on the hub");
  },
};

/**
 * The schema with its resolvers, taken from the container when they are first needed; without one it can only be printed.
 * No I/O, no validation by class-validator: rules are pure functions in the domains.
 */
export async function buildNexoraSchema(container?: ContainerType): Promise<GraphQLSchema> {
  const schema = await buildSchema({
    resolvers,
    validate: false,
    // The check asks the schema all about itself, which takes longer than to build it: once when it is printed is enough.
    skipCheck: container !== undefined,
    pubSub: noPubSub,
    scalarsMap: [{ type: Date, scalar: DateTime }],
    directives: [...specifiedDirectives, idempotentDirective],
    ...(container === undefined ? {} : { container }),
  });
  // type-graphql makes resolveType asynchronous, which graphql-jit can't wait for. Every object names its type.
  for (const type of Object.values(schema.getTypeMap())) {
    if (isAbstractType(type)) type.resolveType = ({ __typename }: { __typename: string }) => __typename;
  }
  describe(schema.getQueryType(), "Where every reading starts.");
  describe(
    schema.getMutationType(),
    "Every change. What a caller can expect to go wrong is in `userErrors`; then nothing was written. With an idempotency key (`Idempotency-Key`, `@idempotent`) a change is made once, however often it is sent.",
  );
  describe(
    schema.getSubscriptionType(),
    "What is followed live: over WebSocket at `/graphql`, or server-sent events from `/graphql/stream`.",
  );
  for (const type of [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]) {
    for (const field of Object.values(type?.getFields() ?? {})) {
      const action = field.extensions["action"];
      if (typeof action !== "string") throw new Error(`${field.name} names no action`);
      const reason = type === schema.getMutationType() ? unkeyedMutations[field.name] : undefined;
      const unkeyed = reason === undefined ? "" : ` Takes no idempotency key: ${reason}.`;
      field.description = `${field.description ?? ""}${unkeyed} Scope: \`${action}\`.`.trim();
    }
  }
  return schema;
}

/** type-graphql makes the root types itself and gives them no description. */
function describe(type: GraphQLObjectType | null | undefined, description: string): void {
  if (type != null) type.description = description;
}
