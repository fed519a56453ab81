import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import type { Database } from "../db/database.ts";
import type { Session } from "../db/session.ts";
import { NoLongerRunning } from "./bulk-failure.ts";
import type { Holding } from "./bulk-store.ts";

/** What was uploaded, and what the caller fetches. */
export type BulkFile = "UPLOAD" | "RESULT";

const chunkBytes = 1024 * 1024;
const pack = promisify(gzip);
const unpack = promisify(gunzip);

interface Chunk {
  readonly file: BulkFile;
  readonly start: number;
  readonly bytes: Buffer;
}

/** How far the operation is when the chunk is written. */
export interface ChunkProgress {
  readonly processedRows: number;
  readonly failedRows: number;
}

/** Adds a chunk to a file, with the progress that goes with it. Throws NoLongerRunning when the operation isn't ours. */
export async function storeChunk(
  session: Session,
  { id, attempt }: Holding,
  { file, start, bytes }: Chunk,
  progress: ChunkProgress | null,
): Promise<void> {
  const rows = await session.query({
    name: "bulk-store-chunk",
    text: `WITH mine AS (
             UPDATE bulk_operation SET heartbeat_at = now(), processed_rows = coalesce($4, processed_rows),
               failed_rows = coalesce($5, failed_rows), size = CASE WHEN $6 = 'RESULT' THEN $7::bigint + $8::int ELSE size END
             WHERE tenant_id = $1 AND id = $2 AND attempts = $3 AND status IN ('UPLOADING', 'RUNNING') RETURNING id)
           INSERT INTO bulk_chunk (tenant_id, operation_id, file, start, length, bytes)
           SELECT $1, mine.id, $6, $7, $8, $9 FROM mine RETURNING start`,
    values: [
      session.tenantId,
      id,
      attempt,
      progress?.processedRows ?? null,
      progress?.failedRows ?? null,
      file,
      start,
      bytes.length,
      await pack(bytes, { level: 1 }),
    ],
  });
  if (rows.length === 0) throw new NoLongerRunning();
}

export interface ChunkWriterOptions {
  readonly database: Database;
  readonly holding: Holding;
  readonly file: BulkFile;
  /** Undefined: the chunks bring no news of the progress. */
  readonly progress?: () => ChunkProgress;
}

/** Writes a file piece by piece: a chunk is packed and stored while the next one is gathered, so that two are in memory. */
export class ChunkWriter {
  readonly #options: ChunkWriterOptions;
  readonly #hash = createHash("sha256");
  #pieces: Buffer[] = [];
  #gathered = 0;
  #size = 0;
  #storing: Promise<void> = Promise.resolve();

  constructor(options: ChunkWriterOptions) {
    this.#options = options;
  }

  /** Wait for it, or memory fills where the database is slow. */
  async write(piece: Buffer): Promise<void> {
    this.#pieces.push(piece);
    this.#gathered += piece.length;
    if (this.#gathered >= chunkBytes) await this.#store();
  }

  /** Resolves when all of it is stored. */
  async finish(): Promise<{ readonly size: number; readonly sha256: string }> {
    if (this.#gathered > 0) await this.#store();
    await this.#storing;
    return { size: this.#size, sha256: this.#hash.digest("hex") };
  }

  async #store(): Promise<void> {
    await this.#storing;
    const { database, holding, file, progress } = this.#options;
    const bytes = Buffer.concat(this.#pieces);
    const start = this.#size;
    this.#pieces = [];
    this.#gathered = 0;
    this.#size += bytes.length;
    this.#hash.update(bytes);
    const counts = progress?.() ?? null;
    this.#storing = database.read(holding.tenantId, (session) =>
      storeChunk(session, holding, { file, start, bytes }, counts),
    );
    this.#storing.catch(() => undefined); // the next write, or the end, throws it
  }
}

export interface FileRange {
  readonly id: string;
  readonly file: BulkFile;
  /** First byte, and the one behind the last. */
  readonly from: number;
  readonly to: number;
}

/** The bytes of a part of a file; a chunk at a time is in memory, and no connection is held between two. */
export async function* readFile(
  database: Database,
  tenantId: string,
  { id, file, from, to }: FileRange,
): AsyncGenerator<Buffer> {
  for (let place = from; place < to;) {
    const at = place;
    const [chunk] = await database.read(tenantId, (session) =>
      session.query<{ start: bigint; bytes: Buffer }>({
        name: "bulk-read-chunk",
        text: `SELECT start, bytes FROM bulk_chunk
               WHERE tenant_id = $1 AND operation_id = $2 AND file = $3 AND start <= $4 AND start + length > $4
               ORDER BY start DESC LIMIT 1`,
        values: [tenantId, id, file, at],
      }),
    );
    if (chunk === undefined) throw new Error("a part of the file has gone");
    const bytes = await unpack(chunk.bytes);
    const start = Number(chunk.start);
    yield bytes.subarray(at - start, to - start);
    place = start + bytes.length;
  }
}

/** How many bytes of a file are stored. */
export async function sizeOf(database: Database, tenantId: string, id: string, file: BulkFile): Promise<number> {
  const [row] = await database.read(tenantId, (session) =>
    session.query<{ size: bigint | null }>({
      text: `SELECT max(start + length) AS size FROM bulk_chunk WHERE tenant_id = $1 AND operation_id = $2 AND file = $3`,
      values: [tenantId, id, file],
    }),
  );
  return Number(row?.size ?? 0n);
}
