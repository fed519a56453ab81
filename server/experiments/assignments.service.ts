import type {
  AssignAllInput,
  AssignAllPayload,
  AssignInput,
  AssignPayload,
  AssignmentReason,
  ExperimentAssignment,
  IdentifySubjectInput,
  IdentifySubjectPayload,
  RecordConversionInput,
  RecordConversionPayload,
} from "../../schema/experiment-assignment.ts";
import type { Database } from "../db/database.ts";
import type { Session } from "../db/session.ts";
import type { JournalService } from "../journal/journal.service.ts";
import { AppError } from "../operations/app-error.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import {
  type Drawn,
  type ExperimentOfSubject,
  findForSubject,
  findOpenForSubject,
  storeConversion,
  storeExposures,
  storeReassignment,
} from "./assignment-store.ts";
import type { Assignment } from "./evaluation/assignment.ts";
import { evaluate } from "./evaluation/evaluate.ts";
import { openWeights } from "./evaluation/open-weights.ts";
import { type Subject, toSubject } from "./evaluation/subject.ts";
import { eventName } from "./experiment-content.ts";
import { toDefinition } from "./experiment-row.ts";
import { identifySubject } from "./identify-subject.ts";
import { isSmallJson } from "./small-json.ts";
import type { WeightRefresher } from "./weight-refresher.ts";

export interface AssignmentsOptions {
  readonly database: Database;
  readonly journal: JournalService;
  readonly refresher: WeightRefresher;
}

/** Of one assignAll. */
const maxExperiments = 100;
const maxValue = 1_000_000_000_000;

/** Who gets which variant, and what they do. */
export class AssignmentsService {
  readonly #options: AssignmentsOptions;

  constructor(options: AssignmentsOptions) {
    this.#options = options;
  }

  async assign(context: Context, input: AssignInput): Promise<AssignPayload> {
    const scope = authorizedScope(context, "experiment:assign");
    const userErrors = checkSubject(input);
    if (userErrors.length > 0) return { assignment: null, cursor: null, userErrors };
    const subject = toSubject({ id: input.subjectId, attributes: input.attributes ?? {} });
    const { result } = await this.#options.journal.mutate(scope, async (transaction) => {
      const find = () => findForSubject(transaction, subject.id, input.experimentKey);
      const [assignment] = await enrol(transaction, subject, find, context.now);
      return assignment === undefined ? { assignment: null, userErrors: [notFound] } : { assignment, userErrors: [] };
    });
    return { ...result, cursor: null };
  }

  async assignAll(context: Context, input: AssignAllInput): Promise<AssignAllPayload> {
    const scope = authorizedScope(context, "experiment:assign");
    const userErrors = checkSubject(input);
    if (userErrors.length > 0) return { assignments: [], cursor: null, userErrors };
    const subject = toSubject({ id: input.subjectId, attributes: input.attributes ?? {} });
    const { result } = await this.#options.journal.mutate(scope, async (transaction) => {
      const find = () => findOpenForSubject(transaction, subject.id, maxExperiments);
      return { assignments: await enrol(transaction, subject, find, context.now), userErrors: [] };
    });
    return { ...result, cursor: null };
  }

  async peekAssignment(context: Context, input: AssignInput): Promise<ExperimentAssignment | null> {
    const { tenantId } = authorizedScope(context, "experiment:assign");
    const [refused] = checkSubject(input);
    if (refused !== undefined) throw new AppError("BAD_USER_INPUT", refused.message, { reason: "VARIABLES" });
    const subject = toSubject({ id: input.subjectId, attributes: input.attributes ?? {} });
    return this.#options.database.read(tenantId, async (session) => {
      const [row] = await findForSubject(session, subject.id, input.experimentKey);
      return row === undefined ? null : shown(row, subject.id, judge(tenantId, row, subject));
    });
  }

  async recordConversion(context: Context, input: RecordConversionInput): Promise<RecordConversionPayload> {
    const scope = authorizedScope(context, "experiment:assign");
    const event = eventName(input.event);
    const userErrors = [
      ...(event === null ? [eventInvalid] : []),
      ...checkSubject(input),
      ...(input.value >= 0 && input.value <= maxValue ? [] : [valueInvalid]),
    ].filter((error) => error.code !== "ATTRIBUTES_INVALID");
    if (event === null || userErrors.length > 0) return { countedFor: [], cursor: null, userErrors };
    const { journal, refresher } = this.#options;
    const { subjectId, value } = input;
    let touched: readonly string[] = [];
    const { result } = await journal.mutate(scope, async (transaction) => {
      const counted = await storeConversion(transaction, { event, subjectId, value }, context.now);
      touched = counted.map(({ id }) => id);
      return { countedFor: counted.map(({ key }) => key), userErrors: [] };
    });
    for (const id of touched) refresher.touch(scope.tenantId, id);
    return { ...result, cursor: null };
  }

  async identifySubject(context: Context, input: IdentifySubjectInput): Promise<IdentifySubjectPayload> {
    const scope = authorizedScope(context, "experiment:assign");
    const { visitorId, userId } = input;
    const userErrors = [
      ...(isSubject(visitorId) ? [] : [{ ...subjectInvalid, field: ["input", "visitorId"] }]),
      ...(isSubject(userId) ? [] : [{ ...subjectInvalid, field: ["input", "userId"] }]),
    ];
    const nothing = { inherited: [], differing: [], cursor: null };
    if (userErrors.length > 0) return { ...nothing, userErrors };
    const { result } = await this.#options.journal.mutate(scope, async (transaction) => {
      const { inherited, differing } = await identifySubject(transaction, visitorId, userId);
      return { inherited: [...inherited], differing: [...differing], userErrors: [] };
    });
    return { ...result, cursor: null };
  }
}

/** Draws and stores where it is the first time. What others store meanwhile wins: then it is read again. */
async function enrol(
  session: Session,
  subject: Subject,
  find: () => Promise<ExperimentOfSubject[]>,
  now: Date,
): Promise<ExperimentAssignment[]> {
  const rows = await find();
  const judged = rows.map((row) => ({ row, assignment: judge(session.tenantId, row, subject) }));
  const drawn = judged.filter(({ assignment }) => assignment.reason === "ASSIGNED").map(toDrawn);
  const stored = await storeExposures(session, subject.id, drawn, now);
  let isOvertaken = stored.size < drawn.length;
  for (const each of judged) {
    const before = each.row.stored?.variantKey;
    if (each.assignment.reason !== "REASSIGNED" || before === undefined) continue;
    if (!(await storeReassignment(session, subject.id, toDrawn(each), before))) isOvertaken = true;
  }
  const known = isOvertaken
    ? new Map((await find()).map((row) => [row.id, row]))
    : new Map<string, ExperimentOfSubject>();
  return judged.map(({ row, assignment }) => {
    const now = known.get(row.id);
    const isOwn = now === undefined || now.stored === null || stored.has(row.id);
    return isOwn ? shown(row, subject.id, assignment) : shown(now, subject.id, judge(session.tenantId, now, subject));
  });
}

function judge(tenantId: string, row: ExperimentOfSubject, subject: Subject): Assignment {
  return evaluate(toDefinition(tenantId, row), subject, { stored: row.stored });
}

function toDrawn({ row, assignment }: { row: ExperimentOfSubject; assignment: Assignment }): Drawn {
  const shares = openWeights(row.variants.map(({ key, state }) => ({ status: state, weight: row.weights[key] ?? 0 })));
  const weights = Object.fromEntries(row.variants.map(({ key }, index) => [key, shares?.[index] ?? 0]));
  return { experimentId: row.id, assignment, weights };
}

function shown(row: ExperimentOfSubject, subjectId: string, assignment: Assignment): ExperimentAssignment {
  const { variantKey, reason, weightVersion, probability } = assignment;
  return {
    experimentKey: row.key,
    subjectId,
    variantKey,
    payload: row.variants.find(({ key }) => key === variantKey)?.payload ?? null,
    reason: toReason(reason),
    weightVersion,
    probability,
  };
}

/** Previews aren't offered, and every subject has an id. */
function toReason(reason: Assignment["reason"]): AssignmentReason {
  if (reason === "FORCED" || reason === "NO_SUBJECT") throw new Error(`an assignment was ${reason}`);
  return reason;
}

function checkSubject({ subjectId, attributes }: { subjectId: string; attributes?: unknown }) {
  return [...(isSubject(subjectId) ? [] : [subjectInvalid]), ...(isSmallJson(attributes) ? [] : [attributesInvalid])];
}

function isSubject(text: string): boolean {
  return text.length >= 1 && text.length <= 200 && !/\p{Cc}/u.test(text);
}

const notFound = {
  code: "NOT_FOUND",
  message: "There is no experiment with this key.",
  field: ["input", "experimentKey"],
} as const;
const subjectInvalid = {
  code: "SUBJECT_INVALID",
  message: "A subject has 1 to 200 characters.",
  field: ["input", "subjectId"],
} as const;
const attributesInvalid = {
  code: "ATTRIBUTES_INVALID",
  message: "Attributes have at most 16 kB.",
  field: ["input", "attributes"],
} as const;
const eventInvalid = {
  code: "EVENT_INVALID",
  message: "An event's name has 1 to 100 characters.",
  field: ["input", "event"],
} as const;
const valueInvalid = {
  code: "VALUE_INVALID",
  message: "A value is 0 to 1,000,000,000,000.",
  field: ["input", "value"],
} as const;
