import type { Page } from "../../schema/connection.ts";
import type { ArchiveLinkInput, CreateLinkInput, RestoreLinkInput, UpdateLinkInput } from "../../schema/link-inputs.ts";
import type {
  ArchiveLinkPayload,
  CreateLinkPayload,
  RestoreLinkPayload,
  UpdateLinkPayload,
} from "../../schema/link-payloads.ts";
import type { Link, LinksArgs } from "../../schema/link.ts";
import type { Database } from "../db/database.ts";
import type { JournalType } from "../journal/journal-types.ts";
import type { JournalService, Transaction } from "../journal/journal.service.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import { cursorAfter } from "../operations/cursor-after.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { mentionsDuration } from "../operations/filter.ts";
import { toUuid } from "../operations/ids.ts";
import { paginate } from "../operations/paginate.ts";
import { loadTenantSettings } from "../operations/tenant-settings.ts";
import { newUuid } from "../operations/uuid.ts";
import { type LinkContent, type LinkText, readLink } from "./link-content.ts";
import { linkList } from "./link-list.ts";
import type { LinkPlaces } from "./link-places.ts";
import { findLinks, type LinkRow, toLink, utmOf } from "./link-row.ts";
import { isReserved, readSlug } from "./link-slug.ts";
import { claimAnySlug, claimSlug, insertLink, lockLink, markLinkArchived, rewriteLink } from "./link-store.ts";

export interface LinksOptions {
  readonly database: Database;
  readonly journal: JournalService;
  readonly cursors: CursorCodec;
  readonly places: LinkPlaces;
  /** The server's address, without a slash at its end. */
  readonly url: () => string;
}

/** Short addresses that lead to longer ones. */
export class LinksService {
  readonly #options: LinksOptions;

  constructor(options: LinksOptions) {
    this.#options = options;
  }

  async link(context: Context, id: string): Promise<Link | null> {
    const uuid = toUuid("Link", id);
    return uuid === null ? null : ((await this.byIds(context, [uuid])).get(uuid) ?? null);
  }

  async links(context: Context, args: LinksArgs): Promise<Page<Link>> {
    const { tenantId } = authorizedScope(context, "link:read");
    const { database, cursors, url } = this.#options;
    return database.read(tenantId, async (session) => {
      const timeZone = mentionsDuration(args.filter) ? (await loadTenantSettings(session)).timeZone : "UTC";
      return paginate(session, cursors, linkList(args, { now: context.now, timeZone }, url()), args);
    });
  }

  async byIds(context: Context, uuids: readonly string[]): Promise<Map<string, Link>> {
    const { tenantId } = authorizedScope(context, "link:read");
    const rows = await this.#options.database.read(tenantId, (session) => findLinks(session, uuids));
    return new Map(rows.map((row) => [row.id, this.#toLink(row)]));
  }

  async createLink(context: Context, input: CreateLinkInput): Promise<CreateLinkPayload> {
    const scope = authorizedScope(context, "link:write");
    const { utm = null, title = null, expiresAt = null, url, tags } = input;
    const read = readLink({ url, utm, title, expiresAt, tags }, { ownUrl: this.#options.url(), now: context.now });
    const chosen = input.slug == null ? null : readSlug(input.slug);
    const userErrors = [
      ...("userErrors" in read ? read.userErrors : []),
      ...(input.slug == null ? [] : chosen === null ? [slugInvalid] : isReserved(chosen) ? [slugReserved] : []),
    ];
    if ("userErrors" in read || userErrors.length > 0) return { link: null, cursor: null, userErrors };
    const { result, position } = await this.#options.journal.mutate(scope, async (transaction) => {
      const id = newUuid();
      if (chosen !== null && !(await claimSlug(transaction, chosen, id)))
        return { link: null, userErrors: [slugTaken] };
      const slug = chosen ?? (await claimAnySlug(transaction, id));
      const row = await insertLink(transaction, { id, slug, now: context.now }, read.content);
      record(transaction, row, "link.created", { slug, ...contentOf(row) });
      return { link: this.#toLink(row), userErrors: [] };
    });
    return { cursor: cursorAfter(this.#options.cursors, scope.tenantId, position), ...result };
  }

  async updateLink(context: Context, input: UpdateLinkInput): Promise<UpdateLinkPayload> {
    const scope = authorizedScope(context, "link:write");
    const { id, expectedVersion, ...changes } = input;
    const uuid = toUuid("Link", id);
    const { result, position } = await this.#options.journal.mutate(
      scope,
      async (transaction): Promise<Omit<UpdateLinkPayload, "cursor">> => {
        const before = uuid === null ? undefined : await lockLink(transaction, uuid);
        if (before === undefined) return { link: null, userErrors: [notFound] };
        if (expectedVersion != null && expectedVersion !== before.version) {
          return { link: this.#toLink(before), userErrors: [conflict] };
        }
        const read = readLink(withChanges(contentOf(before), changes), {
          ownUrl: this.#options.url(),
          now: context.now,
          before: before.expires_at,
        });
        if ("userErrors" in read) return { link: null, userErrors: read.userErrors };
        const changed = changedFields(contentOf(before), read.content);
        if (Object.keys(changed.after).length === 0) return { link: this.#toLink(before), userErrors: [] };
        const row = await rewriteLink(transaction, before.id, read.content);
        record(transaction, row, "link.updated", changed);
        return { link: this.#toLink(row), userErrors: [] };
      },
    );
    this.#forget(result);
    return { cursor: cursorAfter(this.#options.cursors, scope.tenantId, position), ...result };
  }

  archiveLink(context: Context, { id }: ArchiveLinkInput): Promise<ArchiveLinkPayload> {
    return this.#mark(context, id, context.now);
  }

  restoreLink(context: Context, { id }: RestoreLinkInput): Promise<RestoreLinkPayload> {
    return this.#mark(context, id, null);
  }

  async #mark(context: Context, id: string, at: Date | null): Promise<ArchiveLinkPayload & RestoreLinkPayload> {
    const scope = authorizedScope(context, "link:write");
    const uuid = toUuid("Link", id);
    const { result, position } = await this.#options.journal.mutate(scope, async (transaction) => {
      const before = uuid === null ? undefined : await lockLink(transaction, uuid);
      if (before === undefined) return { link: null, userErrors: [notFound] };
      if ((before.archived_at === null) === (at === null)) return { link: this.#toLink(before), userErrors: [] };
      const row = await markLinkArchived(transaction, before.id, at);
      record(transaction, row, at === null ? "link.restored" : "link.archived", {});
      return { link: this.#toLink(row), userErrors: [] };
    });
    this.#forget(result);
    return { cursor: cursorAfter(this.#options.cursors, scope.tenantId, position), ...result };
  }

  #toLink(row: LinkRow): Link {
    return toLink(row, this.#options.url());
  }

  #forget({ link }: { readonly link: Link | null }): void {
    if (link !== null) this.#options.places.forget(link.slug);
  }
}

/** What a row says, for an update to change a part of it. */
function contentOf(row: LinkRow): LinkContent {
  return { url: row.url, utm: utmOf(row), title: row.title, tags: row.tags, expiresAt: row.expires_at };
}

function withChanges(before: LinkContent, changes: Omit<UpdateLinkInput, "id" | "expectedVersion">): LinkText {
  const { url, utm, title, tags, expiresAt } = changes;
  return {
    url: url ?? before.url,
    utm: utm === undefined ? before.utm : utm,
    title: title === undefined ? before.title : title,
    tags: tags === undefined ? before.tags : (tags ?? []),
    expiresAt: expiresAt === undefined ? before.expiresAt : expiresAt,
  };
}

/** The fields that really change, before and after. */
function changedFields(before: LinkContent, after: LinkContent) {
  const names = (["url", "utm", "title", "tags", "expiresAt"] as const).filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
  const pick = (from: LinkContent) => Object.fromEntries(names.map((name) => [name, from[name]]));
  return { before: pick(before), after: pick(after) };
}

function record(
  transaction: Transaction,
  row: LinkRow,
  type: JournalType,
  data: Readonly<Record<string, unknown>>,
): void {
  transaction.record({ type, subjectType: "Link", subjectId: row.id, data });
}

const notFound = { code: "NOT_FOUND", message: "There is no such link.", field: ["input", "id"] } as const;

const conflict = {
  code: "CONFLICT",
  message: "Somebody else has changed the link meanwhile.",
  field: ["input", "expectedVersion"],
} as const;

const slugField = ["input", "slug"];
const slugInvalid = {
  code: "SLUG_INVALID",
  message: "A slug has 2 to 64 letters without accents, digits and hyphens, and no hyphen at an end.",
  field: slugField,
} as const;
const slugReserved = { code: "SLUG_RESERVED", message: "This word is kept for the server.", field: slugField } as const;
const slugTaken = { code: "SLUG_TAKEN", message: "This slug is in use.", field: slugField } as const;
