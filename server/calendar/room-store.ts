import type { QueryResultRow } from "pg";
import type { Room } from "../../schema/session-type.ts";
import type { Session } from "../db/session.ts";
import { toId } from "../operations/ids.ts";
import type { List } from "../operations/paginate.ts";
import { SqlValues } from "../operations/sql.ts";
import { newUuid } from "../operations/uuid.ts";

export interface RoomRow extends QueryResultRow {
  readonly id: string;
  readonly name: string;
  readonly archivedAt: Date | null;
  readonly createdAt: Date;
  readonly version: number;
}

const columns = `r.id, r.name, r.archived_at AS "archivedAt", r.created_at AS "createdAt", r.version`;

/** A tenant's rooms by name. */
export function roomList(): List<RoomRow, Room> {
  return {
    name: "rooms",
    fingerprint: "",
    columns,
    from: "resource r",
    where: "r.tenant_id = nexora_tenant() AND r.kind = 'ROOM'",
    values: new SqlValues(),
    id: "r.id",
    order: [{ column: "r.name", type: "text", isNullable: false, direction: "ASC", nulls: "LAST" }],
    keysOf: (row) => [row.name, row.id],
    toItem: toRoom,
  };
}

export function findRooms(session: Session, ids: readonly string[]): Promise<RoomRow[]> {
  return session.query<RoomRow>({
    name: "rooms-by-id",
    text: `SELECT ${columns} FROM resource r WHERE r.tenant_id = nexora_tenant() AND r.kind = 'ROOM' AND r.id = ANY ($1)`,
    values: [ids],
  });
}

/** The row, which nobody else changes until the transaction's end. */
export async function lockRoom(session: Session, id: string): Promise<RoomRow | undefined> {
  const [row] = await session.query<RoomRow>({
    name: "room-lock",
    text: `SELECT ${columns} FROM resource r
      WHERE r.tenant_id = nexora_tenant() AND r.kind = 'ROOM' AND r.id = $1 FOR NO KEY UPDATE`,
    values: [id],
  });
  return row;
}

export function insertRoom(session: Session, name: string): Promise<RoomRow> {
  return written(
    session.query<RoomRow>({
      name: "room-insert",
      text: `INSERT INTO resource AS r (tenant_id, id, kind, name) VALUES (nexora_tenant(), $1, 'ROOM', $2)
        RETURNING ${columns}`,
      values: [newUuid(), name],
    }),
  );
}

export function updateRoom(session: Session, { id, name, archivedAt }: RoomRow): Promise<RoomRow> {
  return written(
    session.query<RoomRow>({
      name: "room-update",
      text: `UPDATE resource AS r SET name = $2, archived_at = $3, version = r.version + 1
        WHERE r.tenant_id = nexora_tenant() AND r.kind = 'ROOM' AND r.id = $1 RETURNING ${columns}`,
      values: [id, name, archivedAt],
    }),
  );
}

export function toRoom({ id, name, archivedAt, createdAt, version }: RoomRow): Room {
  return { __typename: "Room", id: toId("Room", id), version, name, isArchived: archivedAt !== null, createdAt };
}

async function written(rows: Promise<RoomRow[]>): Promise<RoomRow> {
  const [row] = await rows;
  if (row === undefined) throw new Error("the room wasn't written");
  return row;
}
