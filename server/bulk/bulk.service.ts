import { GraphQLError, OperationTypeNode } from "graphql";
import type { CancelBulkOperationInput, StartBulkExportInput, StartBulkImportInput } from "../../schema/bulk-inputs.ts";
import type { BulkOperation } from "../../schema/bulk-operation.ts";
import type {
  CancelBulkOperationPayload,
  StartBulkExportPayload,
  StartBulkImportPayload,
} from "../../schema/bulk-payloads.ts";
import type { ConnectionArgs, Page } from "../../schema/connection.ts";
import type { Database } from "../db/database.ts";
import type { JournalService, Transaction } from "../journal/journal.service.ts";
import type { Action } from "../operations/actions.ts";
import { isAllowed } from "../operations/authorize.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import { cursorAfter } from "../operations/cursor-after.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { coerceVariables } from "../operations/executor.ts";
import { toUuid } from "../operations/ids.ts";
import { paginate } from "../operations/paginate.ts";
import type { SignedLinks } from "../operations/signed-link.ts";
import { linkLifetimeMs, storePrincipal } from "../operations/standing-principal.ts";
import { checkVariableTexts } from "../operations/text-check.ts";
import { newUuid } from "../operations/uuid.ts";
import { readDocument } from "./bulk-document.ts";
import type { BulkEngine } from "./bulk-engine.ts";
import { listOperations } from "./bulk-list.ts";
import { hasResult, type OperationRow, toBulkOperation } from "./bulk-row.ts";
import { endOperation, findOperation, findOperations, insertOperation, maxOpenOperations } from "./bulk-store.ts";
import { DocumentRefused } from "./document-refused.ts";
import { planExport } from "./export-plan.ts";
import { planImport } from "./import-plan.ts";

export interface BulkServiceOptions {
  readonly database: Database;
  readonly journal: JournalService;
  readonly cursors: CursorCodec;
  readonly engine: BulkEngine;
  readonly uploadLinks: SignedLinks;
  readonly downloadLinks: SignedLinks;
  readonly uploadUrl: (token: string) => string;
  readonly downloadUrl: (token: string) => string;
  /** Something waits to be run. */
  readonly onQueued: () => void;
}

type StartCode = "DOCUMENT_INVALID" | "NOT_ALLOWED" | "LIMIT_REACHED";
type NewRow = Parameters<typeof insertOperation>[1];

/** Starts bulk operations, shows them and cancels them. What happens in between: BulkWorker. */
export class BulkService {
  readonly #options: BulkServiceOptions;

  constructor(options: BulkServiceOptions) {
    this.#options = options;
  }

  async startBulkExport(context: Context, input: StartBulkExportInput): Promise<StartBulkExportPayload> {
    const scope = authorizedScope(context, "bulk:export");
    const variables = input.variables ?? {};
    checkVariableTexts(variables);
    const planned = this.#plan(context, () => this.#checkExport(input.document, variables));
    if ("refused" in planned) return refused(planned.refused);
    const started = await this.#start(scope, {
      ...this.#newRow(context, planned.action, input.document),
      kind: "EXPORT",
      status: "QUEUED",
      variables,
      error_policy: null,
      upload_expires_at: null,
    });
    this.#options.onQueued();
    return started;
  }

  async startBulkImport(context: Context, input: StartBulkImportInput): Promise<StartBulkImportPayload> {
    const scope = authorizedScope(context, "bulk:import");
    const planned = this.#plan(context, () => planImport(this.#options.engine, input.document));
    if ("refused" in planned) return refused(planned.refused);
    return this.#start(scope, {
      ...this.#newRow(context, planned.action, input.document),
      kind: "IMPORT",
      status: "AWAITING_UPLOAD",
      variables: null,
      error_policy: input.errorPolicy,
      upload_expires_at: new Date(context.now.getTime() + linkLifetimeMs),
    });
  }

  async cancelBulkOperation(context: Context, { id }: CancelBulkOperationInput): Promise<CancelBulkOperationPayload> {
    const scope = authorizedScope(context, "bulk:read");
    const { journal, cursors } = this.#options;
    const uuid = toUuid("BulkOperation", id);
    const { result, position } = await journal.mutate(scope, async (transaction) => {
      const row = uuid === null ? undefined : await findOperation(transaction, uuid);
      if (row === undefined || !isAllowed(scope.principal, startAction(row))) {
        const message = "There is no such bulk operation.";
        return { bulkOperation: null, userErrors: [{ code: "NOT_FOUND" as const, message, field: ["input", "id"] }] };
      }
      const ended = await endOperation(transaction, { id: row.id }, { status: "CANCELLED" });
      if (ended !== undefined) return { bulkOperation: toBulkOperation(ended, cursors), userErrors: [] };
      const now = await findOperation(transaction, row.id);
      const message = "The bulk operation has ended already.";
      return {
        bulkOperation: toBulkOperation(now ?? row, cursors),
        userErrors: [{ code: "ALREADY_FINISHED" as const, message, field: ["input", "id"] }],
      };
    });
    return { ...result, cursor: cursorAfter(cursors, scope.tenantId, position) };
  }

  async bulkOperation(context: Context, id: string): Promise<BulkOperation | null> {
    const uuid = toUuid("BulkOperation", id);
    return uuid === null ? null : ((await this.byIds(context, [uuid])).get(uuid) ?? null);
  }

  async byIds(context: Context, uuids: readonly string[]): Promise<Map<string, BulkOperation>> {
    const { tenantId } = authorizedScope(context, "bulk:read");
    const { database, cursors } = this.#options;
    const rows = await database.read(tenantId, (session) => findOperations(session, uuids));
    return new Map(rows.map((row) => [row.id, toBulkOperation(row, cursors)]));
  }

  async bulkOperations(context: Context, args: ConnectionArgs): Promise<Page<BulkOperation>> {
    const { tenantId } = authorizedScope(context, "bulk:read");
    const { database, cursors } = this.#options;
    return database.read(tenantId, (session) => paginate(session, cursors, listOperations(cursors), args));
  }

  /** The link for an import's file, the same whenever it is asked for; null when no file is awaited. */
  uploadUrl({ principal }: Context, operation: BulkOperation | null): string | null {
    const { uploadLinks, uploadUrl } = this.#options;
    if (principal.kind === "ANONYMOUS" || operation?.status !== "AWAITING_UPLOAD") return null;
    const { uuid, creatorId, uploadExpiresAt: expiresAt } = operation;
    if (expiresAt === null) return null;
    const { tenantId } = principal;
    return uploadUrl(uploadLinks.sign({ tenantId, subjectId: uuid, principalId: creatorId, expiresAt }));
  }

  /** A new link to the result, for those who could have read it themselves. */
  downloadUrl({ principal, now }: Context, operation: BulkOperation): string | null {
    const { downloadLinks, downloadUrl } = this.#options;
    if (principal.kind === "ANONYMOUS" || !hasResult(operation)) return null;
    if (![startAction(operation), ...(operation.actions as Action[])].every((action) => isAllowed(principal, action))) {
      return null;
    }
    const { uuid, creatorId } = operation;
    const expiresAt = new Date(now.getTime() + linkLifetimeMs);
    const { tenantId } = principal;
    return downloadUrl(downloadLinks.sign({ tenantId, subjectId: uuid, principalId: creatorId, expiresAt }));
  }

  #checkExport(document: string, variables: Readonly<Record<string, unknown>>): { readonly action: Action } {
    const { engine } = this.#options;
    const { action } = planExport(engine, document);
    const { operation } = readDocument(engine, document, OperationTypeNode.QUERY);
    const coerced = coerceVariables(engine.schema, operation, variables);
    if (coerced instanceof GraphQLError) throw new DocumentRefused(coerced.message);
    return { action };
  }

  #plan(
    { principal }: Context,
    plan: () => { readonly action: Action },
  ): { readonly action: Action } | { readonly refused: DocumentRefused } {
    try {
      const planned = plan();
      if (isAllowed(principal, planned.action)) return planned;
      return { refused: new DocumentRefused(`This needs the permission "${planned.action}".`, "NOT_ALLOWED") };
    } catch (error) {
      if (error instanceof DocumentRefused) return { refused: error };
      throw error;
    }
  }

  #newRow(context: Context, action: Action, document: string) {
    const { principal } = authorizedScope(context, action);
    return {
      id: newUuid(),
      document,
      creator: storePrincipal(principal),
      actions: [action],
      request_id: context.requestId,
    };
  }

  async #start(scope: ReturnType<typeof authorizedScope>, row: NewRow) {
    const { journal, cursors } = this.#options;
    const { result, position } = await journal.mutate(scope, async (transaction) => {
      const inserted = await insertOperation(transaction, row);
      if (inserted === undefined) {
        const message = `At most ${maxOpenOperations} bulk operations of a tenant are open at once.`;
        return { bulkOperation: null, userErrors: [userError("LIMIT_REACHED", message, null)] };
      }
      recordStart(transaction, inserted);
      return { bulkOperation: toBulkOperation(inserted, cursors), userErrors: [] };
    });
    return { ...result, cursor: cursorAfter(cursors, scope.tenantId, position) };
  }
}

/** Who may start such an operation may cancel it and fetch its result. */
function startAction({ kind }: Pick<OperationRow, "kind">): Action {
  return kind === "EXPORT" ? "bulk:export" : "bulk:import";
}

/** Before the first row leaves the house: what is to be read or changed, and by whom, is on record. */
function recordStart(
  transaction: Transaction,
  { id, kind, document, variables, error_policy: errorPolicy }: OperationRow,
) {
  transaction.record({
    type: "bulk_operation.created",
    subjectType: "BulkOperation",
    subjectId: id,
    data: { kind, ...(errorPolicy === null ? {} : { errorPolicy }) },
    personal: { document, ...(variables === null ? {} : { variables }) }, // a filter can name people
  });
}

function userError<Code extends StartCode>(code: Code, message: string, field: readonly string[] | null) {
  return { code, message, field };
}

function refused({ code, message }: DocumentRefused) {
  return { bulkOperation: null, cursor: null, userErrors: [userError(code, message, ["input", "document"])] };
}
