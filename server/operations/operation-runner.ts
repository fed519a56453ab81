import type { ExecutionResult, FormattedExecutionResult } from "graphql";
import { RunningStatements } from "../db/running-statements.ts";
import type { FairSlots } from "../fair-slots.ts";
import type { Log } from "../log.ts";
import { AppError } from "./app-error.ts";
import type { Context } from "./context.ts";
import type { CostGate, Reservation } from "./cost-gate.port.ts";
import type { DeprecationCounter } from "./deprecations.ts";
import type { Executor } from "./executor.ts";
import { requestKey } from "./idempotency-key.ts";
import { limits } from "./limits.ts";
import { thrownErrors, toGraphQLErrors } from "./operation-errors.ts";
import { OperationWatch } from "./operation-watch.ts";
import type {
  OperationParameters,
  OperationPipeline,
  OperationRequest,
  PreparedOperation,
} from "./prepare-operation.ts";
import { isTimeLimit, publicError } from "./public-error.ts";
import { logSlowOperation } from "./slow-operations.ts";
import { suggestedFirst } from "./suggested-first.ts";
import { interestOf, tenantTurns, turnOf } from "./tenant-turns.ts";
import type { FeedSink } from "./subscribe-sink.ts";
import type { NamedDocument } from "./trusted-text.ts";

export interface OperationRunnerOptions {
  readonly pipeline: OperationPipeline;
  readonly executor: Executor;
  readonly log: Log;
  /** Runs between admitting and executing a query or mutation, such as reading the journal's place. */
  readonly beforeExecution: (context: Context, rootFields: readonly string[]) => Promise<void> | undefined;
  /** Told of operations that use something deprecated. */
  readonly deprecations?: DeprecationCounter;
  readonly cost?: CostGate;
  readonly limits?: RunLimits;
}

export interface RunLimits {
  /** How long an operation may run. */
  readonly deadlineMs: number;
  /** From when on it is logged as slow. */
  readonly slowMs: number;
  /** How many of one tenant run, and how many wait, at a time. */
  readonly perTenant: { readonly running: number; readonly waiting: number };
}

/** An operation that may run now: once, by `run` or `answer`; a subscription by `open`. */
export interface AdmittedOperation {
  readonly prepared: PreparedOperation;
  readonly reservation: Reservation | null;
}

/**
 * The one place where all transports run operations: prepare → admit → run.
 * prepare: may the caller ask for this at all; nothing has happened yet (OperationPipeline).
 * admit: may it run now; takes what it costs. Whoever admits has to run it.
 * run: execute with a deadline, settle the cost, collect `extensions`. A subscription is opened instead.
 */
export class OperationRunner {
  readonly pipeline: OperationPipeline;
  readonly #options: OperationRunnerOptions;
  readonly #limits: RunLimits;
  readonly #turns: FairSlots;
  readonly #watch: OperationWatch;

  constructor(options: OperationRunnerOptions) {
    this.#options = options;
    this.pipeline = options.pipeline;
    this.#limits = options.limits ?? limits;
    this.#turns = tenantTurns(this.#limits.perTenant);
    this.#watch = new OperationWatch(this.#limits.deadlineMs);
  }

  /** What a request that arrives now takes for now. */
  readonly now = (): Date => this.#options.executor.now();

  /** Throws when the caller can't pay for anything: before any work is done for him. */
  check(context: Context): void {
    this.#options.cost?.check(context);
  }

  /** From what a caller sent to an operation that he may ask for. */
  async prepareReceived(context: Context, named: NamedDocument & OperationParameters): Promise<PreparedOperation> {
    this.check(context);
    const trusted = await this.pipeline.trust(context.principal, named);
    return this.prepare(context, { ...named, trusted });
  }

  prepare(context: Context, request: OperationRequest): PreparedOperation {
    const prepared = this.pipeline.prepare(context.principal, request);
    this.pipeline.countFreeText(context.principal, request.trusted);
    if (prepared.operation.operation === "mutation") {
      context.idempotencyKey = requestKey(context.idempotencyKey, prepared.extensions);
    }
    return prepared;
  }

  /** Takes the price from the caller's buckets, or throws. */
  admit(context: Context, prepared: PreparedOperation): AdmittedOperation | Promise<AdmittedOperation> {
    const { cost } = this.#options;
    if (cost === undefined) return { prepared, reservation: null };
    const reservation = cost.reserve(prepared, context);
    return reservation instanceof Promise
      ? reservation.then((known) => ({ prepared, reservation: known }))
      : { prepared, reservation };
  }

  /** Opens the feed of a subscription with a sink that is paid for by the message; one that can't be opened costs nothing. */
  async open<Feed>(
    context: Context,
    { prepared, reservation }: AdmittedOperation,
    sink: FeedSink,
    open: (sink: FeedSink) => Promise<Feed>,
  ): Promise<Feed> {
    this.#warn(context, prepared);
    try {
      return await open(this.#options.cost?.meter(sink, prepared, context) ?? sink);
    } catch (error) {
      reservation?.settle(undefined);
      throw error;
    }
  }

  /** Executes a query or mutation when it is its tenant's turn. Never throws; the errors are for publicError. */
  async run(context: Context, { prepared, reservation }: AdmittedOperation): Promise<ExecutionResult> {
    const startedAt = performance.now();
    const statements = new RunningStatements();
    this.#warn(context, prepared);
    let waitedMs = 0;
    let result: ExecutionResult;
    try {
      if (prepared.price?.isDryRun === true) result = { data: null };
      else {
        const turn = this.#turns.take(turnOf(context), interestOf(context));
        if (turn !== undefined) {
          await turn;
          waitedMs = performance.now() - startedAt;
        }
        result = await this.#execute(context, prepared, statements);
        this.#throwIfEnded(result, prepared, statements);
      }
    } catch (error) {
      result = { errors: toGraphQLErrors(error) };
    }
    const ms = performance.now() - startedAt;
    if (ms >= this.#limits.slowMs) {
      logSlowOperation(this.#options.log, { context, prepared, result, statements, ms, waitedMs });
    }
    try {
      reservation?.settle(result);
    } catch (error) {
      // The operation has had its effect: its result is worth more than an exact account.
      this.#options.log.error({ err: error, requestId: context.requestId }, "an operation's cost couldn't be settled");
    }
    const extensions = context.answer?.extensions;
    return extensions === undefined ? result : { ...result, extensions: { ...result.extensions, ...extensions } };
  }

  /** The same, as the caller may see it. */
  answer(context: Context, admitted: AdmittedOperation): Promise<FormattedExecutionResult> {
    return this.run(context, admitted).then((result) => {
      if (result.errors === undefined) return result as FormattedExecutionResult;
      return { ...result, errors: result.errors.map((error) => publicError(error, context, this.#options.log)) };
    });
  }

  /** The answer to an operation that was refused before it ran. */
  refusal(context: Context, thrown: unknown): FormattedExecutionResult {
    this.refused(context);
    const errors = thrownErrors(thrown).map((error) => publicError(error, context, this.#options.log));
    const extensions = context.answer?.extensions;
    return extensions === undefined ? { errors } : { errors, extensions: { ...extensions } };
  }

  /** Counts an operation that won't run. */
  refused(context: Context): void {
    this.#options.cost?.refused(context);
  }

  /** Tells the caller, and whoever counts, what the operation uses of the deprecated. */
  #warn({ answer, principal }: Context, { deprecated, price }: PreparedOperation): void {
    if (deprecated.length === 0) return;
    answer?.extend("deprecations", deprecated);
    if (price?.isDryRun !== true) this.#options.deprecations?.count(principal, deprecated);
  }

  /** Keeps its turn until the work has really ended, also when its caller has had his answer before. */
  #execute(
    context: Context,
    prepared: PreparedOperation,
    statements: RunningStatements,
  ): ExecutionResult | Promise<ExecutionResult> {
    const owner = turnOf(context);
    const begunAt = performance.now();
    let work: ExecutionResult | Promise<ExecutionResult>;
    try {
      work = statements.during(() => this.#begin(context, prepared));
    } catch (error) {
      this.#turns.give(owner);
      throw error;
    }
    if (!(work instanceof Promise)) {
      this.#turns.give(owner);
      return work;
    }
    return this.#watch.watch(work, {
      context,
      statements,
      isQuery: isQuery(prepared),
      timeout: () => this.#timeout(prepared),
      onEnd: () => this.#turns.give(owner, performance.now() - begunAt),
    });
  }

  /** What the deadline or its caller's leaving has cut short isn't told as if it were whole. */
  #throwIfEnded(result: ExecutionResult, prepared: PreparedOperation, statements: RunningStatements): void {
    // What a mutation has done by then is told, whatever else of it was ended.
    if (result.errors === undefined || (!isQuery(prepared) && result.data != null)) return;
    if (statements.reason !== undefined) throw statements.reason;
    if (result.data == null && result.errors.some(isTimeLimit)) throw this.#timeout(prepared);
  }

  #begin(context: Context, prepared: PreparedOperation): ExecutionResult | Promise<ExecutionResult> {
    const { beforeExecution, executor } = this.#options;
    const before = beforeExecution(context, prepared.rootFields);
    const execute = () => executor.execute({ ...prepared, context });
    return before === undefined ? execute() : before.then(execute);
  }

  #timeout(prepared: PreparedOperation): AppError {
    const first = suggestedFirst(this.pipeline.schema, prepared);
    return new AppError("EXECUTION_TIMEOUT", "The operation took too long. Ask for less at once.", {
      details: {
        ...(prepared.price === null ? {} : { cost: { requested: prepared.price.requested } }),
        ...(first === undefined ? {} : { suggestedFirst: first }),
      },
    });
  }
}

function isQuery({ operation }: PreparedOperation): boolean {
  return operation.operation === "query";
}
