import type { Page } from "../../schema/connection.ts";
import type { CancelMailInput, MailsArgs, RetryMailInput, UpdateMailBrandingInput } from "../../schema/mail-inputs.ts";
import type { CancelMailPayload, RetryMailPayload, UpdateMailBrandingPayload } from "../../schema/mail-payloads.ts";
import type { Mail, MailBranding } from "../../schema/mail.ts";
import type { Database } from "../db/database.ts";
import type { Session } from "../db/session.ts";
import type { Jobs } from "../jobs/jobs.ts";
import type { JournalService } from "../journal/journal.service.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import { cursorAfter } from "../operations/cursor-after.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { toId, toUuid } from "../operations/ids.ts";
import { paginate } from "../operations/paginate.ts";
import { readBranding } from "./mail-branding.ts";
import { mailJob } from "./mail-job.ts";
import { compileMailFilter, listMails, mailColumns, type MailRow, toMail } from "./mail-list.ts";

export interface MailServiceOptions {
  readonly database: Database;
  readonly journal: JournalService;
  readonly cursors: CursorCodec;
  readonly jobs: Jobs;
  readonly defaultSender: string;
  readonly senderDomains: readonly string[];
}

const notFound = { code: "NOT_FOUND", message: "There is no such mail.", field: ["input", "id"] } as const;

/** What administrators see and do of the tenant's mail. */
export class MailService {
  readonly #options: MailServiceOptions;

  constructor(options: MailServiceOptions) {
    this.#options = options;
  }

  async mails(context: Context, args: MailsArgs): Promise<Page<Mail>> {
    const { tenantId } = authorizedScope(context, "mail:read");
    const { database, cursors } = this.#options;
    return database.read(tenantId, async (session) => {
      const filter = await compileMailFilter(session, args.filter, context.now);
      return paginate(session, cursors, listMails(filter), args);
    });
  }

  async byIds(context: Context, uuids: readonly string[]): Promise<Map<string, Mail>> {
    const { tenantId } = authorizedScope(context, "mail:read");
    const rows = await this.#options.database.read(tenantId, (session) => findMails(session, uuids));
    return new Map(rows.map((row) => [row.id, toMail(row)]));
  }

  async mailBranding(context: Context): Promise<MailBranding> {
    const { tenantId } = authorizedScope(context, "mail:read");
    return this.#options.database.read(tenantId, (session) => this.#branding(session));
  }

  async brandingByIds(context: Context, uuids: readonly string[]): Promise<Map<string, MailBranding>> {
    const { tenantId } = authorizedScope(context, "mail:read");
    return uuids.includes(tenantId) ? new Map([[tenantId, await this.mailBranding(context)]]) : new Map();
  }

  /** One that failed or of which nobody knows whether it arrived: a person decides that it goes out again. */
  async retryMail(context: Context, { id }: RetryMailInput): Promise<RetryMailPayload> {
    const scope = authorizedScope(context, "mail:manage");
    const { journal, cursors, jobs } = this.#options;
    const uuid = toUuid("Mail", id);
    const { result, position } = await journal.mutate(scope, async (tx) => {
      const [found] = uuid === null ? [] : await findMails(tx, [uuid], "FOR UPDATE");
      if (found === undefined) return { mail: null, userErrors: [notFound] };
      if (found.state !== "FAILED" && found.state !== "UNKNOWN") {
        const error = { code: "NOT_RETRYABLE" as const, message: "The mail hasn't failed.", field: ["input", "id"] };
        return { mail: toMail(found), userErrors: [error] };
      }
      const row = await changeState(tx, found.id, "QUEUED", context.now);
      await jobs.enqueue(tx, mailJob, { mailId: found.id });
      const data = { before: { state: found.state }, kind: found.kind };
      tx.record({ type: "mail.retried", subjectType: "Mail", subjectId: found.id, data });
      return { mail: toMail(row), userErrors: [] };
    });
    return { ...result, cursor: cursorAfter(cursors, scope.tenantId, position) };
  }

  async cancelMail(context: Context, { id }: CancelMailInput): Promise<CancelMailPayload> {
    const scope = authorizedScope(context, "mail:manage");
    const { journal, cursors } = this.#options;
    const uuid = toUuid("Mail", id);
    const { result, position } = await journal.mutate(scope, async (tx) => {
      const [found] = uuid === null ? [] : await findMails(tx, [uuid], "FOR UPDATE");
      if (found === undefined) return { mail: null, userErrors: [notFound] };
      if (found.state !== "QUEUED") {
        const error = { code: "NOT_CANCELLABLE" as const, message: "The mail isn't queued.", field: ["input", "id"] };
        return { mail: toMail(found), userErrors: [error] };
      }
      const row = await changeState(tx, found.id, "CANCELLED", context.now);
      const data = { kind: found.kind };
      tx.record({ type: "mail.cancelled", subjectType: "Mail", subjectId: found.id, data });
      return { mail: toMail(row), userErrors: [] };
    });
    return { ...result, cursor: cursorAfter(cursors, scope.tenantId, position) };
  }

  async updateMailBranding(context: Context, input: UpdateMailBrandingInput): Promise<UpdateMailBrandingPayload> {
    const scope = authorizedScope(context, "mail:manage");
    const { journal, cursors, senderDomains } = this.#options;
    const { changes, userErrors } = readBranding(input, senderDomains);
    if (userErrors.length > 0) return { cursor: null, branding: null, userErrors };
    const { result, position } = await journal.mutate(scope, async (tx) => {
      const columns = Object.keys(changes);
      await tx.query({
        text: `INSERT INTO mail_branding (tenant_id, sender_name, sender_address, reply_to, color, logo_url, updated_at)
               SELECT $1, sender_name, sender_address, reply_to, color, logo_url, $4
               FROM jsonb_populate_record(NULL::mail_branding, $2::jsonb)
               ON CONFLICT (tenant_id) DO UPDATE SET updated_at = $4, ${brandingColumns
                 .map(
                   (column) =>
                     `${column} = CASE WHEN '${column}' = ANY ($3) THEN excluded.${column} ELSE mail_branding.${column} END`,
                 )
                 .join(", ")}`,
        values: [tx.tenantId, JSON.stringify(changes), columns, context.now],
      });
      const { sender_address, reply_to, sender_name, ...looks } = changes;
      tx.record({
        type: "mail_branding.updated",
        subjectType: "MailBranding",
        subjectId: tx.tenantId,
        data: { fields: columns, after: looks },
        personal: { sender_address, reply_to, sender_name },
      });
      return { branding: await this.#branding(tx), userErrors: [] };
    });
    return { ...result, cursor: cursorAfter(cursors, scope.tenantId, position) };
  }

  async #branding(session: Session): Promise<MailBranding> {
    const [row] = await session.query<BrandingRow>({
      name: "mail-branding",
      text: `SELECT t.name, b.sender_name, b.sender_address, b.reply_to, b.color, b.logo_url
             FROM tenant t LEFT JOIN mail_branding b ON b.tenant_id = t.id WHERE t.id = $1`,
      values: [session.tenantId],
    });
    if (row === undefined) throw new Error("the tenant doesn't exist");
    return {
      __typename: "MailBranding",
      id: toId("MailBranding", session.tenantId),
      senderName: row.sender_name ?? row.name,
      senderAddress: row.sender_address ?? this.#options.defaultSender,
      replyTo: row.reply_to,
      color: row.color,
      logoUrl: row.logo_url,
    };
  }
}

const brandingColumns = ["sender_name", "sender_address", "reply_to", "color", "logo_url"] as const;

type BrandingRow = { readonly name: string } & {
  readonly [Column in (typeof brandingColumns)[number]]: string | null;
};

function findMails(session: Session, uuids: readonly string[], lock: "" | "FOR UPDATE" = ""): Promise<MailRow[]> {
  return session.query<MailRow>({
    name: `mails-by-id${lock}`,
    text: `SELECT ${mailColumns} FROM mail m WHERE m.tenant_id = $1 AND m.id = ANY ($2::uuid[]) ${lock}`,
    values: [session.tenantId, uuids],
  });
}

async function changeState(session: Session, id: string, state: "QUEUED" | "CANCELLED", now: Date): Promise<MailRow> {
  const [row] = await session.query<MailRow>({
    name: "change-mail-state",
    text: `UPDATE mail m SET state = $3, next_attempt_at = CASE WHEN $3 = 'QUEUED' THEN $4::timestamptz END,
             version = version + 1, updated_at = $4
           WHERE m.tenant_id = $1 AND m.id = $2 RETURNING ${mailColumns}`,
    values: [session.tenantId, id, state, now],
  });
  if (row === undefined) throw new Error("an update without a row");
  return row;
}
