import type { Page } from "../../schema/connection.ts";
import type {
  ArchiveSessionTypeInput,
  CreateSessionTypeInput,
  UpdateSessionTypeInput,
} from "../../schema/session-type-inputs.ts";
import type {
  ArchiveSessionTypePayload,
  CreateSessionTypePayload,
  UpdateSessionTypePayload,
} from "../../schema/session-type-payloads.ts";
import type { SessionType, SessionTypesArgs } from "../../schema/session-type.ts";
import type { Database } from "../db/database.ts";
import type { Session } from "../db/session.ts";
import type { JournalType } from "../journal/journal-types.ts";
import type { JournalService, Transaction } from "../journal/journal.service.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import { cursorAfter } from "../operations/cursor-after.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { toUuid } from "../operations/ids.ts";
import { paginate } from "../operations/paginate.ts";
import { newUuid } from "../operations/uuid.ts";
import {
  readSessionType,
  type SessionTypeContent,
  type SessionTypeText,
  textOf,
  toSessionType,
} from "./session-type-content.ts";
import { sessionTypeList } from "./session-type-list.ts";
import { findSessionTypes, type SessionTypeRow } from "./session-type-row.ts";
import {
  insertSessionType,
  lockSessionType,
  markArchived,
  missingResources,
  rewriteSessionType,
} from "./session-type-store.ts";

const field = ["input", "id"];
const notFound = { code: "NOT_FOUND", message: "There is no such session type.", field } as const;

/** What can be booked. */
export class SessionTypesService {
  readonly #database: Database;
  readonly #journal: JournalService;
  readonly #cursors: CursorCodec;

  constructor(database: Database, journal: JournalService, cursors: CursorCodec) {
    this.#database = database;
    this.#journal = journal;
    this.#cursors = cursors;
  }

  async sessionType(context: Context, id: string): Promise<SessionType | null> {
    const uuid = toUuid("SessionType", id);
    return uuid === null ? null : ((await this.byIds(context, [uuid])).get(uuid) ?? null);
  }

  async sessionTypes(context: Context, args: SessionTypesArgs): Promise<Page<SessionType>> {
    const { tenantId } = authorizedScope(context, "calendar:read");
    return this.#database.read(tenantId, (session) =>
      paginate(session, this.#cursors, sessionTypeList(args.includeArchived), args),
    );
  }

  /** Archived ones, too: sessions of theirs may be to come. */
  async byIds(context: Context, uuids: readonly string[]): Promise<Map<string, SessionType>> {
    const { tenantId } = authorizedScope(context, "calendar:read");
    const rows = await this.#database.read(tenantId, (session) => findSessionTypes(session, uuids));
    return new Map(rows.map((row) => [row.id, toSessionType(row)]));
  }

  async createSessionType(context: Context, input: CreateSessionTypeInput): Promise<CreateSessionTypePayload> {
    const scope = authorizedScope(context, "calendar:write");
    const read = readSessionType(input);
    if ("userErrors" in read) return { sessionType: null, cursor: null, userErrors: read.userErrors };
    const { result, position } = await this.#journal.mutate(scope, async (transaction) => {
      const userErrors = await missing(transaction, read.content);
      if (userErrors.length > 0) return { sessionType: null, userErrors };
      const row = await insertSessionType(transaction, newUuid(), read.content);
      record(transaction, row, "session_type.created", { ...textOf(row) });
      return { sessionType: toSessionType(row), userErrors: [] };
    });
    return { cursor: cursorAfter(this.#cursors, scope.tenantId, position), ...result };
  }

  async updateSessionType(context: Context, input: UpdateSessionTypeInput): Promise<UpdateSessionTypePayload> {
    const scope = authorizedScope(context, "calendar:write");
    const { id, expectedVersion, ...changes } = input;
    const uuid = toUuid("SessionType", id);
    const { result, position } = await this.#journal.mutate(
      scope,
      async (transaction): Promise<Omit<UpdateSessionTypePayload, "cursor">> => {
        const before = uuid === null ? undefined : await lockSessionType(transaction, uuid);
        if (before === undefined) return { sessionType: null, userErrors: [notFound] };
        if (expectedVersion != null && expectedVersion !== before.version) {
          return { sessionType: toSessionType(before), userErrors: [conflict] };
        }
        const text = { ...textOf(before), ...withoutNulls(changes) };
        const read = readSessionType(text);
        if ("userErrors" in read) return { sessionType: null, userErrors: read.userErrors };
        const userErrors = await missing(transaction, read.content);
        if (userErrors.length > 0) return { sessionType: null, userErrors };
        const changed = changedFields(before, read.content);
        if (Object.keys(changed.after).length === 0) return { sessionType: toSessionType(before), userErrors: [] };
        const row = await rewriteSessionType(transaction, before.id, read.content);
        record(transaction, row, "session_type.updated", changed);
        return { sessionType: toSessionType(row), userErrors: [] };
      },
    );
    return { cursor: cursorAfter(this.#cursors, scope.tenantId, position), ...result };
  }

  async archiveSessionType(context: Context, { id }: ArchiveSessionTypeInput): Promise<ArchiveSessionTypePayload> {
    const scope = authorizedScope(context, "calendar:write");
    const uuid = toUuid("SessionType", id);
    const { result, position } = await this.#journal.mutate(scope, async (transaction) => {
      const before = uuid === null ? undefined : await lockSessionType(transaction, uuid);
      if (before === undefined) return { sessionType: null, userErrors: [notFound] };
      if (before.archivedAt !== null) return { sessionType: toSessionType(before), userErrors: [] };
      const row = await markArchived(transaction, before.id, context.now);
      record(transaction, row, "session_type.archived", {});
      return { sessionType: toSessionType(row), userErrors: [] };
    });
    return { cursor: cursorAfter(this.#cursors, scope.tenantId, position), ...result };
  }
}

async function missing(session: Session, content: SessionTypeContent) {
  const { coaches, rooms } = await missingResources(session, content);
  const message = (what: string) => `One of the ${what} doesn't exist.`;
  return [
    ...(coaches
      ? [{ code: "COACH_NOT_FOUND" as const, message: message("coaches"), field: ["input", "coachIds"] }]
      : []),
    ...(rooms ? [{ code: "ROOM_NOT_FOUND" as const, message: message("rooms"), field: ["input", "roomIds"] }] : []),
  ];
}

/** The fields that really change, before and after. */
function changedFields(before: SessionTypeRow, content: SessionTypeContent) {
  const old: Readonly<Record<string, unknown>> = { ...textOf(before) };
  const now: Readonly<Record<string, unknown>> = {
    ...textOf({ ...before, ...content, creditCost: BigInt(content.creditCost) }),
  };
  const names = Object.keys(content).filter((name) => JSON.stringify(old[name]) !== JSON.stringify(now[name]));
  const pick = (from: Readonly<Record<string, unknown>>) => Object.fromEntries(names.map((name) => [name, from[name]]));
  return { before: pick(old), after: pick(now) };
}

function withoutNulls(changes: Omit<UpdateSessionTypeInput, "id" | "expectedVersion">): Partial<SessionTypeText> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value != null));
}

function record(
  transaction: Transaction,
  row: SessionTypeRow,
  type: JournalType,
  data: Readonly<Record<string, unknown>>,
) {
  transaction.record({ type, subjectType: "SessionType", subjectId: row.id, data });
}

const conflict = {
  code: "CONFLICT",
  message: "Somebody else has changed the session type meanwhile.",
  field: ["input", "expectedVersion"],
} as const;
