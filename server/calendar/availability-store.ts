import type { QueryResultRow } from "pg";
import type { Session } from "../db/session.ts";
import type { AvailabilityRow, OverrideRow } from "./availability-row.ts";
import { dayMs, writeDay } from "./clock-time.ts";
import type { RuleTuple } from "./coach-calendar.ts";

interface StoredAvailability extends QueryResultRow {
  coach_id: string;
  time_zone: string;
  day_limit: number | null;
  week_limit: number | null;
  version: number;
  rules: RuleTuple[] | null;
  overrides: [string, number, number[], number[]][] | null;
}

const overrideTuple = "json_build_array(o.id, o.day - DATE '1970-01-01', o.start_minutes, o.end_minutes)";

/** The availability of coaches who have one, with overrides from the day before `now` on. */
export async function findAvailability(
  session: Session,
  coachIds: readonly string[],
  now: Date,
): Promise<AvailabilityRow[]> {
  const rows = await session.query<StoredAvailability>({
    name: "availability-of-coaches",
    text: `SELECT a.coach_id, a.time_zone, a.day_limit, a.week_limit, a.version,
        (SELECT json_agg(json_build_array(r.weekday, r.start_minute, r.end_minute) ORDER BY r.weekday, r.start_minute)
          FROM availability_rule r WHERE r.tenant_id = a.tenant_id AND r.coach_id = a.coach_id) AS rules,
        (SELECT json_agg(${overrideTuple} ORDER BY o.day) FROM availability_override o
          WHERE o.tenant_id = a.tenant_id AND o.coach_id = a.coach_id AND o.day >= $2::date) AS overrides
      FROM availability a WHERE a.tenant_id = nexora_tenant() AND a.coach_id = ANY ($1)`,
    values: [coachIds, writeDay(Math.floor(now.getTime() / dayMs) - 1)],
  });
  return rows.map((row) => ({
    coachId: row.coach_id,
    timeZone: row.time_zone,
    dayLimit: row.day_limit,
    weekLimit: row.week_limit,
    version: row.version,
    rules: row.rules ?? [],
    overrides: (row.overrides ?? []).map(([id, day, starts, ends]) => ({
      id,
      coachId: row.coach_id,
      day,
      starts,
      ends,
    })),
  }));
}

/** Nobody else changes the coach's availability until the transaction's end. */
export async function lockAvailability(session: Session, coachId: string): Promise<void> {
  await session.query({
    name: "availability-lock",
    text: "SELECT FROM availability WHERE tenant_id = nexora_tenant() AND coach_id = $1 FOR UPDATE",
    values: [coachId],
  });
}

export interface NewAvailability {
  readonly coachId: string;
  readonly timeZone: string;
  readonly dayLimit: number | null;
  readonly weekLimit: number | null;
  readonly rules: readonly RuleTuple[];
}

/** Puts a whole week in the place of another one; false when it has another version by now. */
export async function replaceAvailability(
  session: Session,
  { coachId, timeZone, dayLimit, weekLimit, rules }: NewAvailability,
  versionBefore: number,
): Promise<boolean> {
  const written = await session.query({
    name: "availability-replace",
    text: `INSERT INTO availability AS a (tenant_id, coach_id, time_zone, day_limit, week_limit)
      VALUES (nexora_tenant(), $1, $2, $3, $4)
      ON CONFLICT (tenant_id, coach_id) DO UPDATE
        SET time_zone = $2, day_limit = $3, week_limit = $4, updated_at = now(), version = a.version + 1
        WHERE a.version = $5
      RETURNING a.version`,
    values: [coachId, timeZone, dayLimit, weekLimit, versionBefore],
  });
  if (written.length === 0) return false;
  await session.query({
    name: "availability-clear",
    text: "DELETE FROM availability_rule WHERE tenant_id = nexora_tenant() AND coach_id = $1",
    values: [coachId],
  });
  await session.query({
    name: "availability-rules",
    text: `INSERT INTO availability_rule (tenant_id, coach_id, weekday, start_minute, end_minute)
      SELECT nexora_tenant(), $1, * FROM unnest($2::int[], $3::int[], $4::int[])`,
    values: [
      coachId,
      rules.map(([weekday]) => weekday),
      rules.map(([, start]) => start),
      rules.map(([, , end]) => end),
    ],
  });
  return true;
}

/** A coach's first override may come before his first week: version 0 says that none was set. */
export async function ensureAvailability(session: Session, coachId: string, timeZone: string): Promise<void> {
  await session.query({
    name: "availability-ensure",
    text: `INSERT INTO availability (tenant_id, coach_id, time_zone, version) VALUES (nexora_tenant(), $1, $2, 0)
      ON CONFLICT DO NOTHING`,
    values: [coachId, timeZone],
  });
}

interface StoredOverride extends QueryResultRow {
  coach_id: string;
  override: [string, number, number[], number[]];
}

/** Writes the hours of a date, in the place of those that it may have. */
export async function writeOverride(
  session: Session,
  { coachId, day, starts, ends }: Omit<OverrideRow, "id">,
): Promise<OverrideRow> {
  const [row] = await session.query<StoredOverride>({
    name: "availability-override",
    text: `INSERT INTO availability_override AS o (tenant_id, coach_id, day, start_minutes, end_minutes)
      VALUES (nexora_tenant(), $1, $2::date, $3, $4)
      ON CONFLICT (tenant_id, coach_id, day) DO UPDATE SET start_minutes = $3, end_minutes = $4
      RETURNING o.coach_id, ${overrideTuple} AS override`,
    values: [coachId, writeDay(day), starts, ends],
  });
  if (row === undefined) throw new Error("the override wasn't written");
  return readOverride(row);
}

export async function findOverrides(session: Session, ids: readonly string[]): Promise<OverrideRow[]> {
  const rows = await session.query<StoredOverride>({
    name: "availability-overrides",
    text: `SELECT o.coach_id, ${overrideTuple} AS override FROM availability_override o
      WHERE o.tenant_id = nexora_tenant() AND o.id = ANY ($1)`,
    values: [ids],
  });
  return rows.map(readOverride);
}

/** False: it was gone. */
export async function deleteOverride(session: Session, id: string): Promise<boolean> {
  const rows = await session.query({
    name: "availability-override-delete",
    text: "DELETE FROM availability_override WHERE tenant_id = nexora_tenant() AND id = $1 RETURNING id",
    values: [id],
  });
  return rows.length > 0;
}

function readOverride({ coach_id: coachId, override: [id, day, starts, ends] }: StoredOverride): OverrideRow {
  return { id, coachId, day, starts, ends };
}
