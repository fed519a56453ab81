import type { PaymentChangeType, PaymentUpdated } from "../../schema/payment-updated.ts";
import type { Database } from "../db/database.ts";
import { FeedAudience } from "../journal/feed-audience.ts";
import type { Feed, FeedUpdate } from "../journal/feed.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { toId, toUuid } from "../operations/ids.ts";
import { nothingToFollow, readFollowedId } from "../operations/subscribe-filter.ts";
import type { PeopleService } from "../people/people.service.ts";
import { findPayments } from "./payment-row.ts";
import type { PaymentsService } from "./payments.service.ts";
import type { SubscriptionsService } from "./subscriptions.service.ts";

const changeTypes: Readonly<Record<string, PaymentChangeType>> = {
  "payment.created": "CREATED",
  "payment.received": "RECEIVED",
  "payment.approved": "APPROVED",
  "payment.receipt_voided": "RECEIPT_VOIDED",
  "payment.completed": "COMPLETED",
  "payment.cancelled": "CANCELLED",
  "payment.expired": "EXPIRED",
  "payment.proof_attached": "PROOF_ATTACHED",
  "payment.refunded": "REFUNDED",
};

export interface PaymentUpdatedOptions {
  readonly payments: PaymentsService;
  readonly subscriptions: SubscriptionsService;
  readonly people: PeopleService;
  readonly database: Database;
  readonly cursors: CursorCodec;
}

/** `subscription { paymentUpdated }`: what happened to payments that one sees, with the payments as they are now. */
export function paymentUpdatedFeed(options: PaymentUpdatedOptions): Feed {
  const { payments, subscriptions, people, database, cursors } = options;
  const audience = new FeedAudience((tenantId, records) =>
    database.read(tenantId, async (session) => {
      const found = await findPayments(session, [...new Set(records.map(({ subjectId }) => subjectId))]);
      const members = await people.membersOf(session, { clientIds: found.map((payment) => payment.client_id) });
      const payers = new Map(found.map((payment) => [payment.id, payment.client_id]));
      return new Map(
        records.map((record) => [record, members.get(payers.get(record.subjectId) ?? "") ?? new Set<string>()]),
      );
    }),
  );
  return {
    async plan(args, context) {
      const paymentId = readFollowedId("Payment", args["paymentId"]);
      const clientId = readFollowedId("Client", args["clientId"]);
      if (paymentId !== undefined && !(await payments.byIds(context, [paymentId])).has(paymentId)) {
        throw nothingToFollow("Payment");
      }
      if (clientId !== undefined && (await people.client(context, clientId)) === null) throw nothingToFollow("Client");
      const payer = clientId === undefined ? undefined : toId("Client", clientId);
      return {
        types: Object.keys(changeTypes),
        async updates(groupContext, records): Promise<FeedUpdate[]> {
          const entries = records.filter(
            ({ type, subjectId }) => type in changeTypes && (paymentId ?? subjectId) === subjectId,
          );
          const concerning = await audience.entriesFor(groupContext.principal, entries);
          const changes = concerning.flatMap((record) => {
            const type = changeTypes[record.type];
            return type === undefined ? [] : [{ record, type }];
          });
          if (changes.length === 0) return [];
          const ids = new Set(changes.map(({ record }) => record.subjectId));
          const visible = await payments.byIds(groupContext, [...ids]);
          const ofSubscriptions = [...visible.values()].flatMap(({ subscriptionId }) =>
            subscriptionId === null ? [] : [toUuid("PlanSubscription", subscriptionId) ?? ""],
          );
          const paid =
            ofSubscriptions.length === 0
              ? []
              : [...(await subscriptions.byIds(groupContext, [...new Set(ofSubscriptions)])).values()];
          return changes.flatMap(({ record, type }) => {
            const payment = visible.get(record.subjectId);
            if (payment === undefined || (payer ?? payment.clientId) !== payment.clientId) return [];
            const value: PaymentUpdated = {
              __typename: "PaymentUpdated",
              cursor: cursors.encodeEvent(record),
              type,
              occurredAt: record.occurredAt,
              paymentId: payment.id,
              payment,
              subscription: paid.find(({ id }) => id === payment.subscriptionId) ?? null,
            };
            return [{ position: record.position, value }];
          });
        },
      };
    },
  };
}
