import { toUuid } from "../operations/ids.ts";

/** The clients to look at: those whom the caller sees, or the one of them whom he asks for. Null: all. */
export function among(own: readonly string[] | null, clientId: string | null | undefined): readonly string[] | null {
  if (clientId == null) return own;
  const uuid = toUuid("Client", clientId);
  return uuid === null || (own !== null && !own.includes(uuid)) ? [] : [uuid];
}
