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
/** What is older is read again behind the back of who asks, so that links in use cost nobody a wait. */
const refreshMs = 2_500;

interface Known {
  readonly place: Promise<LinkPlace | null>;
  /** When it is read again; infinite once that has begun. */
  refreshAt: number;
}

/**
 * What slugs lead to, remembered for a few seconds: a redirect mostly waits for no statement. Slugs that nobody has aren't
 * remembered: whoever tries many of them would drive out what is used, and a new link would be missing for a while.
 */
export class LinkPlaces {
  readonly #database: Database;
  readonly #known = new LRUCache<string, Known>({ max: most, ttl: staleMs });

  constructor(database: Database) {
    this.#database = database;
  }

  /** Null: nobody has this slug. */
  async find(text: string): Promise<LinkPlace | null> {
    const slug = readSlug(text);
    if (slug === null) return null;
    const known = this.#known.get(slug);
    if (known === undefined) return this.#remember(slug); // who asks meanwhile waits for the same answer
    if (performance.now() >= known.refreshAt) void this.#refresh(slug, known);
    return known.place;
  }

  /** For whoever has changed it in this process. */
  forget(slug: string): void {
    this.#known.delete(slug);
  }

  async #remember(slug: string): Promise<LinkPlace | null> {
    const known = { place: this.#load(slug), refreshAt: performance.now() + refreshMs };
    this.#known.set(slug, known);
    const drop = () => {
      if (this.#known.peek(slug) === known) this.#known.delete(slug);
    };
    try {
      const place = await known.place;
      if (place === null) drop();
      return place;
    } catch (error) {
      drop();
      throw error;
    }
  }

  /** What can't be read now stays what it is until it is too old. */
  async #refresh(slug: string, known: Known): Promise<void> {
    known.refreshAt = Infinity;
    const readAt = performance.now();
    try {
      const place = await this.#load(slug);
      // Unless it was changed meanwhile: then nobody knows which one was read.
      if (this.#known.peek(slug) !== known) return;
      if (place === null) this.#known.delete(slug);
      else this.#known.set(slug, { place: Promise.resolve(place), refreshAt: readAt + refreshMs }, { start: readAt });
    } catch {
      // Whoever asks when it is forgotten is told.
    }
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
