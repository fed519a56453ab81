import type { Link } from "../../schema/link.ts";
import type { Session } from "../db/session.ts";
import { toId } from "../operations/ids.ts";
import { addUtm, type Utm } from "./utm.ts";

export interface LinkRow {
  readonly id: string;
  readonly slug: string;
  readonly url: string;
  readonly utm_source: string | null;
  readonly utm_medium: string | null;
  readonly utm_campaign: string | null;
  readonly utm_term: string | null;
  readonly utm_content: string | null;
  readonly title: string | null;
  readonly tags: readonly string[];
  readonly expires_at: Date | null;
  readonly archived_at: Date | null;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly version: number;
}

/** Of `link`. */
export const linkColumns = `link.id, link.slug, link.url, link.utm_source, link.utm_medium, link.utm_campaign, link.utm_term,
  link.utm_content, link.title, link.tags, link.expires_at, link.archived_at, link.created_at, link.updated_at, link.version`;

export function findLinks(session: Session, ids: readonly string[]): Promise<LinkRow[]> {
  return session.query<LinkRow & Record<string, unknown>>({
    name: "links-by-id",
    text: `SELECT ${linkColumns} FROM link WHERE link.tenant_id = nexora_tenant() AND link.id = ANY ($1::uuid[])`,
    values: [ids],
  });
}

export function utmOf(row: LinkRow): Utm {
  return {
    source: row.utm_source,
    medium: row.utm_medium,
    campaign: row.utm_campaign,
    term: row.utm_term,
    content: row.utm_content,
  };
}

/** Where a link leads. */
export function targetOf(row: LinkRow): string {
  return addUtm(row.url, utmOf(row));
}

/** `ownUrl`: the server's address, without a slash at its end. */
export function toLink(row: LinkRow, ownUrl: string): Link {
  return {
    __typename: "Link",
    uuid: row.id,
    id: toId("Link", row.id),
    version: row.version,
    slug: row.slug,
    shortUrl: `${ownUrl}/l/${row.slug}`,
    url: row.url,
    utm: utmOf(row),
    target: targetOf(row),
    title: row.title,
    tags: row.tags,
    expiresAt: row.expires_at,
    isArchived: row.archived_at !== null,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
