import type { ConnectionArgs, Page } from "../../schema/connection.ts";
import type { ArchiveRoomInput, CreateRoomInput, RenameRoomInput } from "../../schema/session-type-inputs.ts";
import type { ArchiveRoomPayload, CreateRoomPayload, RenameRoomPayload } from "../../schema/session-type-payloads.ts";
import type { Room } from "../../schema/session-type.ts";
import type { Database } from "../db/database.ts";
import type { JournalType } from "../journal/journal-types.ts";
import type { JournalService, Transaction } from "../journal/journal.service.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import { cursorAfter } from "../operations/cursor-after.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { toUuid } from "../operations/ids.ts";
import { normalizeName } from "../operations/names.ts";
import { paginate } from "../operations/paginate.ts";
import { findRooms, insertRoom, lockRoom, roomList, type RoomRow, toRoom, updateRoom } from "./room-store.ts";

const field = ["input", "id"];
const notFound = { code: "NOT_FOUND", message: "There is no such room.", field } as const;
const nameInvalid = {
  code: "NAME_INVALID",
  message: "A name has 1 to 200 characters, none of them a control character.",
  field: ["input", "name"],
} as const;
const conflict = {
  code: "CONFLICT",
  message: "Somebody else has changed the room meanwhile.",
  field: ["input", "expectedVersion"],
} as const;

/** Where sessions take place. */
export class RoomsService {
  readonly #database: Database;
  readonly #journal: JournalService;
  readonly #cursors: CursorCodec;

  constructor(database: Database, journal: JournalService, cursors: CursorCodec) {
    this.#database = database;
    this.#journal = journal;
    this.#cursors = cursors;
  }

  async rooms(context: Context, args: ConnectionArgs): Promise<Page<Room>> {
    const { tenantId } = authorizedScope(context, "availability:read");
    return this.#database.read(tenantId, (session) => paginate(session, this.#cursors, roomList(), args));
  }

  async byIds(context: Context, uuids: readonly string[]): Promise<Map<string, Room>> {
    const { tenantId } = authorizedScope(context, "availability:read");
    const rows = await this.#database.read(tenantId, (session) => findRooms(session, uuids));
    return new Map(rows.map((row) => [row.id, toRoom(row)]));
  }

  async createRoom(context: Context, input: CreateRoomInput): Promise<CreateRoomPayload> {
    const scope = authorizedScope(context, "calendar:write");
    const name = normalizeName(input.name);
    if (name === null) return { room: null, cursor: null, userErrors: [nameInvalid] };
    const { result, position } = await this.#journal.mutate(scope, async (transaction) => {
      const row = await insertRoom(transaction, name);
      record(transaction, row, "room.created", { name });
      return { room: toRoom(row), userErrors: [] };
    });
    return { cursor: cursorAfter(this.#cursors, scope.tenantId, position), ...result };
  }

  async renameRoom(context: Context, input: RenameRoomInput): Promise<RenameRoomPayload> {
    const scope = authorizedScope(context, "calendar:write");
    const name = normalizeName(input.name);
    const uuid = toUuid("Room", input.id);
    const { result, position } = await this.#journal.mutate(
      scope,
      async (transaction): Promise<Omit<RenameRoomPayload, "cursor">> => {
        const before = uuid === null ? undefined : await lockRoom(transaction, uuid);
        if (before === undefined) return { room: null, userErrors: [notFound] };
        if (input.expectedVersion != null && input.expectedVersion !== before.version) {
          return { room: toRoom(before), userErrors: [conflict] };
        }
        if (name === null) return { room: null, userErrors: [nameInvalid] };
        if (name === before.name) return { room: toRoom(before), userErrors: [] };
        const row = await updateRoom(transaction, { ...before, name });
        record(transaction, row, "room.renamed", { before: before.name, after: name });
        return { room: toRoom(row), userErrors: [] };
      },
    );
    return { cursor: cursorAfter(this.#cursors, scope.tenantId, position), ...result };
  }

  async archiveRoom(context: Context, { id }: ArchiveRoomInput): Promise<ArchiveRoomPayload> {
    const scope = authorizedScope(context, "calendar:write");
    const uuid = toUuid("Room", id);
    const { result, position } = await this.#journal.mutate(scope, async (transaction) => {
      const before = uuid === null ? undefined : await lockRoom(transaction, uuid);
      if (before === undefined) return { room: null, userErrors: [notFound] };
      if (before.archivedAt !== null) return { room: toRoom(before), userErrors: [] };
      const row = await updateRoom(transaction, { ...before, archivedAt: context.now });
      record(transaction, row, "room.archived", {});
      return { room: toRoom(row), userErrors: [] };
    });
    return { cursor: cursorAfter(this.#cursors, scope.tenantId, position), ...result };
  }
}

function record(
  transaction: Transaction,
  row: RoomRow,
  type: JournalType,
  data: Readonly<Record<string, unknown>>,
): void {
  transaction.record({ type, subjectType: "Room", subjectId: row.id, data });
}
