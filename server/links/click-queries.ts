import {
  type LinkClicksByCountry,
  type LinkClicksByDevice,
  type LinkClicksBySource,
  LinkDevice,
} from "../../schema/link-clicks.ts";
import type { Session } from "../db/session.ts";
import type { ClickDay } from "./click-days.ts";

export interface ClicksPeriod {
  readonly from: Date;
  readonly to: Date;
}

/** Of places and countries without end so many are told, those with the most clicks. */
const most = 100;

/** A sum as a GraphQL Int. */
const sum = "least(sum(c.clicks), 2147483647)::int AS clicks";
const inPeriod = `c.tenant_id = nexora_tenant() AND c.quarter >= $2 AND c.quarter < $3`;

/** Clicks by device, bots included, in the devices' order. */
export async function clicksByDevice(
  session: Session,
  ids: readonly string[],
  { from, to }: ClicksPeriod,
): Promise<Map<string, LinkClicksByDevice[]>> {
  const rows = await session.query<{ link_id: string; device: LinkDevice; clicks: number }>({
    name: "link-clicks-by-device",
    text: `SELECT c.link_id, c.device, ${sum} FROM link_click c WHERE ${inPeriod} AND c.link_id = ANY ($1::uuid[])
      GROUP BY c.link_id, c.device`,
    values: [ids, from, to],
  });
  const order = Object.keys(LinkDevice);
  return byLink(
    rows.toSorted((left, right) => order.indexOf(left.device) - order.indexOf(right.device)),
    ({ device, clicks }) => ({ device, clicks }),
  );
}

export async function clicksBySource(
  session: Session,
  ids: readonly string[],
  { from, to }: ClicksPeriod,
): Promise<Map<string, LinkClicksBySource[]>> {
  const rows = await session.query<{ link_id: string; referrer: string; source: string; clicks: number }>({
    name: "link-clicks-by-source",
    text: perLink("c.referrer, c.source"),
    values: [ids, from, to],
  });
  return byLink(rows, ({ referrer, source, clicks }) => ({
    referrer: referrer === "" ? null : referrer,
    source: source === "" ? null : source,
    clicks,
  }));
}

export async function clicksByCountry(
  session: Session,
  ids: readonly string[],
  { from, to }: ClicksPeriod,
): Promise<Map<string, LinkClicksByCountry[]>> {
  const rows = await session.query<{ link_id: string; country: string; clicks: number }>({
    name: "link-clicks-by-country",
    text: perLink("c.country"),
    values: [ids, from, to],
  });
  return byLink(rows, ({ country, clicks }) => ({ country: country === "" ? null : country, clicks }));
}

/** People's clicks of each link by day. The days' starts are told, so that PostgreSQL need know no zones. */
export async function clicksByDay(
  session: Session,
  ids: readonly string[],
  { from, to }: ClicksPeriod,
  days: readonly ClickDay[],
): Promise<Map<string, ReadonlyMap<string, number>>> {
  const [first] = days;
  if (first === undefined) return new Map();
  const rows = await session.query<{ link_id: string; n: number; clicks: number }>({
    name: "link-clicks-by-day",
    text: `SELECT c.link_id, width_bucket(c.quarter, $4::timestamptz[]) AS n, ${sum}
      FROM link_click c WHERE ${inPeriod} AND c.link_id = ANY ($1::uuid[]) AND c.device <> 'BOT'
      GROUP BY c.link_id, n`,
    values: [ids, from > first.startsAt ? from : first.startsAt, to, days.map(({ startsAt }) => startsAt)],
  });
  const entries = byLink(rows, ({ n, clicks }) => [days[n - 1]?.day ?? "", clicks] as const);
  return new Map([...entries].map(([id, counts]) => [id, new Map(counts)]));
}

/** People's clicks of each link by some columns, the most first. */
function perLink(columns: string): string {
  return `SELECT link.id AS link_id, own.* FROM unnest($1::uuid[]) AS link (id) CROSS JOIN LATERAL (
      SELECT ${columns}, ${sum} FROM link_click c WHERE ${inPeriod} AND c.link_id = link.id AND c.device <> 'BOT'
      GROUP BY ${columns} ORDER BY clicks DESC, ${columns} LIMIT ${most}) AS own`;
}

function byLink<Row extends { readonly link_id: string }, Count>(
  rows: readonly Row[],
  toCount: (row: Row) => Count,
): Map<string, Count[]> {
  const groups = Map.groupBy(rows, ({ link_id }) => link_id);
  return new Map([...groups].map(([id, group]) => [id, group.map(toCount)]));
}
