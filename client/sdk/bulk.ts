import {
  BulkOperationDocument,
  type BulkOperationQuery,
  CancelBulkOperationDocument,
  StartBulkExportDocument,
  type StartBulkExportMutationVariables,
  StartBulkImportDocument,
  type StartBulkImportMutationVariables,
} from "../generated/operations.ts";
import { readJsonLines } from "./json-lines.ts";
import type { Nexora } from "./nexora.ts";
import { sleep } from "./retry.ts";

export type BulkState = NonNullable<BulkOperationQuery["bulkOperation"]>;

export interface BulkOptions {
  /** Cancels the operation. */
  readonly signal?: AbortSignal;
  /** Called with each state on the way. */
  readonly onProgress?: (state: BulkState) => void;
  readonly fetch?: typeof fetch;
}

/** A bulk operation didn't come to its end, or wasn't begun. */
export class BulkOperationError extends Error {
  override readonly name = "BulkOperationError";
  /** `failure` of the operation, its status when it was cancelled, or the code of the user error that refused it. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export interface BulkExport {
  readonly operation: BulkState;
  /** Subscribe after it to get exactly what the rows don't have. */
  readonly eventCursor: string | null;
  /** The rows, as they arrive; a connection that breaks is taken up where it was. */
  rows<Row = Record<string, unknown>>(): AsyncGenerator<Row, undefined, undefined>;
}

export interface BulkLine {
  /** Names the line: what was done under this key in the last day isn't done again. */
  readonly key: string;
  readonly input: object;
}

export interface BulkLineResult<Data = unknown> {
  readonly line: number;
  readonly key: string | null;
  readonly status: "DONE" | "REPLAYED" | "REFUSED" | "FAILED" | "NOT_WRITTEN";
  readonly data?: Data;
  readonly userErrors?: readonly {
    readonly code: string;
    readonly message: string;
    readonly field: readonly string[] | null;
  }[];
  readonly errors?: readonly { readonly code: string; readonly message: string }[];
}

export interface BulkImport {
  readonly operation: BulkState;
  /** What became of each line, in their order. */
  results<Data = unknown>(): AsyncGenerator<BulkLineResult<Data>, undefined, undefined>;
}

/** Runs a bulk export to its end. Throws BulkOperationError when it doesn't get there. */
export async function bulkExport(
  nexora: Nexora,
  input: StartBulkExportMutationVariables["input"],
  options: BulkOptions = {},
): Promise<BulkExport> {
  const { startBulkExport } = await nexora.mutate(StartBulkExportDocument, { input });
  const operation = await end(nexora, startBulkExport, options);
  if (operation.status !== "COMPLETED") throw failureOf(operation);
  return {
    operation,
    eventCursor: operation.eventCursor,
    rows: <Row>() => readJsonLines<Row>(() => linkOf(nexora, operation.id), options.fetch),
  };
}

/**
 * Runs a bulk import to its end: the mutation for each line. The lines are held in memory until they are sent; a large file is
 * better sent to the `uploadUrl` of startBulkImport. Throws BulkOperationError when there are no results.
 */
export async function bulkImport(
  nexora: Nexora,
  input: StartBulkImportMutationVariables["input"],
  lines: Iterable<BulkLine> | AsyncIterable<BulkLine>,
  options: BulkOptions = {},
): Promise<BulkImport> {
  const texts: string[] = [];
  for await (const line of lines) texts.push(`${JSON.stringify(line)}\n`);
  const { startBulkImport } = await nexora.mutate(StartBulkImportDocument, { input });
  const { uploadUrl } = startBulkImport;
  if (uploadUrl !== null) {
    const send = options.fetch ?? fetch;
    const response = await send(uploadUrl, { method: "PUT", body: new Blob(texts) });
    if (!response.ok) throw new BulkOperationError(`HTTP_${response.status}`, await response.text());
  }
  const operation = await end(nexora, startBulkImport, options);
  if (operation.status !== "COMPLETED" && operation.failure !== "LINES_REFUSED") throw failureOf(operation);
  return {
    operation,
    results: <Data>() => readJsonLines<BulkLineResult<Data>>(() => linkOf(nexora, operation.id), options.fetch),
  };
}

interface Start {
  readonly bulkOperation: BulkState | null;
  readonly userErrors: readonly { readonly code: string; readonly message: string }[];
}

const firstPauseMs = 100;
const longestPauseMs = 2_000;

async function end(nexora: Nexora, { bulkOperation, userErrors }: Start, options: BulkOptions): Promise<BulkState> {
  if (bulkOperation === null) {
    const [refused] = userErrors;
    throw new BulkOperationError(refused?.code ?? "INTERNAL", refused?.message ?? "It wasn't begun.");
  }
  const { id } = bulkOperation;
  let isCancelling = false;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 1.5, longestPauseMs)) {
    if (options.signal?.aborted === true && !isCancelling) {
      isCancelling = true;
      await nexora.mutate(CancelBulkOperationDocument, { input: { id } });
    }
    const state = await read(nexora, id);
    options.onProgress?.(state);
    if (state.finishedAt !== null) return state;
    await sleep(pauseMs);
  }
}

async function read(nexora: Nexora, id: string): Promise<BulkState> {
  const { bulkOperation } = await nexora.query(BulkOperationDocument, { id });
  if (bulkOperation === null) throw new BulkOperationError("NOT_FOUND", "The operation has been deleted.");
  return bulkOperation;
}

async function linkOf(nexora: Nexora, id: string): Promise<string> {
  const { downloadUrl } = await read(nexora, id);
  if (downloadUrl === null)
    throw new BulkOperationError("FORBIDDEN", "The result can't be fetched with this credential.");
  return downloadUrl;
}

function failureOf({ status, failure, failureMessage }: BulkState): BulkOperationError {
  return new BulkOperationError(failure ?? status, failureMessage ?? `The operation is ${status}.`);
}
