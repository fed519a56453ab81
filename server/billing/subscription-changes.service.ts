import type {
  CancelSubscriptionPayload,
  ChangePlanPayload,
  ResumeSubscriptionPayload,
  SubscribePayload,
} from "../../schema/subscription-payloads.ts";
import type {
  CancelSubscriptionInput,
  ChangePlanInput,
  ResumeSubscriptionInput,
  SubscribeInput,
} from "../../schema/subscription.ts";
import type { JournalService, Transaction } from "../journal/journal.service.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import { cursorAfter } from "../operations/cursor-after.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { toId, toUuid } from "../operations/ids.ts";
import type { KnownPrincipal } from "../operations/principal.ts";
import { newUuid } from "../operations/uuid.ts";
import { allocateCredits } from "./allocate-credits.ts";
import type { BillingParts, Moment } from "./billing-parts.ts";
import { loadBillingRules } from "./billing-rules.ts";
import { lockClient } from "./client-lock.ts";
import type { InvoiceRow } from "./invoice-row.ts";
import { issueInvoice } from "./issue-invoice.ts";
import { openPayment } from "./open-payment.ts";
import { dropInvoices, hasMoney, readOpenInvoices } from "./open-invoices.ts";
import { toPayment } from "./payment-row.ts";
import { orUnavailable, PaymentUnavailable } from "./payment-unavailable.ts";
import { lockPlan, type PlanRow } from "./plan-row.ts";
import { begin } from "./settle-invoice.ts";
import { allocationEnd, isRunning } from "./subscription-period.ts";
import {
  findLiveSubscription,
  findSubscriptions,
  insertSubscription,
  rewriteSubscription,
  type SubscriptionRow,
  toSubscription,
} from "./subscription-row.ts";
import { tellClient } from "./tell-client.ts";
import { endSubscription, planOf, recordSubscription, schedule } from "./turn-subscription.ts";
import { priceOf, upgradeOf } from "./upgrade-price.ts";

export interface SubscriptionChangesOptions extends BillingParts {
  readonly journal: JournalService;
  readonly cursors: CursorCodec;
}

type SubscribeCode = SubscribePayload["userErrors"][number]["code"];
type ChangeCode = ChangePlanPayload["userErrors"][number]["code"];
type ResumeCode = ResumeSubscriptionPayload["userErrors"][number]["code"];
type CancelCode = CancelSubscriptionPayload["userErrors"][number]["code"];

/** Clients take, change and leave plans. Nothing is active before its payment is confirmed. */
export class SubscriptionChangesService {
  readonly #options: SubscriptionChangesOptions;

  constructor(options: SubscriptionChangesOptions) {
    this.#options = options;
  }

  async subscribe(context: Context, input: SubscribeInput): Promise<SubscribePayload> {
    const scope = authorizedScope(context, "billing:buy");
    const { journal, cursors, people } = this.#options;
    const moment: Moment = { at: context.now, actor: scope.actor };
    const clientId = toUuid("Client", input.clientId);
    const planId = toUuid("Plan", input.planId);
    const refuse = (code: SubscribeCode, message: string, field: string) => ({
      subscription: null,
      payment: null,
      userErrors: [{ code, message, field: ["input", field] }],
    });
    const work = async (tx: Transaction): Promise<Omit<SubscribePayload, "cursor">> => {
      const client = clientId === null ? null : await people.visibleClient(tx, scope.principal, clientId);
      if (client === null) return refuse("CLIENT_NOT_FOUND", "There is no such client.", "clientId");
      const plan = planId === null ? undefined : await lockPlan(tx, planId);
      if (plan === undefined) return refuse("PLAN_NOT_FOUND", "There is no such plan.", "planId");
      if (plan.withdrawn_at !== null) return refuse("PLAN_WITHDRAWN", "The plan isn't sold any more.", "planId");
      await lockClient(tx, client.id);
      const live = await findLiveSubscription(tx, client.id);
      if (live !== undefined) {
        const advice =
          live.state === "CANCELLED_AT_PERIOD_END"
            ? "The present subscription runs to its period's end: resume it and change its plan, or subscribe after that."
            : "Change or cancel the present subscription.";
        const refused = refuse("ALREADY_SUBSCRIBED", advice, "clientId");
        return { ...refused, subscription: toSubscription(live) };
      }
      const subscription = newSubscription(client.id, plan, input, moment.at);
      await insertSubscription(tx, subscription);
      recordSubscription(tx, "subscription.created", subscription);
      const first = { kind: "FIRST", subscriptionId: subscription.id, plan, period: null } as const;
      const due = { ...priceOf(plan), credits: plan.credits_per_month };
      const invoice = await issueInvoice(tx, { clientId: client.id, ...due, subject: first }, moment.at);
      if (plan.amount_minor === 0n) {
        // There is nothing to confirm.
        const rules = await loadBillingRules(tx);
        const begun = await begin(tx, this.#options, { subscription, plan, invoice, client, rules }, moment);
        await allocateCredits(
          tx,
          {
            clientId: client.id,
            credits: plan.credits_per_month,
            kind: "MONTHLY_ALLOCATION",
            key: `allocation:${subscription.id}:${moment.at.toISOString()}`,
            effectiveAt: moment.at,
            endsAt: allocationEnd(plan, begun, moment.at),
            reference: toId("PlanSubscription", subscription.id),
            paymentId: null,
          },
          moment,
        );
        return { subscription: toSubscription(begun), payment: null, userErrors: [] };
      }
      const payment = await this.#pay(tx, subscription, invoice, { purpose: "SUBSCRIPTION", plan }, moment);
      return { subscription: toSubscription(subscription), payment, userErrors: [] };
    };
    const { result, position } = await orUnavailable(
      () => journal.mutate(scope, work),
      (message) => refuse("PROVIDER_UNAVAILABLE", message, "provider"),
    );
    return { ...result, cursor: cursorAfter(cursors, scope.tenantId, position) };
  }

  /**
   * A dearer plan of the same interval, or any after a free one, begins when its payment is confirmed; until then nothing
   * changes. Any other plan begins when the period turns, and nothing is paid or given back before.
   */
  async changePlan(context: Context, input: ChangePlanInput): Promise<ChangePlanPayload> {
    const scope = authorizedScope(context, "billing:buy");
    const { journal, cursors } = this.#options;
    const moment: Moment = { at: context.now, actor: scope.actor };
    const planId = toUuid("Plan", input.planId);
    let seen: SubscriptionRow | undefined;
    const refuse = (code: ChangeCode, message: string, field: string) => ({
      subscription: seen === undefined ? null : toSubscription(seen),
      payment: null,
      userErrors: [{ code, message, field: ["input", field] }],
    });
    const work = async (tx: Transaction): Promise<Omit<ChangePlanPayload, "cursor">> => {
      const subscription = await this.#lock(tx, scope.principal, toUuid("PlanSubscription", input.id));
      seen = subscription;
      if (subscription === undefined) return refuse("NOT_FOUND", "There is no such subscription.", "id");
      const plan = planId === null ? undefined : await lockPlan(tx, planId);
      if (plan === undefined) return refuse("PLAN_NOT_FOUND", "There is no such plan.", "planId");
      const isPresent = plan.id === subscription.plan_id;
      if (plan.withdrawn_at !== null && !isPresent)
        return refuse("PLAN_WITHDRAWN", "The plan isn't sold any more.", "planId");
      if (subscription.state === "CANCELLED_AT_PERIOD_END") {
        return refuse("NOT_ACTIVE", "It was cancelled and runs to its period's end: resume it first.", "id");
      }
      if (subscription.state !== "ACTIVE" || !isRunning(subscription)) {
        return refuse("NOT_ACTIVE", "Only an ACTIVE subscription can be changed.", "id");
      }
      const isPlanned = plan.id === (subscription.next_plan_id ?? subscription.plan_id);
      if (isPlanned) return refuse("SAME_PLAN", "It has this plan already.", "planId");
      const present = await planOf(tx, subscription.plan_id);
      const isFree = present.amount_minor === 0n;
      if (plan.currency !== present.currency && !isFree) {
        return refuse("CURRENCY_DIFFERS", "Cancel the subscription, then subscribe to the other plan.", "planId");
      }
      const open = await readOpenInvoices(tx, subscription.id);
      if (open.some(({ invoice }) => invoice.kind !== "RENEWAL")) {
        return refuse("CHANGE_PENDING", "Another change waits for its payment.", "id");
      }
      if (hasMoney(open)) return refuse("MONEY_RECEIVED", "Money has come for the next period already.", "id");
      const due = isPresent ? null : upgradeOf(subscription, present, plan, moment.at);
      if (due === null) {
        await dropInvoices(tx, open, moment.at); // what was billed for the next period is billed anew
        const planned = await rewriteSubscription(tx, subscription, { next_plan_id: isPresent ? null : plan.id });
        recordSubscription(tx, "subscription.change_planned", planned);
        const after = await schedule(tx, planned, await loadBillingRules(tx));
        return { subscription: toSubscription(after), payment: null, userErrors: [] };
      }
      const rest = { startsAt: moment.at, endsAt: subscription.period_ends_at };
      const subject = {
        ...{ subscriptionId: subscription.id, plan },
        ...(isFree ? ({ kind: "FIRST", period: null } as const) : ({ kind: "CHANGE", period: rest } as const)),
      };
      const invoice = await issueInvoice(tx, { clientId: subscription.client_id, ...due, subject }, moment.at);
      recordSubscription(tx, "subscription.change_requested", subscription);
      const payment = await this.#pay(tx, subscription, invoice, { purpose: "PLAN_CHANGE", plan }, moment);
      return { subscription: toSubscription(subscription), payment, userErrors: [] };
    };
    const { result, position } = await orUnavailable(
      () => journal.mutate(scope, work),
      (message) => refuse("PROVIDER_UNAVAILABLE", message, "id"),
    );
    return { ...result, cursor: cursorAfter(cursors, scope.tenantId, position) };
  }

  async cancelSubscription(context: Context, { id }: CancelSubscriptionInput): Promise<CancelSubscriptionPayload> {
    const scope = authorizedScope(context, "billing:buy");
    const { journal, cursors } = this.#options;
    const { result, position } = await journal.mutate(scope, async (tx) => {
      const subscription = await this.#lock(tx, scope.principal, toUuid("PlanSubscription", id));
      const refuse = (code: CancelCode, message: string) => ({
        subscription: subscription === undefined ? null : toSubscription(subscription),
        userErrors: [{ code, message, field: ["input", "id"] }],
      });
      if (subscription === undefined) return refuse("NOT_FOUND", "There is no such subscription.");
      const isEndless = subscription.state === "ACTIVE";
      const isUnpaid = ["INCOMPLETE", "PAST_DUE"].includes(subscription.state);
      if (!isEndless && !isUnpaid) return refuse("NOT_ACTIVE", "It has ended, or ends anyway.");
      const open = await readOpenInvoices(tx, subscription.id);
      if (hasMoney(open))
        return refuse("MONEY_RECEIVED", "Money has come for it: the team has to decide about that first.");
      await dropInvoices(tx, open, context.now);
      const cancelled = await this.#cancel(tx, subscription, { at: context.now, actor: scope.actor });
      const after = await schedule(tx, cancelled, await loadBillingRules(tx));
      const endsAt = after.state === "CANCELLED_AT_PERIOD_END" ? (after.period_ends_at?.toISOString() ?? null) : null;
      await tellClient(tx, this.#options, after.client_id, {
        kind: "SUBSCRIPTION_CANCELLED",
        cause: `subscription:${after.id}:cancelled:${context.now.toISOString()}`,
        data: { plan: (await planOf(tx, after.plan_id)).name, endsAt },
      });
      return { subscription: toSubscription(after), userErrors: [] };
    });
    return { ...result, cursor: cursorAfter(cursors, scope.tenantId, position) };
  }

  /** Undoes cancelSubscription. Invoices that it called off are issued anew when they are due, by the job. */
  async resumeSubscription(context: Context, { id }: ResumeSubscriptionInput): Promise<ResumeSubscriptionPayload> {
    const scope = authorizedScope(context, "billing:buy");
    const { journal, cursors } = this.#options;
    const { result, position } = await journal.mutate(scope, async (tx) => {
      const uuid = toUuid("PlanSubscription", id);
      const subscription = await this.#lock(tx, scope.principal, uuid, { isErasedToo: false }); // nobody bills him again
      const refuse = (code: ResumeCode, message: string) => ({
        subscription: subscription === undefined ? null : toSubscription(subscription),
        userErrors: [{ code, message, field: ["input", "id"] }],
      });
      if (subscription === undefined) return refuse("NOT_FOUND", "There is no such subscription.");
      if (subscription.state !== "CANCELLED_AT_PERIOD_END" || !isRunning(subscription)) {
        return refuse("NOT_CANCELLED", "It wasn't cancelled, or has ended.");
      }
      // The job may be late.
      if (subscription.period_ends_at <= context.now) return refuse("ENDED", "Its period is over: subscribe again.");
      const resumed = await rewriteSubscription(tx, subscription, { state: "ACTIVE" });
      recordSubscription(tx, "subscription.resumed", resumed);
      const after = await schedule(tx, resumed, await loadBillingRules(tx));
      return { subscription: toSubscription(after), userErrors: [] };
    });
    return { ...result, cursor: cursorAfter(cursors, scope.tenantId, position) };
  }

  async #cancel(tx: Transaction, subscription: SubscriptionRow, moment: Moment): Promise<SubscriptionRow> {
    // Past due, its period is over, and what that gave ends as it always does.
    if (subscription.state === "PAST_DUE" && isRunning(subscription)) {
      return endSubscription(tx, subscription, "CANCELLED", moment);
    }
    const change =
      subscription.state === "ACTIVE"
        ? ({ state: "CANCELLED_AT_PERIOD_END", next_plan_id: null } as const)
        : ({ state: "CANCELLED", ended_at: moment.at, next_plan_id: null } as const);
    const cancelled = await rewriteSubscription(tx, subscription, change);
    recordSubscription(tx, `subscription.${change.state.toLowerCase() as Lowercase<typeof change.state>}`, cancelled);
    return cancelled;
  }

  async #lock(
    tx: Transaction,
    principal: KnownPrincipal,
    id: string | null,
    options = { isErasedToo: true },
  ): Promise<SubscriptionRow | undefined> {
    const [found] = id === null ? [] : await findSubscriptions(tx, [id]);
    if (found === undefined) return undefined;
    if ((await this.#options.people.visibleClient(tx, principal, found.client_id, options)) === null) return undefined;
    await lockClient(tx, found.client_id);
    const [locked] = await findSubscriptions(tx, [found.id]); // again, now that nobody can change it
    return locked;
  }

  async #pay(
    tx: Transaction,
    subscription: SubscriptionRow,
    invoice: InvoiceRow,
    { purpose, plan }: { readonly purpose: "SUBSCRIPTION" | "PLAN_CHANGE"; readonly plan: PlanRow },
    moment: Moment,
  ) {
    const [client] = await this.#options.people.clients(tx, [subscription.client_id]);
    if (client === undefined) throw new Error(`there is no client ${subscription.client_id}`);
    const order = {
      client,
      purpose,
      invoice,
      provider: subscription.provider,
      description: plan.name,
    };
    const opened = await openPayment(tx, this.#options, order, moment);
    if ("unavailable" in opened) throw new PaymentUnavailable(opened.unavailable);
    return toPayment(opened.payment);
  }
}

function newSubscription(clientId: string, plan: PlanRow, { provider }: SubscribeInput, at: Date): SubscriptionRow {
  return {
    ...{ id: newUuid(), client_id: clientId, plan_id: plan.id, next_plan_id: null, state: "INCOMPLETE", provider },
    ...{
      anchor_at: null,
      time_zone: null,
      period_month: 0,
      period_months: 0,
      period_starts_at: null,
      period_ends_at: null,
    },
    ...{ month: 0, due_at: null, ended_at: null, created_at: at, version: 1 },
  };
}
