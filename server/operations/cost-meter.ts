import type { ExecutionResult, GraphQLSchema } from "graphql";
import { AppError } from "./app-error.ts";
import type { Context } from "./context.ts";
import type { Buckets } from "./cost-buckets.ts";
import { holds } from "./cost-bucket.ts";
import type { Taken } from "./cost-buckets.port.ts";
import { type Caller, Callers } from "./cost-callers.ts";
import { FeedAccounts } from "./cost-feed.ts";
import type { CostGate, Reservation } from "./cost-gate.port.ts";
import { type CostExtension, rateLimitHeaders, retryAfterMs, tightest } from "./cost-notes.ts";
import type { TenantPlans } from "./cost-plans.ts";
import { pricesByPath } from "./cost-price.ts";
import { CostPricer, type PricedPlan } from "./cost-pricer.ts";
import { maxOperationPrice, maxPublishablePrice, minOperationPrice } from "./cost-rules.ts";
import type { OperationPrice, PreparedOperation } from "./prepare-operation.ts";
import type { Principal } from "./principal.ts";
import type { FeedSink } from "./subscribe-sink.ts";

export interface CostMeterOptions {
  readonly schema: GraphQLSchema;
  readonly buckets: Buckets;
  readonly plans: Pick<TenantPlans, "of" | "standard">;
}

interface MeteredPrice extends OperationPrice {
  readonly plan: PricedPlan;
}

/** How many paths a refusal names. */
const maxDearest = 5;

/** Prices operations by their documents, takes the price from the caller's buckets, and gives back what wasn't used. */
export class CostMeter implements CostGate {
  readonly #options: CostMeterOptions;
  readonly #pricer: CostPricer;
  readonly #callers = new Callers();
  readonly #feeds: FeedAccounts;

  constructor(options: CostMeterOptions) {
    this.#options = options;
    this.#pricer = new CostPricer(options.schema);
    this.#feeds = new FeedAccounts(options.buckets);
  }

  check(context: Context): void {
    const caller = this.callerOf(context);
    // Of a plan that isn't known yet: its buckets would begin with what the standard one holds. `reserve` waits for it.
    if (caller instanceof Promise) return;
    const levels = this.#options.buckets.levels(caller.buckets);
    for (const level of levels) {
      if (!holds(level, minOperationPrice)) this.#refuse(caller, levels, minOperationPrice, context);
    }
  }

  price(
    { document, operation, coerced, extensions }: Omit<PreparedOperation, "price">,
    principal: Principal,
  ): MeteredPrice {
    const plan = this.#pricer.planOf(document, operation, coerced);
    const requested = plan.requested(coerced);
    const isDryRun = extensions["explain"] === true;
    const maximum = maximumFor(principal);
    if (requested <= maximum || isDryRun) return { requested, isDryRun, plan };
    throw new AppError(
      "COST_EXCEEDED",
      `The operation costs ${requested}; ${maximum} are allowed. Ask for less at once.`,
      {
        details: { requested, maximum, dearest: pricesByPath(plan.plan, coerced).slice(0, maxDearest) },
      },
    );
  }

  reserve(operation: PreparedOperation, context: Context): Reservation | Promise<Reservation> {
    const caller = this.callerOf(context);
    return caller instanceof Promise
      ? caller.then((known) => this.#reserve(operation, known, context))
      : this.#reserve(operation, caller, context);
  }

  refused(context: Context): void {
    if (context.answer?.extensions?.["cost"] !== undefined) return; // it was counted, or it was refused for its cost
    const caller = this.#knownCaller(context);
    const levels = this.#options.buckets.give(caller.buckets, -minOperationPrice);
    tell(context, { requested: minOperationPrice, actual: minOperationPrice, throttle: tightest(caller, levels) });
  }

  meter(sink: FeedSink, { price }: PreparedOperation, context: Context): FeedSink {
    return this.#feeds.meter(sink, this.#knownCaller(context), price?.requested ?? minOperationPrice);
  }

  /** Whose buckets pay for the caller's operations. */
  callerOf({ principal, address }: Context): Caller | Promise<Caller> {
    const { plans } = this.#options;
    const plan = principal.kind === "ANONYMOUS" ? plans.standard : plans.of(principal.tenantId);
    return plan instanceof Promise
      ? plan.then((known) => this.#callers.of(principal, address, known))
      : this.#callers.of(principal, address, plan);
  }

  /** By this process' account, in thousandths. */
  levelsOf({ buckets }: Caller): readonly number[] {
    return this.#options.buckets.levels(buckets);
  }

  /** The most that one operation of the caller may cost. */
  maximumOf({ principal }: Context): number {
    return maximumFor(principal);
  }

  /** Without waiting: of a tenant that nobody has heard of yet it takes the plan to be the standard one. */
  #knownCaller(context: Context): Caller {
    const caller = this.callerOf(context);
    return caller instanceof Promise
      ? this.#callers.of(context.principal, context.address, this.#options.plans.standard)
      : caller;
  }

  #reserve(operation: PreparedOperation, caller: Caller, context: Context): Reservation | Promise<Reservation> {
    const price = operation.price as MeteredPrice;
    const reserved = price.isDryRun ? minOperationPrice : price.requested;
    const taken = this.#options.buckets.take(caller.buckets, reserved);
    const finish = ({ isTaken }: Taken): Reservation => {
      if (!isTaken) this.#refuseRead(caller, reserved, context);
      return { settle: (result) => this.#settle(operation, price, { caller, reserved, result, context }) };
    };
    return taken instanceof Promise ? taken.then(finish) : finish(taken);
  }

  #settle(
    { coerced }: PreparedOperation,
    { plan, isDryRun, requested }: MeteredPrice,
    { caller, reserved, result, context }: SettledOperation,
  ): void {
    const { buckets } = this.#options;
    const actual = result === undefined ? 0 : isDryRun ? minOperationPrice : plan.actual(result.data);
    const throttle = tightest(caller, buckets.give(caller.buckets, reserved - actual));
    const cost = { requested, actual, throttle };
    tell(context, isDryRun ? { ...cost, ...explanation(plan, coerced, context.principal) } : cost);
  }

  /**
   * To be parsed, validated and priced costs us the most of a small operation. It takes the least price of what is left: who sends
   * one document after the other that he can't pay for has nothing left soon, and is refused before they are read.
   */
  #refuseRead(caller: Caller, price: number, context: Context): never {
    const levels = this.#options.buckets.give(caller.buckets, -minOperationPrice);
    this.#refuse(caller, levels, price, context, minOperationPrice);
  }

  #refuse(caller: Caller, levels: readonly number[], price: number, context: Context, actual = 0): never {
    const cost: CostExtension = { requested: price, actual, throttle: tightest(caller, levels) };
    tell(context, cost);
    throw new AppError(
      "RATE_LIMITED",
      "Your operations cost more than your limit restores. Wait before the next one.",
      {
        reason: "COST",
        details: { retryAfterMs: retryAfterMs(caller, levels, price), cost },
      },
    );
  }
}

interface SettledOperation {
  readonly caller: Caller;
  readonly reserved: number;
  readonly result: ExecutionResult | undefined;
  readonly context: Context;
}

function maximumFor({ kind }: Principal): number {
  return kind === "PUBLISHABLE_KEY" ? maxPublishablePrice : maxOperationPrice;
}

/** What a dry run tells beside the price. */
function explanation({ plan }: PricedPlan, variables: PreparedOperation["coerced"], principal: Principal) {
  return { maximum: maximumFor(principal), paths: pricesByPath(plan, variables) };
}

function tell({ answer }: Context, cost: CostExtension): void {
  if (answer === undefined) return;
  answer.extend("cost", cost);
  for (const [name, value] of rateLimitHeaders(cost.throttle)) answer.setHeader(name, value);
}
