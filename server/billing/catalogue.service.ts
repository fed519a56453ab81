import type { Page } from "../../schema/connection.ts";
import type {
  AddExampleCatalogueInput,
  CreatePackInput,
  CreatePlanInput,
  UpdatePackInput,
  UpdatePlanInput,
  WithdrawPackInput,
  WithdrawPlanInput,
} from "../../schema/plan-inputs.ts";
import type {
  AddExampleCataloguePayload,
  CreatePackPayload,
  CreatePlanPayload,
  UpdatePackPayload,
  UpdatePlanPayload,
  WithdrawPackPayload,
  WithdrawPlanPayload,
} from "../../schema/plan-payloads.ts";
import type { CatalogueArgs, Pack, Plan } from "../../schema/plan.ts";
import type { Database } from "../db/database.ts";
import type { JournalType } from "../journal/journal-types.ts";
import type { JournalService, Transaction } from "../journal/journal.service.ts";
import { isAllowed } from "../operations/authorize.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import { cursorAfter } from "../operations/cursor-after.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { toUuid } from "../operations/ids.ts";
import { paginate } from "../operations/paginate.ts";
import { newUuid } from "../operations/uuid.ts";
import { examplePacks, examplePlans } from "./example-catalogue.ts";
import { checkPack, checkPlan, isKey } from "./offer-rules.ts";
import {
  findPackByKey,
  findPacks,
  insertPack,
  lockPack,
  packList,
  type PackRow,
  rewritePack,
  toPack,
} from "./pack-row.ts";
import {
  findPlanByKey,
  findPlans,
  insertPlan,
  lockPlan,
  planList,
  type PlanRow,
  rewritePlan,
  toPlan,
} from "./plan-row.ts";

export interface CatalogueOptions {
  readonly database: Database;
  readonly journal: JournalService;
  readonly cursors: CursorCodec;
}

const keyInvalid = {
  code: "KEY_INVALID",
  message: "A key has 1 to 50 capital letters, digits and _, and begins with a letter.",
  field: ["input", "key"],
} as const;
const keyTaken = { code: "KEY_TAKEN", message: "The key is taken.", field: ["input", "key"] } as const;
const notFound = { code: "NOT_FOUND", message: "There is none with this id.", field: ["input", "id"] } as const;
const conflict = {
  code: "CONFLICT",
  message: "Somebody else has changed it meanwhile.",
  field: ["input", "expectedVersion"],
} as const;
const currencyFixed = {
  code: "CURRENCY_FIXED",
  message: "Subscribers pay in the plan's currency: make another plan.",
  field: ["input", "price"],
} as const;
const packCurrencyFixed = { ...currencyFixed, message: "A pack keeps its currency: make another pack." } as const;

/** What a tenant sells. */
export class CatalogueService {
  readonly #options: CatalogueOptions;

  constructor(options: CatalogueOptions) {
    this.#options = options;
  }

  plans(context: Context, args: CatalogueArgs): Promise<Page<Plan>> {
    const { tenantId } = authorizedScope(context, "catalogue:read");
    const { database, cursors } = this.#options;
    const list = planList(args.includeWithdrawn && isAllowed(context.principal, "catalogue:write"));
    return database.read(tenantId, (session) => paginate(session, cursors, list, args));
  }

  packs(context: Context, args: CatalogueArgs): Promise<Page<Pack>> {
    const { tenantId } = authorizedScope(context, "catalogue:read");
    const { database, cursors } = this.#options;
    const list = packList(args.includeWithdrawn && isAllowed(context.principal, "catalogue:write"));
    return database.read(tenantId, (session) => paginate(session, cursors, list, args));
  }

  /** Withdrawn ones, too: who has one sees what it is. */
  async plansByIds(context: Context, ids: readonly string[]): Promise<Map<string, Plan>> {
    const { tenantId } = authorizedScope(context, "catalogue:read");
    const rows = await this.#options.database.read(tenantId, (session) => findPlans(session, ids));
    return new Map(rows.map((row) => [row.id, toPlan(row)]));
  }

  async packsByIds(context: Context, ids: readonly string[]): Promise<Map<string, Pack>> {
    const { tenantId } = authorizedScope(context, "catalogue:read");
    const rows = await this.#options.database.read(tenantId, (session) => findPacks(session, ids));
    return new Map(rows.map((row) => [row.id, toPack(row)]));
  }

  createPlan(context: Context, input: CreatePlanInput): Promise<CreatePlanPayload> {
    return this.#mutate(context, async (tx) => {
      const row = newPlan(input, context.now);
      const userErrors = [...(isKey(row.key) ? [] : [keyInvalid]), ...checkPlan(row)];
      if (userErrors.length > 0) return { plan: null, userErrors };
      const written = await insertPlan(tx, row);
      if (written === undefined) {
        const same = await findPlanByKey(tx, row.key);
        return { plan: same === undefined ? null : toPlan(same), userErrors: [keyTaken] };
      }
      record(tx, "Plan", "plan.created", written);
      return { plan: toPlan(written), userErrors: [] };
    });
  }

  updatePlan(context: Context, { id, expectedVersion, price, ...input }: UpdatePlanInput): Promise<UpdatePlanPayload> {
    const uuid = toUuid("Plan", id);
    return this.#mutate(context, async (tx): Promise<Omit<UpdatePlanPayload, "cursor">> => {
      const before = uuid === null ? undefined : await lockPlan(tx, uuid, { forUpdate: true });
      if (before === undefined) return { plan: null, userErrors: [notFound] };
      if (expectedVersion != null && expectedVersion !== before.version)
        return { plan: toPlan(before), userErrors: [conflict] };
      const row: PlanRow = {
        ...before,
        name: input.name ?? before.name,
        description: input.description === undefined ? before.description : input.description,
        amount_minor: price?.amountMinor ?? before.amount_minor,
        currency: price?.currency ?? before.currency,
        credits_per_month: input.creditsPerMonth ?? before.credits_per_month,
        rollover: input.rollover ?? before.rollover,
        rollover_cap: capOf(input.rollover ?? before.rollover, input.rolloverCap, before.rollover_cap),
        ai_subjects: input.aiSubjects ?? before.ai_subjects,
        learner_limit: input.learnerLimit === undefined ? before.learner_limit : input.learnerLimit,
        ai_message_limit: input.aiMessageLimit === undefined ? before.ai_message_limit : input.aiMessageLimit,
      };
      const userErrors = [...checkPlan(row), ...(row.currency === before.currency ? [] : [currencyFixed])];
      if (userErrors.length > 0) return { plan: toPlan(before), userErrors };
      const written = await rewritePlan(tx, row);
      if (written === undefined) return { plan: toPlan(before), userErrors: [conflict] };
      record(tx, "Plan", "plan.updated", written);
      return { plan: toPlan(written), userErrors: [] };
    });
  }

  withdrawPlan(context: Context, { id }: WithdrawPlanInput): Promise<WithdrawPlanPayload> {
    const uuid = toUuid("Plan", id);
    return this.#mutate(context, async (tx): Promise<Omit<WithdrawPlanPayload, "cursor">> => {
      const before = uuid === null ? undefined : await lockPlan(tx, uuid, { forUpdate: true });
      if (before === undefined) return { plan: null, userErrors: [notFound] };
      if (before.withdrawn_at !== null) return { plan: toPlan(before), userErrors: [] };
      const written = (await rewritePlan(tx, { ...before, withdrawn_at: context.now })) ?? before;
      record(tx, "Plan", "plan.withdrawn", written);
      return { plan: toPlan(written), userErrors: [] };
    });
  }

  createPack(context: Context, input: CreatePackInput): Promise<CreatePackPayload> {
    return this.#mutate(context, async (tx) => {
      const row: PackRow = {
        ...fresh(context.now),
        key: input.key,
        name: input.name,
        description: input.description ?? null,
        amount_minor: input.price.amountMinor,
        currency: input.price.currency,
        credits: input.credits,
        expires_after_months: input.expiresAfterMonths ?? null,
      };
      const userErrors = [...(isKey(row.key) ? [] : [keyInvalid]), ...checkPack(row)];
      if (userErrors.length > 0) return { pack: null, userErrors };
      const written = await insertPack(tx, row);
      if (written === undefined) {
        const same = await findPackByKey(tx, row.key);
        return { pack: same === undefined ? null : toPack(same), userErrors: [keyTaken] };
      }
      record(tx, "Pack", "pack.created", written);
      return { pack: toPack(written), userErrors: [] };
    });
  }

  updatePack(context: Context, { id, expectedVersion, price, ...input }: UpdatePackInput): Promise<UpdatePackPayload> {
    const uuid = toUuid("Pack", id);
    return this.#mutate(context, async (tx): Promise<Omit<UpdatePackPayload, "cursor">> => {
      const before = uuid === null ? undefined : await lockPack(tx, uuid, { forUpdate: true });
      if (before === undefined) return { pack: null, userErrors: [notFound] };
      if (expectedVersion != null && expectedVersion !== before.version)
        return { pack: toPack(before), userErrors: [conflict] };
      const row: PackRow = {
        ...before,
        name: input.name ?? before.name,
        description: input.description === undefined ? before.description : input.description,
        amount_minor: price?.amountMinor ?? before.amount_minor,
        currency: price?.currency ?? before.currency,
        credits: input.credits ?? before.credits,
        expires_after_months:
          input.expiresAfterMonths === undefined ? before.expires_after_months : input.expiresAfterMonths,
      };
      const userErrors = [...checkPack(row), ...(row.currency === before.currency ? [] : [packCurrencyFixed])];
      if (userErrors.length > 0) return { pack: toPack(before), userErrors };
      const written = await rewritePack(tx, row);
      if (written === undefined) return { pack: toPack(before), userErrors: [conflict] };
      record(tx, "Pack", "pack.updated", written);
      return { pack: toPack(written), userErrors: [] };
    });
  }

  withdrawPack(context: Context, { id }: WithdrawPackInput): Promise<WithdrawPackPayload> {
    const uuid = toUuid("Pack", id);
    return this.#mutate(context, async (tx): Promise<Omit<WithdrawPackPayload, "cursor">> => {
      const before = uuid === null ? undefined : await lockPack(tx, uuid, { forUpdate: true });
      if (before === undefined) return { pack: null, userErrors: [notFound] };
      if (before.withdrawn_at !== null) return { pack: toPack(before), userErrors: [] };
      const written = (await rewritePack(tx, { ...before, withdrawn_at: context.now })) ?? before;
      record(tx, "Pack", "pack.withdrawn", written);
      return { pack: toPack(written), userErrors: [] };
    });
  }

  addExampleCatalogue(context: Context, { confirms }: AddExampleCatalogueInput): Promise<AddExampleCataloguePayload> {
    return this.#mutate(context, async (tx): Promise<Omit<AddExampleCataloguePayload, "cursor">> => {
      if (!confirms) {
        const error = {
          code: "NOT_CONFIRMED" as const,
          message: "Say `confirms: true`.",
          field: ["input", "confirms"],
        };
        return { plans: [], packs: [], userErrors: [error] };
      }
      const plans: PlanRow[] = [];
      for (const example of examplePlans) {
        const written = await insertPlan(tx, { ...fresh(context.now), ...example });
        if (written !== undefined) record(tx, "Plan", "plan.created", written);
        const row = written ?? (await findPlanByKey(tx, example.key));
        if (row !== undefined) plans.push(row);
      }
      const packs: PackRow[] = [];
      for (const example of examplePacks) {
        const written = await insertPack(tx, { ...fresh(context.now), ...example });
        if (written !== undefined) record(tx, "Pack", "pack.created", written);
        const row = written ?? (await findPackByKey(tx, example.key));
        if (row !== undefined) packs.push(row);
      }
      return { plans: plans.map(toPlan), packs: packs.map(toPack), userErrors: [] };
    });
  }

  async #mutate<T extends { readonly userErrors: readonly unknown[] }>(
    context: Context,
    work: (tx: Transaction) => Promise<T>,
  ): Promise<T & { cursor: string | null }> {
    const scope = authorizedScope(context, "catalogue:write");
    const { journal, cursors } = this.#options;
    const { result, position } = await journal.mutate(scope, work);
    return { ...result, cursor: cursorAfter(cursors, scope.tenantId, position) };
  }
}

function fresh(now: Date) {
  return { id: newUuid(), withdrawn_at: null, created_at: now, version: 1 };
}

function newPlan(input: CreatePlanInput, now: Date): PlanRow {
  return {
    ...fresh(now),
    key: input.key,
    name: input.name,
    description: input.description ?? null,
    amount_minor: input.price.amountMinor,
    currency: input.price.currency,
    interval: input.interval,
    credits_per_month: input.creditsPerMonth,
    rollover: input.rollover,
    rollover_cap: input.rolloverCap ?? null,
    ai_subjects: input.aiSubjects,
    learner_limit: input.learnerLimit ?? null,
    ai_message_limit: input.aiMessageLimit ?? null,
  };
}

/** A rule without a cap drops the old one, unless the caller insists on one. */
function capOf(rollover: PlanRow["rollover"], asked: bigint | null | undefined, before: bigint | null): bigint | null {
  return asked === undefined ? (rollover === "CAP" ? before : null) : asked;
}

/** Amounts are far below 2^53, so JSON's numbers hold them. */
function record(tx: Transaction, subjectType: "Plan" | "Pack", type: JournalType, row: PlanRow | PackRow): void {
  const { key, name, currency, version } = row;
  const credits = "credits" in row ? row.credits : row.credits_per_month;
  const data = { key, name, amountMinor: Number(row.amount_minor), currency, credits: Number(credits), version };
  tx.record({ type, subjectType, subjectId: row.id, data });
}
