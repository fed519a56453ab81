import { LRUCache } from "lru-cache";
import type { Database } from "../db/database.ts";
import { findLinks, targetOf } from "./link-row.ts";
import { readSlug } from "./link-slug.ts";

/** Where a slug leads, as a redirect needs it. */
export interface LinkPlace {
  readonly tenantId: string;
  readonly linkId: string;
  readonly slug: string;
  readonly target: string;
  /** utm_source that the link adds; empty: none. */
  readonly source: string;
  readonly expiresAt: Date | null;
  readonly isArchived: boolean;
}

/** Whether a link leads anywhere now. */
export function isOpen({ isArchived, expiresAt }: LinkPlace, now: Date): boolean {
  return !isArchived && (expiresAt === null || expiresAt > now);
}

/** So many that all which are opened at the same time fit in; a few hundred bytes each. */
const most = 10_000;
/** What another process has changed is seen here after so long. */
const staleMs = 5_000;

/**
 * What slugs lead to, remembered for a few seconds: a redirect mostly costs no statement. Slugs that nobody has aren't
 * remembered: whoever tries many of them would drive out what is used, and a new link would be missing for a while.
 */
export class LinkPlaces {
  readonly #database: Database;
  readonly #known = new LRUCache<string, Promise<LinkPlace | null>>({ max: most, ttl: staleMs });

  constructor(database: Database) {
    this.#database = database;
  }

  /** Null: nobody has this slug. */
  async find(text: string): Promise<LinkPlace | null> {
    const slug = readSlug(text);
    if (slug === null) return null;
    const known = this.#known.get(slug);
    if (known !== undefined) return known;
    // Who asks meanwhile waits for the same answer.
    const loading = this.#load(slug);
    this.#known.set(slug, loading);
    try {
      const place = await loading;
      if (place === null) this.#drop(slug, loading);
      return place;
    } catch (error) {
      this.#drop(slug, loading);
      throw error;
    }
  }

  /** For whoever has changed it in this process. */
  forget(slug: string): void {
    this.#known.delete(slug);
  }

  #drop(slug: string, loading: Promise<LinkPlace | null>): void {
    if (this.#known.peek(slug) === loading) this.#known.delete(slug);
  }

  /** First whose it is, which row-level security can't ask; then the link itself, as that tenant. */
  async #load(slug: string): Promise<LinkPlace | null> {
    const [owner] = await this.#database.global((session) =>
      session.query<{ tenant_id: string; link_id: string }>({
        name: "link-slug-find",
        text: "SELECT tenant_id, link_id FROM link_slug_find($1)",
        values: [slug],
      }),
    );
    if (owner === undefined) return null;
    const { tenant_id: tenantId, link_id: linkId } = owner;
    const [row] = await this.#database.read(tenantId, (session) => findLinks(session, [linkId]));
    if (row === undefined) return null;
    return {
      tenantId,
      linkId,
      slug,
      target: targetOf(row),
      source: row.utm_source ?? "",
      expiresAt: row.expires_at,
      isArchived: row.archived_at !== null,
    };
  }
}
