import type { Session } from "../db/session.ts";
import type { LinkContent } from "./link-content.ts";
import { linkColumns, type LinkRow } from "./link-row.ts";
import { generateSlug } from "./link-slug.ts";

type Row = LinkRow & Record<string, unknown>;

/** Takes a slug on the whole server; false: somebody has it. */
export async function claimSlug(session: Session, slug: string, linkId: string): Promise<boolean> {
  const [row] = await session.query<{ claimed: boolean }>({
    name: "link-slug-claim",
    text: "SELECT link_slug_claim($1, $2) AS claimed",
    values: [slug, linkId],
  });
  return row?.claimed === true;
}

/** Chance meets a slug that is taken about once in ten thousand times when there are a million. */
const tries = 8;

/** Takes a slug that nobody has chosen. */
export async function claimAnySlug(session: Session, linkId: string): Promise<string> {
  for (let n = 0; n < tries; n += 1) {
    const slug = generateSlug();
    if (await claimSlug(session, slug, linkId)) return slug;
  }
  throw new Error("no slug is free");
}

export async function insertLink(
  session: Session,
  { id, slug, now }: { readonly id: string; readonly slug: string; readonly now: Date },
  content: LinkContent,
): Promise<LinkRow> {
  const rows = await session.query<Row>({
    name: "link-insert",
    text: `INSERT INTO link (tenant_id, id, slug, url, utm_source, utm_medium, utm_campaign, utm_term, utm_content, title, tags, expires_at,
        created_at, updated_at)
      VALUES (nexora_tenant(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12) RETURNING ${linkColumns}`,
    values: [id, slug, ...valuesOf(content), now],
  });
  return only(rows);
}

/** The row, which nobody else changes until the transaction's end. */
export async function lockLink(session: Session, id: string): Promise<LinkRow | undefined> {
  const [row] = await session.query<Row>({
    name: "link-lock",
    text: `SELECT ${linkColumns} FROM link WHERE link.tenant_id = nexora_tenant() AND link.id = $1 FOR UPDATE`,
    values: [id],
  });
  return row;
}

export async function rewriteLink(session: Session, id: string, content: LinkContent): Promise<LinkRow> {
  const rows = await session.query<Row>({
    name: "link-update",
    text: `UPDATE link SET url = $2, utm_source = $3, utm_medium = $4, utm_campaign = $5, utm_term = $6, utm_content = $7,
        title = $8, tags = $9, expires_at = $10, updated_at = now(), version = version + 1
      WHERE link.tenant_id = nexora_tenant() AND link.id = $1 RETURNING ${linkColumns}`,
    values: [id, ...valuesOf(content)],
  });
  return only(rows);
}

/** Takes a link out of use; null puts it back. */
export async function markLinkArchived(session: Session, id: string, at: Date | null): Promise<LinkRow> {
  const rows = await session.query<Row>({
    name: "link-archive",
    text: `UPDATE link SET archived_at = $2, updated_at = now(), version = version + 1
      WHERE link.tenant_id = nexora_tenant() AND link.id = $1 RETURNING ${linkColumns}`,
    values: [id, at],
  });
  return only(rows);
}

function valuesOf({ url, utm, title, tags, expiresAt }: LinkContent): readonly unknown[] {
  return [url, utm.source, utm.medium, utm.campaign, utm.term, utm.content, title, tags, expiresAt];
}

function only([row]: readonly LinkRow[]): LinkRow {
  if (row === undefined) throw new Error("the link is gone");
  return row;
}
