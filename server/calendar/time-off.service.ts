import type { AddTimeOffInput, RemoveTimeOffInput } from "../../schema/availability-inputs.ts";
import type { AddTimeOffPayload, RemoveTimeOffPayload } from "../../schema/availability-payloads.ts";
import type { TimeOff } from "../../schema/availability.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import { cursorAfter } from "../operations/cursor-after.ts";
import { toId, toUuid } from "../operations/ids.ts";
import { type TimeOffRow, toTimeOff } from "./availability-row.ts";
import type { AvailabilityOptions } from "./availability.service.ts";
import { dayMs } from "./clock-time.ts";
import { type Conflict, deleteTimeOff, findConflicts, findTimeOff, insertTimeOff } from "./time-off-store.ts";

type AddTimeOffError = AddTimeOffPayload["userErrors"][number];

const maxDays = 731;
const maxReason = 500;

/** When coaches are away. A time off is a claim, so it can't be where a session is, nor the other way round. */
export class TimeOffService {
  readonly #options: AvailabilityOptions;

  constructor(options: AvailabilityOptions) {
    this.#options = options;
  }

  async addTimeOff(context: Context, input: AddTimeOffInput): Promise<AddTimeOffPayload> {
    const scope = authorizedScope(context, "availability:write");
    const { now } = context;
    const reason = input.reason.trim();
    const userErrors = checkTimeOff(input, reason, now);
    if (userErrors.length > 0) return { timeOff: null, conflicts: [], cursor: null, userErrors };
    const { result, position } = await this.#options.journal.mutate(scope, async (transaction) => {
      const coach = await this.#options.own.one(transaction, scope.principal, input.coachId);
      if (coach === undefined) return { timeOff: null, conflicts: [], userErrors: [coachNotFound] };
      const wanted = { coachId: coach.id, startsAt: input.startsAt, endsAt: input.endsAt, reason };
      const conflicts = await findConflicts(transaction, wanted, now);
      if (conflicts.length > 0) return refuse(conflicts);
      const id = await insertTimeOff(transaction, wanted, now);
      if (id === null) return refuse(await findConflicts(transaction, wanted, now));
      const row: TimeOffRow = { id, ...wanted };
      transaction.record({
        type: "availability.changed",
        subjectType: "Coach",
        subjectId: coach.id,
        data: { part: "TIME_OFF", before: null, after: described(row) },
        ...(reason === "" ? {} : { personal: { reason } }),
      });
      return { timeOff: toTimeOff(row), conflicts: [], userErrors: [] };
    });
    return { cursor: cursorAfter(this.#options.cursors, scope.tenantId, position), ...result };
  }

  async removeTimeOff(context: Context, { id }: RemoveTimeOffInput): Promise<RemoveTimeOffPayload> {
    const scope = authorizedScope(context, "availability:write");
    const uuid = toUuid("TimeOff", id);
    const { result, position } = await this.#options.journal.mutate(scope, async (transaction) => {
      const [row] = uuid === null ? [] : await findTimeOff(transaction, [uuid]);
      const coaches =
        row === undefined ? [] : await this.#options.own.among(transaction, scope.principal, [row.coachId]);
      const isGone = row !== undefined && coaches.length > 0 && (await deleteTimeOff(transaction, row.id));
      if (!isGone) {
        const message = "There is no such time off.";
        return { deletedId: null, userErrors: [{ code: "NOT_FOUND" as const, message, field: ["input", "id"] }] };
      }
      transaction.record({
        type: "availability.changed",
        subjectType: "Coach",
        subjectId: row.coachId,
        data: { part: "TIME_OFF", before: described(row), after: null },
      });
      return { deletedId: toId("TimeOff", row.id), userErrors: [] };
    });
    return { cursor: cursorAfter(this.#options.cursors, scope.tenantId, position), ...result };
  }

  async byIds(context: Context, uuids: readonly string[]): Promise<Map<string, TimeOff>> {
    const { tenantId, principal } = authorizedScope(context, "availability:read");
    return this.#options.database.read(tenantId, async (session) => {
      const rows = await findTimeOff(session, uuids);
      const own = await this.#options.own.among(
        session,
        principal,
        rows.map(({ coachId }) => coachId),
      );
      const visible = rows.filter(({ coachId }) => own.some((coach) => coach.id === coachId));
      return new Map(visible.map((row) => [row.id, toTimeOff(row)]));
    });
  }
}

function checkTimeOff({ startsAt, endsAt }: AddTimeOffInput, reason: string, now: Date): AddTimeOffError[] {
  const userErrors: AddTimeOffError[] = [];
  const length = endsAt.getTime() - startsAt.getTime();
  if (length <= 0 || length > maxDays * dayMs || endsAt <= now) {
    const message = "A time off ends after it begins, after now, and within two years.";
    userErrors.push({ code: "TIME_INVALID", message, field: ["input", "endsAt"] });
  }
  if (Array.from(reason).length > maxReason || /\p{Cc}/u.test(reason)) {
    const message = `A reason has at most ${maxReason} characters, none of them a control character.`;
    userErrors.push({ code: "REASON_INVALID", message, field: ["input", "reason"] });
  }
  return userErrors;
}

function refuse(found: readonly Conflict[]) {
  const booked = found.some(({ kind }) => kind === "BOOKING" || kind === "HOLD");
  const conflicts = found.map(({ startsAt, endsAt }) => ({ __typename: "TimeOffConflict" as const, startsAt, endsAt }));
  const error = booked
    ? {
        code: "SESSIONS_BOOKED" as const,
        message: "Sessions are booked in this time. Cancel or move them first.",
        field: null,
      }
    : { code: "OVERLAPS_TIME_OFF" as const, message: "A part of this time is taken off already.", field: null };
  return { timeOff: null, conflicts, userErrors: [error] };
}

function described({ startsAt, endsAt }: TimeOffRow): Record<string, unknown> {
  return { startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() };
}

const coachNotFound = {
  code: "COACH_NOT_FOUND",
  message: "There is no such coach.",
  field: ["input", "coachId"],
} as const;
