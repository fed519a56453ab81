import { stringify } from "csv-stringify/sync";
import type { ExportLeadsInput, ExportLeadsPayload, LeadExportColumn } from "../../schema/lead-export.ts";
import type { LeadFileFormat } from "../../schema/lead-file.ts";
import type { LeadFilter } from "../../schema/lead.ts";
import type { Clock } from "../clock.ts";
import type { Database } from "../db/database.ts";
import type { Session } from "../db/session.ts";
import type { JournalService, Scope } from "../journal/journal.service.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import { toId } from "../operations/ids.ts";
import { actorOf } from "../operations/principal.ts";
import type { SignedLinks } from "../operations/signed-link.ts";
import { newUuid } from "../operations/uuid.ts";
import { countLeads, leadPages } from "./lead-export-pages.ts";
import { allExportColumns, exportColumns, toCells, toJsonLine } from "./lead-export-row.ts";
import {
  linkLifetimeMs,
  principalIdOf,
  standingPrincipal,
  type StandingRights,
  type StoredPrincipal,
  storePrincipal,
} from "../operations/standing-principal.ts";
import { compileLeadFilter } from "./lead-list.ts";

export interface LeadExportTools {
  readonly database: Database;
  readonly journal: JournalService;
  readonly links: SignedLinks;
  readonly rights: StandingRights;
  readonly clock: Clock;
  /** The URL under which a download with this token is served. */
  readonly downloadUrl: (token: string) => string;
}

/** What is to be exported, as it is kept until it is fetched. */
interface ExportOptions {
  readonly format: LeadFileFormat;
  readonly columns: readonly LeadExportColumn[];
  readonly filter: LeadFilter | null;
  readonly hasByteOrderMark: boolean;
}

export interface Download {
  readonly fileName: string;
  readonly mediaType: string;
}

export type DownloadRefusal = "UNKNOWN_LINK" | "EXPIRED_LINK" | "NOT_ALLOWED" | "TOO_MANY";

/** A file is written piece by piece; a write resolves when the receiver can take more and throws when he has gone. */
export interface DownloadSink {
  begin(download: Download): void;
  write(text: string): Promise<void>;
}

/** Each download keeps a connection to the database as long as it lasts; some must be left for everything else. */
const maxDownloads = 3;
/** How long a transaction may wait for a slow receiver between two pages. */
const maxWaitMs = 120_000;

/** Hands out links to lists of leads, and writes the lists. */
export class LeadExportService {
  readonly #tools: LeadExportTools;
  #downloads = 0;

  constructor(tools: LeadExportTools) {
    this.#tools = tools;
  }

  async exportLeads(context: Context, input: ExportLeadsInput): Promise<ExportLeadsPayload> {
    const { tenantId, principal } = authorizedScope(context, "lead:export");
    const columns = input.columns ?? allExportColumns;
    if (columns.length === 0 || new Set(columns).size < columns.length) {
      const message = "At least one column is needed, and each only once.";
      const userErrors = [{ code: "COLUMNS_INVALID", message, field: ["input", "columns"] }] as const;
      return { downloadUrl: null, expiresAt: null, userErrors: [...userErrors] };
    }
    const { database, links, downloadUrl } = this.#tools;
    const id = newUuid();
    const expiresAt = new Date(context.now.getTime() + linkLifetimeMs);
    const { format, filter = null, byteOrderMark: hasByteOrderMark } = input;
    const options: ExportOptions = { format, columns, filter, hasByteOrderMark };
    await database.transaction(tenantId, async (session) => {
      await compileLeadFilter(session, filter, context.now); // refuses a bad filter before there is a link
      await session.query({
        text: "DELETE FROM lead_export WHERE tenant_id = $1 AND expires_at < $2",
        values: [tenantId, context.now],
      });
      await session.query({
        text: "INSERT INTO lead_export (tenant_id, id, options, creator, expires_at) VALUES ($1, $2, $3, $4, $5)",
        values: [tenantId, id, JSON.stringify(options), JSON.stringify(storePrincipal(principal)), expiresAt],
      });
    });
    const token = links.sign({ tenantId, subjectId: id, principalId: principalIdOf(principal), expiresAt });
    return { downloadUrl: downloadUrl(token), expiresAt, userErrors: [] };
  }

  /** Writes the file of a link. Undefined: it is written. */
  async download(token: string, requestId: string, sink: DownloadSink): Promise<DownloadRefusal | undefined> {
    const { clock, links, rights, database } = this.#tools;
    const link = links.read(token);
    if (link === null) return "UNKNOWN_LINK";
    const now = clock();
    if (link.expiresAt <= now) return "EXPIRED_LINK";
    const { tenantId, subjectId } = link;
    const [found] = await database.read(tenantId, (session) =>
      session.query<{ options: ExportOptions; creator: StoredPrincipal }>({
        text: "SELECT options, creator FROM lead_export WHERE tenant_id = $1 AND id = $2",
        values: [tenantId, subjectId],
      }),
    );
    if (found === undefined) return "EXPIRED_LINK";
    const principal = await standingPrincipal(found.creator, "lead:export", { rights, now });
    if (principal === null || principalIdOf(principal) !== link.principalId) return "NOT_ALLOWED";
    if (this.#downloads >= maxDownloads) return "TOO_MANY";
    this.#downloads += 1;
    try {
      const scope = { tenantId, actor: actorOf(principal), requestId };
      await database.transaction(tenantId, (session) => this.#write(session, scope, found.options, sink));
    } finally {
      this.#downloads -= 1;
    }
    return undefined;
  }

  /** One snapshot for the count and all pages, whatever is written meanwhile. */
  async #write(session: Session, scope: Scope, options: ExportOptions, sink: DownloadSink): Promise<void> {
    await session.query({ text: "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY" });
    await session.query({ text: `SET LOCAL idle_in_transaction_session_timeout = ${maxWaitMs}` });
    const filter = await compileLeadFilter(session, options.filter, this.#tools.clock());
    const leads = await countLeads(session, filter);
    await this.#record(scope, options, leads); // before the first byte: what leaves the house is on record
    sink.begin({
      fileName: `leads.${options.format === "CSV" ? "csv" : "jsonl"}`,
      mediaType: options.format === "CSV" ? "text/csv; charset=utf-8" : "application/x-ndjson; charset=utf-8",
    });
    const head = options.format === "CSV" ? toCsv([options.columns.map((column) => exportColumns[column].name)]) : "";
    await sink.write(options.format === "CSV" && options.hasByteOrderMark ? `\uFEFF${head}` : head);
    for await (const rows of leadPages(session, filter)) {
      const text =
        options.format === "CSV"
          ? toCsv(rows.map((row) => toCells(row, toId("Lead", row.id), options.columns)))
          : rows.map((row) => toJsonLine(row, toId("Lead", row.id), options.columns)).join("");
      await sink.write(text);
    }
  }

  async #record(scope: Scope, { format, columns, filter }: ExportOptions, leads: number): Promise<void> {
    await this.#tools.journal.transaction(scope, async (transaction) => {
      transaction.record({
        type: "lead.exported",
        subjectType: "Tenant",
        subjectId: scope.tenantId,
        data: { format, columns, leads },
        // It can name people.
        ...(filter === null ? {} : { personal: { filter } }),
      });
      return Promise.resolve();
    });
  }
}

/** RFC 4180; cells that a spreadsheet would take for a formula begin with an apostrophe. */
function toCsv(rows: readonly (readonly string[])[]): string {
  return stringify(
    rows.map((row) => [...row]),
    { record_delimiter: "windows", escape_formulas: true, quoted_match: /[\r\n]/ },
  );
}
