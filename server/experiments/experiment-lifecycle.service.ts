import type { UserErrorData } from "../../schema/errors.ts";
import type {
  ConcludeExperimentInput,
  PauseExperimentInput,
  ResumeExperimentInput,
  StartExperimentInput,
} from "../../schema/experiment-inputs.ts";
import type {
  ConcludeExperimentPayload,
  PauseExperimentPayload,
  ResumeExperimentPayload,
  StartExperimentPayload,
} from "../../schema/experiment-payloads.ts";
import type { Experiment } from "../../schema/experiment.ts";
import type { JournalService, Transaction } from "../journal/journal.service.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import { cursorAfter } from "../operations/cursor-after.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { toUuid } from "../operations/ids.ts";
import { type ExperimentRow, toExperiment } from "./experiment-row.ts";
import { hasCounted, lockExperiment, namespaceRivals, setStanding } from "./experiment-store.ts";
import { recordExperiment } from "./record-experiment.ts";

const field = ["input", "id"];
const notFound = { code: "NOT_FOUND", message: "There is no such experiment.", field } as const;
const notRunning = { code: "NOT_RUNNING", message: "The experiment is a draft, or has ended.", field } as const;

interface Changed<Code extends string> {
  readonly experiment: Experiment | null;
  readonly userErrors: UserErrorData<Code>[];
}

/** How experiments begin and end. */
export class ExperimentLifecycleService {
  readonly #journal: JournalService;
  readonly #cursors: CursorCodec;

  constructor(journal: JournalService, cursors: CursorCodec) {
    this.#journal = journal;
    this.#cursors = cursors;
  }

  startExperiment(context: Context, { id }: StartExperimentInput): Promise<StartExperimentPayload> {
    const none = { experiment: null, warnings: [] };
    const missing: Omit<StartExperimentPayload, "cursor"> = { ...none, userErrors: [notFound] };
    return this.#change(context, id, missing, async (transaction, before) => {
      if (before.status !== "DRAFT") {
        const message = "The experiment was started before.";
        return { ...none, userErrors: [{ code: "NOT_A_DRAFT" as const, message, field }] };
      }
      const rivals = await namespaceRivals(transaction, before);
      if (rivals.length > 0) {
        const message = `${rivals.join(", ")} has some of the same part of the namespace “${before.namespace ?? ""}”.`;
        return { ...none, userErrors: [{ code: "NAMESPACE_TAKEN" as const, message, field }] };
      }
      const warnings = (await hasCounted(transaction, before.metricEvent)) ? [] : [neverSent(before.metricEvent)];
      const standing = { status: "RUNNING", winnerKey: null, isRolledOut: false } as const;
      const row = await setStanding(transaction, before.id, standing, context.now);
      recordExperiment(transaction, row, "experiment.started", { variants: row.variants, weights: row.weights });
      return { experiment: toExperiment(row), warnings, userErrors: [] };
    });
  }

  pauseExperiment(context: Context, { id }: PauseExperimentInput): Promise<PauseExperimentPayload> {
    return this.#move(context, id, "PAUSED");
  }

  resumeExperiment(context: Context, { id }: ResumeExperimentInput): Promise<ResumeExperimentPayload> {
    return this.#move(context, id, "RUNNING");
  }

  concludeExperiment(context: Context, input: ConcludeExperimentInput): Promise<ConcludeExperimentPayload> {
    const none: Changed<"NOT_FOUND" | "NOT_RUNNING" | "WINNER_INVALID"> = { experiment: null, userErrors: [notFound] };
    return this.#change(context, input.id, none, async (transaction, before) => {
      if (before.status === "DRAFT" || before.status === "CONCLUDED") {
        return { experiment: null, userErrors: [notRunning] };
      }
      const winnerKey = input.winnerKey ?? null;
      const isServed = before.variants.some(({ key, state }) => key === winnerKey && state !== "DROPPED");
      if (winnerKey === null ? input.rollOut : !isServed) {
        const message = winnerKey === null ? "Say which variant to roll out." : `There is no variant “${winnerKey}”.`;
        const error = { code: "WINNER_INVALID" as const, message, field: ["input", "winnerKey"] };
        return { experiment: null, userErrors: [error] };
      }
      const standing = { status: "CONCLUDED", winnerKey, isRolledOut: input.rollOut } as const;
      const row = await setStanding(transaction, before.id, standing, context.now);
      recordExperiment(transaction, row, "experiment.concluded", { winnerKey, isRolledOut: input.rollOut });
      return { experiment: toExperiment(row), userErrors: [] };
    });
  }

  #move(context: Context, id: string, status: "RUNNING" | "PAUSED"): Promise<PauseExperimentPayload> {
    const none: Changed<"NOT_FOUND" | "NOT_RUNNING"> = { experiment: null, userErrors: [notFound] };
    return this.#change(context, id, none, async (transaction, before) => {
      if (before.status === "DRAFT" || before.status === "CONCLUDED") {
        return { experiment: null, userErrors: [notRunning] };
      }
      if (before.status === status) return { experiment: toExperiment(before), userErrors: [] };
      const standing = { status, winnerKey: null, isRolledOut: false };
      const row = await setStanding(transaction, before.id, standing, context.now);
      recordExperiment(transaction, row, status === "PAUSED" ? "experiment.paused" : "experiment.resumed", {});
      return { experiment: toExperiment(row), userErrors: [] };
    });
  }

  /** Changes an experiment that nobody else changes meanwhile. */
  async #change<Result extends { readonly userErrors: readonly unknown[] }>(
    context: Context,
    id: string,
    missing: Result,
    change: (transaction: Transaction, before: ExperimentRow) => Promise<Result>,
  ): Promise<Result & { cursor: string | null }> {
    const scope = authorizedScope(context, "experiment:write");
    const uuid = toUuid("Experiment", id);
    const { result, position } = await this.#journal.mutate(scope, async (transaction) => {
      const before = uuid === null ? undefined : await lockExperiment(transaction, uuid);
      return before === undefined ? missing : change(transaction, before);
    });
    return { ...result, cursor: cursorAfter(this.#cursors, scope.tenantId, position) };
  }
}

function neverSent(event: string): string {
  return `Nobody has sent the event “${event}” for an experiment so far: until somebody does, there is nothing to learn.`;
}
