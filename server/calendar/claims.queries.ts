import type { Session } from "../db/session.ts";
import type { Range } from "./calendar.queries.ts";
import type { Claim, ClaimKind } from "./coach-calendar.ts";

export interface ClaimsRequest {
  readonly resourceIds: readonly string[];
  readonly range: Range;
  readonly now: Date;
  /** Whose claims are taken as if they weren't there. */
  readonly ignoreSessionId: string | null;
}

/**
 * What takes resources in the range, by resource and in order. A hold that has ended takes nothing.
 *
 * A resource's claims come as one value in PostgreSQL's binary form: 15,600 claims took 31 ms so, 112 ms as JSON, 168 ms as
 * rows, and 11 ms to be counted. Claims of a resource never overlap, so the order of their ends, which the index has, is that
 * of their beginnings.
 */
export async function readClaims(
  session: Session,
  { resourceIds, range, now, ignoreSessionId }: ClaimsRequest,
): Promise<Map<string, Claim[]>> {
  const rows = await session.query<{ resource_id: string; claims: Buffer }>({
    name: "calendar-claims",
    text: `SELECT resource_id, string_agg(timestamptz_send(busy_from) || timestamptz_send(busy_to)
        || timestamptz_send(starts_at) || timestamptz_send(ends_at) || convert_to(left(kind, 1), 'UTF8'), ''::bytea
        ORDER BY busy_to) AS claims
      FROM slot_claim
      WHERE tenant_id = nexora_tenant() AND resource_id = ANY ($1) AND released_at IS NULL
        AND busy_to > $2 AND busy_from < $3 AND (hold_until IS NULL OR hold_until > $4)
        AND ($5::uuid IS NULL OR session_id IS DISTINCT FROM $5::uuid)
      GROUP BY resource_id`,
    values: [resourceIds, new Date(range.from), new Date(range.to), now, ignoreSessionId],
  });
  return new Map(rows.map(({ resource_id: id, claims }) => [id, decodeClaims(claims)]));
}

const instantBytes = 8;
const claimBytes = 4 * instantBytes + 1;
/** 2000-01-01, from which PostgreSQL counts microseconds. */
const epochMs = 946_684_800_000;
const kinds: Readonly<Record<string, ClaimKind>> = { B: "BOOKING", H: "HOLD", T: "TIMEOFF", E: "EXTERNAL" };

function decodeClaims(bytes: Buffer): Claim[] {
  const claims: Claim[] = [];
  for (let place = 0; place < bytes.length; place += claimBytes) {
    const kind = kinds[String.fromCharCode(bytes[place + 4 * instantBytes] ?? 0)];
    if (kind === undefined) throw new Error("a claim of an unknown kind");
    claims.push({
      kind,
      from: instantAt(bytes, place),
      to: instantAt(bytes, place + instantBytes),
      startsAt: instantAt(bytes, place + 2 * instantBytes),
      endsAt: instantAt(bytes, place + 3 * instantBytes),
    });
  }
  return claims;
}

/** Exact: microseconds of these centuries are less than 2^53. */
function instantAt(bytes: Buffer, place: number): number {
  return (bytes.readInt32BE(place) * 2 ** 32 + bytes.readUInt32BE(place + 4)) / 1_000 + epochMs;
}
