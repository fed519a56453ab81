import type { Clock } from "../clock.ts";
import type { BulkOperationFailure } from "../../schema/bulk-status.ts";
import type { StandingRights } from "../operations/standing-principal.ts";
import { principalIdOf, standingPrincipal } from "../operations/standing-principal.ts";
import type { LinkGrant, SignedLinks } from "../operations/signed-link.ts";
import { toId } from "../operations/ids.ts";
import { ChunkWriter, readFile } from "./bulk-chunks.ts";
import { BulkFailed, NoLongerRunning } from "./bulk-failure.ts";
import { Lease } from "./bulk-lease.ts";
import type { OperationRow } from "./bulk-row.ts";
import { claimUpload, endOperation, enqueue, findOperation } from "./bulk-store.ts";
import { type BulkTools, holdingOf, scopeOf } from "./bulk-tools.ts";

export interface BulkFilesOptions {
  readonly tools: BulkTools;
  readonly rights: StandingRights;
  readonly clock: Clock;
  readonly uploadLinks: SignedLinks;
  readonly downloadLinks: SignedLinks;
  readonly onQueued: () => void;
}

export type BulkLinkRefusal = "UNKNOWN_LINK" | "EXPIRED_LINK" | "ALREADY_SENT" | "NOT_ALLOWED";

/** What became of an upload. */
export type Received =
  | { readonly refused: BulkLinkRefusal }
  | { readonly id: string; readonly failure: BulkOperationFailure | null; readonly isCancelled: boolean };

/** A result, whole or in part. */
export interface BulkResult {
  readonly fileName: string;
  readonly size: number;
  /** Changes with the bytes: a result is never written again once it can be fetched. */
  readonly etag: string;
  readonly sha256: string | null;
  read(from: number, to: number): AsyncGenerator<Buffer>;
}

/** Takes the files of imports, and hands out results. */
export class BulkFilesService {
  readonly #options: BulkFilesOptions;

  constructor(options: BulkFilesOptions) {
    this.#options = options;
  }

  /** Stores a file; it is read when it is whole. A link is good for one upload, however that ends. */
  async receive(token: string, bytes: AsyncIterable<Buffer>): Promise<Received> {
    const { uploadLinks, tools } = this.#options;
    const found = await this.#open(uploadLinks.read(token));
    if ("refused" in found) return found;
    const { tenant_id: tenantId } = found;
    const row = await tools.database.read(tenantId, (session) => claimUpload(session, found.id));
    if (row === undefined) return { refused: "ALREADY_SENT" };
    const id = toId("BulkOperation", row.id);
    try {
      await this.#store(row, bytes);
      this.#options.onQueued();
      return { id, failure: null, isCancelled: false };
    } catch (error) {
      if (error instanceof NoLongerRunning) return { id, failure: null, isCancelled: true };
      const failure = error instanceof BulkFailed ? error.failure : "INTERNAL";
      const failureMessage = error instanceof BulkFailed ? error.message : "Something went wrong on our side.";
      if (failure === "INTERNAL") tools.log.error({ err: error }, "a bulk file couldn't be stored");
      await tools.journal.transaction(scopeOf(row), (transaction) =>
        endOperation(transaction, holdingOf(row), { status: "FAILED", failure, failureMessage }),
      );
      return { id, failure, isCancelled: false };
    }
  }

  /** The result that a link leads to. */
  async result(token: string): Promise<BulkResult | { readonly refused: BulkLinkRefusal }> {
    const { downloadLinks, tools } = this.#options;
    const row = await this.#open(downloadLinks.read(token));
    if ("refused" in row) return row;
    const { tenant_id: tenantId, id, sha256 } = row;
    return {
      fileName: `${toId("BulkOperation", id)}.jsonl`,
      size: Number(row.size),
      etag: `"${sha256 ?? `${id}.${row.size}`}"`,
      sha256,
      read: (from, to) => readFile(tools.database, tenantId, { id, file: "RESULT", from, to }),
    };
  }

  async #store(row: OperationRow, bytes: AsyncIterable<Buffer>): Promise<void> {
    const { database } = this.#options.tools;
    const holding = holdingOf(row);
    await using lease = new Lease(database, holding);
    const file = new ChunkWriter({ database, holding, file: "UPLOAD" });
    for await (const piece of bytes) {
      lease.signal.throwIfAborted();
      await file.write(piece);
    }
    await file.finish();
    const isQueued = await database.read(holding.tenantId, (session) => enqueue(session, holding));
    if (!isQueued) throw new NoLongerRunning();
  }

  /** The operation of a link, if whoever it was made for may still do such things. */
  async #open(link: LinkGrant | null): Promise<OperationRow | { readonly refused: BulkLinkRefusal }> {
    const { clock, rights, tools } = this.#options;
    if (link === null) return { refused: "UNKNOWN_LINK" };
    const now = clock();
    if (link.expiresAt <= now) return { refused: "EXPIRED_LINK" };
    const row = await tools.database.read(link.tenantId, (session) => findOperation(session, link.subjectId));
    if (row === undefined) return { refused: "UNKNOWN_LINK" };
    const action = row.kind === "EXPORT" ? "bulk:export" : "bulk:import";
    const principal = await standingPrincipal(row.creator, action, { rights, now });
    if (principal === null || principalIdOf(principal) !== link.principalId) return { refused: "NOT_ALLOWED" };
    return row;
  }
}
