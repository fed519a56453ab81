import { randomBytes } from "node:crypto";
import type { Page } from "../../schema/connection.ts";
import type {
  ChangeVariantsInput,
  CreateExperimentInput,
  ExperimentVariantInput,
  UpdateExperimentInput,
} from "../../schema/experiment-inputs.ts";
import type {
  ChangeVariantsPayload,
  CreateExperimentPayload,
  UpdateExperimentPayload,
} from "../../schema/experiment-payloads.ts";
import type { Experiment, ExperimentsArgs } from "../../schema/experiment.ts";
import type { Database } from "../db/database.ts";
import type { JournalService } from "../journal/journal.service.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import { cursorAfter } from "../operations/cursor-after.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { mentionsDuration } from "../operations/filter.ts";
import { toUuid } from "../operations/ids.ts";
import { paginate } from "../operations/paginate.ts";
import { loadTenantSettings } from "../operations/tenant-settings.ts";
import { newUuid } from "../operations/uuid.ts";
import { changeVariants } from "./change-variants.ts";
import { type ExperimentContent, readContent } from "./experiment-content.ts";
import { compileExperimentFilter, experimentList } from "./experiment-list.ts";
import { contentOf, toExperiment, type VariantRow } from "./experiment-row.ts";
import {
  findExperimentByKey,
  findExperiments,
  insertExperiment,
  lockExperiment,
  reread,
  rewriteExperiment,
  rewriteVariants,
} from "./experiment-store.ts";
import { recordExperiment } from "./record-experiment.ts";
import { rewriteWeights } from "./refresh-weights.ts";
import { checkVariants, isKey } from "./variant-rules.ts";

export interface ExperimentsOptions {
  readonly database: Database;
  readonly journal: JournalService;
  readonly cursors: CursorCodec;
}

const notFound = { code: "NOT_FOUND", message: "There is no such experiment.", field: ["input", "id"] } as const;
const conflict = {
  code: "CONFLICT",
  message: "Somebody else has changed the experiment meanwhile.",
  field: ["input", "expectedVersion"],
} as const;
const concluded = { code: "ALREADY_CONCLUDED", message: "The experiment has ended.", field: ["input", "id"] } as const;

/** What is tried. How it begins and ends: ExperimentLifecycleService; who gets what: AssignmentsService. */
export class ExperimentsService {
  readonly #options: ExperimentsOptions;

  constructor(options: ExperimentsOptions) {
    this.#options = options;
  }

  async experiment(
    context: Context,
    { id, key }: { readonly id: string | null; readonly key: string | null },
  ): Promise<Experiment | null> {
    const { tenantId } = authorizedScope(context, "experiment:read");
    const uuid = id === null ? null : toUuid("Experiment", id);
    const row = await this.#options.database.read(tenantId, async (session) => {
      if (key !== null && id === null) return findExperimentByKey(session, key);
      return uuid === null ? undefined : (await findExperiments(session, [uuid]))[0];
    });
    return row === undefined || (key !== null && row.key !== key) ? null : toExperiment(row);
  }

  async experiments(context: Context, args: ExperimentsArgs): Promise<Page<Experiment>> {
    const { tenantId } = authorizedScope(context, "experiment:read");
    const { database, cursors } = this.#options;
    return database.read(tenantId, async (session) => {
      const timeZone = mentionsDuration(args.filter) ? (await loadTenantSettings(session)).timeZone : "UTC";
      const filter = compileExperimentFilter(args.filter, { now: context.now, timeZone });
      return paginate(session, cursors, experimentList(filter, args.orderBy), args);
    });
  }

  async byIds(context: Context, uuids: readonly string[]): Promise<Map<string, Experiment>> {
    const { tenantId } = authorizedScope(context, "experiment:read");
    const rows = await this.#options.database.read(tenantId, (session) => findExperiments(session, uuids));
    return new Map(rows.map((row) => [row.id, toExperiment(row)]));
  }

  async createExperiment(context: Context, input: CreateExperimentInput): Promise<CreateExperimentPayload> {
    const scope = authorizedScope(context, "experiment:write");
    const { journal, cursors } = this.#options;
    const variants = input.variants.map(newVariant);
    const { hypothesis, allocation, mode, metric, coverage, holdout, conversionWindowHours } = input;
    const read = readContent({
      name: input.name ?? input.key,
      hypothesis,
      allocation,
      mode,
      metric,
      coverage,
      holdout,
      conversionWindowHours,
      targeting: input.targeting ?? null,
      namespace: input.namespace ?? null,
    });
    const userErrors = [
      ...(isKey(input.key) ? [] : [keyInvalid]),
      ...("userErrors" in read ? read.userErrors : []),
      ...checkVariants(variants, "variants"),
    ];
    if (userErrors.length > 0 || "userErrors" in read) return { experiment: null, cursor: null, userErrors };

    // Chance, not the key: an experiment that is made again shares its subjects out anew.
    const identity = { id: newUuid(), key: input.key, salt: randomBytes(12).toString("base64url") };
    const { result, position } = await journal.mutate(scope, async (transaction) => {
      const row = await insertExperiment(transaction, identity, read.content, variants);
      if (row === undefined) return { experiment: null, userErrors: [keyTaken] };
      recordExperiment(transaction, row, "experiment.created", { key: row.key, ...read.content, variants });
      return { experiment: toExperiment(row), userErrors: [] };
    });
    return { ...result, cursor: cursorAfter(cursors, scope.tenantId, position) };
  }

  async updateExperiment(context: Context, input: UpdateExperimentInput): Promise<UpdateExperimentPayload> {
    const scope = authorizedScope(context, "experiment:write");
    const { journal, cursors } = this.#options;
    const { id, expectedVersion, ...changes } = input;
    const uuid = toUuid("Experiment", id);
    const { result, position } = await journal.mutate(
      scope,
      async (transaction): Promise<Omit<UpdateExperimentPayload, "cursor">> => {
        const before = uuid === null ? undefined : await lockExperiment(transaction, uuid);
        if (before === undefined) return { experiment: null, userErrors: [notFound] };
        if (expectedVersion != null && expectedVersion !== before.version) {
          return { experiment: toExperiment(before), userErrors: [conflict] };
        }
        if (before.status === "CONCLUDED") return { experiment: null, userErrors: [concluded] };
        const content = contentOf(before);
        const read = readContent(changed(content, changes));
        if ("userErrors" in read) return { experiment: null, userErrors: read.userErrors };
        const fields = differences(content, read.content);
        if (fields.length === 0) return { experiment: toExperiment(before), userErrors: [] };
        const settled = before.status === "DRAFT" ? [] : fields.filter((field) => !freeFields.has(field));
        if (settled.length > 0) return { experiment: null, userErrors: settled.map(alreadyStarted) };
        const row = await rewriteExperiment(transaction, before.id, read.content);
        const pick = (from: ExperimentContent) => Object.fromEntries(fields.map((field) => [field, from[field]]));
        recordExperiment(transaction, row, "experiment.updated", { before: pick(content), after: pick(read.content) });
        return { experiment: toExperiment(row), userErrors: [] };
      },
    );
    return { ...result, cursor: cursorAfter(cursors, scope.tenantId, position) };
  }

  async changeVariants(context: Context, input: ChangeVariantsInput): Promise<ChangeVariantsPayload> {
    const scope = authorizedScope(context, "experiment:write");
    const { journal, cursors } = this.#options;
    const { id, expectedVersion, add, change, remove } = input;
    const uuid = toUuid("Experiment", id);
    const { result, position } = await journal.mutate(
      scope,
      async (transaction): Promise<Omit<ChangeVariantsPayload, "cursor">> => {
        const before = uuid === null ? undefined : await lockExperiment(transaction, uuid);
        if (before === undefined) return { experiment: null, userErrors: [notFound] };
        if (expectedVersion != null && expectedVersion !== before.version) {
          return { experiment: toExperiment(before), userErrors: [conflict] };
        }
        if (before.status === "CONCLUDED") return { experiment: null, userErrors: [concluded] };
        const read = changeVariants(before, { change, remove, add: add.map(newVariant) });
        if ("userErrors" in read) return { experiment: null, userErrors: read.userErrors };
        await rewriteVariants(transaction, before.id, read.variants);
        await rewriteWeights(transaction, await reread(transaction, before.id));
        const row = await reread(transaction, before.id);
        recordExperiment(transaction, row, "experiment.variants_changed", {
          before: before.variants,
          after: row.variants,
        });
        return { experiment: toExperiment(row), userErrors: [] };
      },
    );
    return { ...result, cursor: cursorAfter(cursors, scope.tenantId, position) };
  }
}

/** What may change while an experiment runs: nothing that decides about subjects or counts. */
const freeFields: ReadonlySet<keyof ExperimentContent> = new Set(["name", "hypothesis"]);

const keyInvalid = {
  code: "KEY_INVALID",
  message: "A key is a letter, then letters, digits, _ and -, at most 64.",
  field: ["input", "key"],
} as const;
const keyTaken = { code: "KEY_TAKEN", message: "Another experiment has this key.", field: ["input", "key"] } as const;

function alreadyStarted(field: string) {
  const message = `After the start ${field} stays as it is: what was counted before would mean something else.`;
  return { code: "ALREADY_STARTED" as const, message, field: ["input", field] };
}

function newVariant({ key, name, payload, weight }: ExperimentVariantInput): VariantRow {
  return { key, name: name ?? key, payload: payload ?? {}, weight, state: "ACTIVE" };
}

/** Null leaves as it is what always has a value, and takes the targeting and the namespace away. */
function changed(
  content: ExperimentContent,
  changes: Omit<UpdateExperimentInput, "id" | "expectedVersion">,
): ExperimentContent {
  const { targeting, namespace, ...others } = changes;
  return {
    ...content,
    ...Object.fromEntries(Object.entries(others).filter(([, value]) => value != null)),
    ...(targeting === undefined ? {} : { targeting }),
    ...(namespace === undefined ? {} : { namespace }),
  };
}

function differences(before: ExperimentContent, after: ExperimentContent): (keyof ExperimentContent)[] {
  const fields = Object.keys(before) as (keyof ExperimentContent)[];
  return fields.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
}
