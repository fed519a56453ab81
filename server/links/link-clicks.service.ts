import DataLoader from "dataloader";
import type {
  LinkClicks,
  LinkClicksArgs,
  LinkClicksByCountry,
  LinkClicksByDay,
  LinkClicksByDevice,
  LinkClicksBySource,
} from "../../schema/link-clicks.ts";
import type { Link } from "../../schema/link.ts";
import type { Database } from "../db/database.ts";
import type { Session } from "../db/session.ts";
import { AppError } from "../operations/app-error.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import { loadTenantSettings } from "../operations/tenant-settings.ts";
import { readTimeZone } from "../operations/time-zone.ts";
import { daysBetween } from "./click-days.ts";
import { clicksByCountry, clicksByDay, clicksByDevice, clicksBySource, type ClicksPeriod } from "./click-queries.ts";

interface ClicksKey {
  readonly linkId: string;
  readonly period: ClicksPeriod;
}

interface DaysKey extends ClicksKey {
  readonly createdAt: Date;
  /** Null: the tenant's. */
  readonly timeZone: string | null;
}

const quarterMs = 15 * 60_000;
const dayMs = 86_400_000;
const maxDays = 366;
const longAgo = new Date(0);

/** Reads how often links were taken: for all links of a page with one statement for each kind of count. */
export class LinkClicksService {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Below a link that the caller sees. */
  clicksOf({ uuid, createdAt }: Link, { from = null, to = null }: LinkClicksArgs): LinkClicks {
    return { linkUuid: uuid, linkCreatedAt: createdAt, from, to };
  }

  byDevice(context: Context, clicks: LinkClicks): Promise<LinkClicksByDevice[]> {
    return context.loaders.get(this.#devices, context).load(keyOf(context, clicks));
  }

  bySource(context: Context, clicks: LinkClicks): Promise<LinkClicksBySource[]> {
    return context.loaders.get(this.#sources, context).load(keyOf(context, clicks));
  }

  byCountry(context: Context, clicks: LinkClicks): Promise<LinkClicksByCountry[]> {
    return context.loaders.get(this.#countries, context).load(keyOf(context, clicks));
  }

  async total(context: Context, clicks: LinkClicks): Promise<number> {
    const devices = await this.byDevice(context, clicks);
    return devices.reduce((sum, each) => (each.device === "BOT" ? sum : sum + each.clicks), 0);
  }

  async bots(context: Context, clicks: LinkClicks): Promise<number> {
    const devices = await this.byDevice(context, clicks);
    return devices.find(({ device }) => device === "BOT")?.clicks ?? 0;
  }

  async series(context: Context, clicks: LinkClicks, zone: string | null | undefined): Promise<LinkClicksByDay[]> {
    const timeZone = zone == null ? null : readTimeZone(zone);
    if (zone != null && timeZone === null) {
      throw new AppError("BAD_USER_INPUT", "There is no such time zone.", { reason: "VARIABLES" });
    }
    const key = { ...keyOf(context, clicks), createdAt: clicks.linkCreatedAt, timeZone };
    return context.loaders.get(this.#days, context).load(key);
  }

  // One function per kind of loader, because the request's cache knows loaders by the function that makes them.
  readonly #devices = (context: Context) => this.#loader(context, clicksByDevice);
  readonly #sources = (context: Context) => this.#loader(context, clicksBySource);
  readonly #countries = (context: Context) => this.#loader(context, clicksByCountry);

  readonly #days = (context: Context) => {
    const { tenantId } = authorizedScope(context, "link:read");
    return new DataLoader<DaysKey, LinkClicksByDay[], string>(
      (keys) => this.#database.read(tenantId, (session) => loadDays(session, keys)),
      { cacheKeyFn: (key) => JSON.stringify([key.linkId, key.period, key.timeZone]) },
    );
  };

  #loader<Count>(
    context: Context,
    read: (session: Session, ids: readonly string[], period: ClicksPeriod) => Promise<Map<string, Count[]>>,
  ): DataLoader<ClicksKey, Count[], string> {
    const { tenantId } = authorizedScope(context, "link:read");
    return new DataLoader<ClicksKey, Count[], string>(
      (keys) =>
        this.#database.read(tenantId, async (session) => {
          // Links that are asked for the same period share a statement.
          const found = new Map<string, Map<string, Count[]>>();
          for (const [name, group] of Map.groupBy(keys, ({ period }) => JSON.stringify(period))) {
            const [sample] = group;
            if (sample === undefined) continue;
            const ids = group.map(({ linkId }) => linkId);
            found.set(name, await read(session, ids, sample.period));
          }
          return keys.map(({ linkId, period }) => found.get(JSON.stringify(period))?.get(linkId) ?? []);
        }),
      { cacheKeyFn: ({ linkId, period }) => JSON.stringify([linkId, period]) },
    );
  }
}

/** The period in whole quarters of an hour: the first and the last one count as a whole. */
function keyOf(context: Context, { linkUuid, from, to }: LinkClicks): ClicksKey {
  const start = from === null ? longAgo : new Date(Math.floor(from.getTime() / quarterMs) * quarterMs);
  return { linkId: linkUuid, period: { from: start, to: to ?? new Date(context.now.getTime() + 1) } };
}

/** The days of each link since it was made, also those without clicks; of longer periods the last 366. */
async function loadDays(session: Session, keys: readonly DaysKey[]): Promise<LinkClicksByDay[][]> {
  const loaded = new Map<DaysKey, LinkClicksByDay[]>();
  for (const [, group] of Map.groupBy(keys, ({ period, timeZone }) => JSON.stringify([period, timeZone]))) {
    const [sample] = group;
    if (sample === undefined) continue;
    const { from, to } = sample.period;
    const timeZone = sample.timeZone ?? (await loadTenantSettings(session)).timeZone;
    const oldest = Math.min(...group.map(({ createdAt }) => createdAt.getTime()));
    const start = new Date(Math.max(from.getTime(), oldest, to.getTime() - (maxDays - 1) * dayMs));
    const days = daysBetween(start, to, timeZone);
    const ids = group.map(({ linkId }) => linkId);
    const counts = await clicksByDay(session, ids, { from, to }, days);
    for (const key of group) {
      const ofLink = counts.get(key.linkId);
      const began = days.findLastIndex(({ startsAt }) => startsAt <= key.createdAt);
      loaded.set(
        key,
        days.slice(Math.max(began, 0)).map(({ day }) => ({ day, clicks: ofLink?.get(day) ?? 0 })),
      );
    }
  }
  return keys.map((key) => loaded.get(key) ?? []);
}
