import type { Client } from "../../schema/client.ts";
import { toId } from "../operations/ids.ts";

/** A row of client. */
export interface ClientRow {
  readonly id: string;
  readonly member_id: string | null;
  readonly name: string;
  readonly email: string;
  readonly phone: string | null;
  readonly time_zone: string;
  readonly locale: string;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly version: number;
  readonly erased_at: Date | null;
}

export const clientColumns = `client.id, client.member_id, client.name, client.email, client.phone, client.time_zone, client.locale,
  client.created_at, client.updated_at, client.version, client.erased_at`;

export function toClient(row: ClientRow): Client {
  return {
    __typename: "Client",
    id: toId("Client", row.id),
    uuid: row.id,
    name: row.name,
    email: row.email,
    phone: row.phone,
    timeZone: row.time_zone,
    locale: row.locale,
    hasLogin: row.member_id !== null,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    version: row.version,
    erasedAt: row.erased_at,
  };
}
