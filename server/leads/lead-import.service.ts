import type { ConnectionArgs, Page } from "../../schema/connection.ts";
import type { CancelLeadImportInput, ImportLeadsInput } from "../../schema/lead-import-inputs.ts";
import type { CancelLeadImportPayload, ImportLeadsPayload } from "../../schema/lead-import-payloads.ts";
import type { LeadImportRowError } from "../../schema/lead-import-row-error.ts";
import type { LeadImport } from "../../schema/lead-import.ts";
import type { Database } from "../db/database.ts";
import type { JournalService } from "../journal/journal.service.ts";
import { childLoader } from "../operations/child-loader.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { cursorAfter } from "../operations/cursor-after.ts";
import { toUuid } from "../operations/ids.ts";
import { paginate, readPageRequest } from "../operations/paginate.ts";
import type { SignedLinks } from "../operations/signed-link.ts";
import { newUuid } from "../operations/uuid.ts";
import { errorList, listImports } from "./lead-import-list.ts";
import { readImportOptions } from "./lead-import-options.ts";
import { toLeadImport } from "./lead-import-row.ts";
import { endImport, findImport, findImports, insertImport } from "./lead-import-store.ts";
import { linkLifetimeMs, principalIdOf, storePrincipal } from "../operations/standing-principal.ts";

export interface LeadImportOptions {
  readonly database: Database;
  readonly journal: JournalService;
  readonly cursors: CursorCodec;
  readonly uploadLinks: SignedLinks;
  /** The URL under which an upload with this token arrives. */
  readonly uploadUrl: (token: string) => string;
}

/** Asks for imports, shows them and cancels them. What happens to a file: LeadUploadService. */
export class LeadImportService {
  readonly #options: LeadImportOptions;

  constructor(options: LeadImportOptions) {
    this.#options = options;
  }

  async importLeads(context: Context, input: ImportLeadsInput): Promise<ImportLeadsPayload> {
    const scope = authorizedScope(context, "lead:import");
    const read = readImportOptions(input);
    if ("userErrors" in read) return { leadImport: null, cursor: null, userErrors: read.userErrors };

    const { journal, cursors } = this.#options;
    const { tenantId, principal } = scope;
    const id = newUuid();
    const expiresAt = new Date(context.now.getTime() + linkLifetimeMs);
    const { result, position } = await journal.mutate(scope, async (transaction) => {
      const row = await insertImport(transaction, { id, ...read, creator: storePrincipal(principal), expiresAt });
      const { format, errorPolicy, isDryRun } = read.options;
      transaction.record({
        type: "lead_import.created",
        subjectType: "LeadImport",
        subjectId: id,
        data: { format, errorPolicy, isDryRun },
      });
      return { leadImport: toLeadImport(row), userErrors: [] };
    });
    return { ...result, cursor: cursorAfter(cursors, tenantId, position) };
  }

  /** The link for an import's file, the same whenever it is asked for; null when no file is awaited. */
  uploadUrl(context: Context, leadImport: LeadImport | null): string | null {
    const { tenantId, principal } = authorizedScope(context, "lead:import");
    if (leadImport?.status !== "AWAITING_UPLOAD") return null;
    const { uploadLinks, uploadUrl } = this.#options;
    const { uuid, uploadExpiresAt: expiresAt } = leadImport;
    return uploadUrl(uploadLinks.sign({ tenantId, subjectId: uuid, principalId: principalIdOf(principal), expiresAt }));
  }

  async cancelLeadImport(context: Context, { id }: CancelLeadImportInput): Promise<CancelLeadImportPayload> {
    const scope = authorizedScope(context, "lead:import");
    const { journal, cursors } = this.#options;
    const uuid = toUuid("LeadImport", id);
    const { result, position } = await journal.mutate(scope, async (transaction) => {
      if (uuid === null) return { leadImport: null, userErrors: [importNotFound] };
      const ended = await endImport(transaction, uuid, { status: "CANCELLED", failure: null }, null);
      if (ended !== undefined) return { leadImport: toLeadImport(ended), userErrors: [] };
      const row = await findImport(transaction, uuid);
      return row === undefined
        ? { leadImport: null, userErrors: [importNotFound] }
        : { leadImport: toLeadImport(row), userErrors: [importFinished] };
    });
    return { ...result, cursor: cursorAfter(cursors, scope.tenantId, position) };
  }

  async leadImport(context: Context, id: string): Promise<LeadImport | null> {
    const uuid = toUuid("LeadImport", id);
    return uuid === null ? null : ((await this.byIds(context, [uuid])).get(uuid) ?? null);
  }

  async byIds(context: Context, uuids: readonly string[]): Promise<Map<string, LeadImport>> {
    const { tenantId } = authorizedScope(context, "lead:import");
    const rows = await this.#options.database.read(tenantId, (session) => findImports(session, uuids));
    return new Map(rows.map((row) => [row.id, toLeadImport(row)]));
  }

  async leadImports(context: Context, args: ConnectionArgs): Promise<Page<LeadImport>> {
    const { tenantId } = authorizedScope(context, "lead:import");
    const { database, cursors } = this.#options;
    return database.read(tenantId, (session) => paginate(session, cursors, listImports(), args));
  }

  async errors(context: Context, importId: string, args: ConnectionArgs): Promise<Page<LeadImportRowError>> {
    readPageRequest(args);
    return context.loaders.get(this.#errors, context).load({ parentId: importId, args });
  }

  readonly #errors = (context: Context) => {
    const { tenantId } = authorizedScope(context, "lead:import");
    const { database, cursors } = this.#options;
    return childLoader({ database, cursors, tenantId }, errorList);
  };
}

const field = ["input", "id"];
const importNotFound = { code: "NOT_FOUND", message: "There is no such import.", field } as const;
const importFinished = { code: "ALREADY_FINISHED", message: "The import has ended already.", field } as const;
