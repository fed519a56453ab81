import type { JournalArgs, JournalEntry, JournalVerification, VerifyJournalArgs } from "../../schema/journal.ts";
import type { Database } from "../db/database.ts";
import { AppError } from "../operations/app-error.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import type { NodeSource } from "../operations/node-registry.ts";
import { readPageRequest } from "../operations/paginate.ts";
import type { CountablePage, Reader } from "../operations/total-count.ts";
import { journalColumns, type JournalRow, toJournalEntry, toRecord } from "./journal-record.ts";
import type { JournalReader } from "./journal-reader.ts";

/** Positions that one statement verifies: some 0.3 s, so that the statement's time limit isn't near. */
const verifyStep = 10_000n;

/** The journal for callers: pages of it, its verification, its place now. */
export class JournalQueries {
  readonly #database: Database;
  readonly #reader: JournalReader;
  readonly #cursors: CursorCodec;

  constructor(database: Database, reader: JournalReader, cursors: CursorCodec) {
    this.#database = database;
    this.#reader = reader;
    this.#cursors = cursors;
  }

  /** Pages by position; its cursors are the subscription's cursors. */
  async page(context: Context, args: JournalArgs): Promise<CountablePage<JournalEntry>> {
    const { tenantId } = authorizedScope(context, "journal:read");
    const request = readPageRequest(args);
    const { size, isForward } = request;
    const positionOf = (cursor: string) => this.#cursors.decodeEvent(cursor, { tenantId });
    const after = request.after === null ? 0n : positionOf(request.after);
    const before = request.before === null ? null : positionOf(request.before);
    const rows = await this.#database.read(tenantId, (session) =>
      session.query<JournalRow>({
        name: `journal-list-${isForward ? "forward" : "backward"}`,
        text: `SELECT ${journalColumns} FROM journal_entry
               WHERE tenant_id = $1 AND position > $2 AND ($3::bigint IS NULL OR position < $3) AND ($4::text[] IS NULL OR type = ANY ($4))
               ORDER BY position ${isForward ? "ASC" : "DESC"} LIMIT $5`,
        values: [tenantId, after, before, args.types ?? null, size + 1],
      }),
    );
    const hasMore = rows.length > size;
    const chosen = hasMore ? rows.slice(0, size) : rows;
    const nodes = (isForward ? chosen : chosen.toReversed()).map((row) => toJournalEntry(toRecord(row), this.#cursors));
    return {
      tenantId,
      countRows: async (read) => Number(await this.#count(tenantId, args.types, read)),
      nodes,
      edges: nodes.map((node) => ({ cursor: node.cursor, node })),
      pageInfo: {
        hasNextPage: isForward ? hasMore : before !== null,
        hasPreviousPage: isForward ? after > 0n : hasMore,
        startCursor: nodes.at(0)?.cursor ?? null,
        endCursor: nodes.at(-1)?.cursor ?? null,
      },
    };
  }

  /** Positions have no gaps: without a filter the last one tells how many entries there are. */
  #count(tenantId: string, types: readonly string[] | null | undefined, read: Reader): Promise<bigint> {
    if (types == null) return this.#reader.head(tenantId);
    return read(async (session) => {
      const [row] = await session.query<{ total: bigint }>({
        name: "journal-count",
        text: "SELECT count(*) AS total FROM journal_entry WHERE tenant_id = $1 AND type = ANY ($2)",
        values: [tenantId, types],
      });
      return row?.total ?? 0n;
    });
  }

  /** For `node` and `nodes`. */
  readonly nodeSource: NodeSource = {
    type: "JournalEntry",
    action: "journal:read",
    byIds: async (context, uuids) => {
      const { tenantId } = authorizedScope(context, "journal:read");
      const rows = await this.#database.read(tenantId, (session) =>
        session.query<JournalRow>({
          name: "journal-by-ids",
          text: `SELECT ${journalColumns} FROM journal_entry WHERE tenant_id = $1 AND id = ANY ($2)`,
          values: [tenantId, uuids],
        }),
      );
      return new Map(rows.map((row) => [row.id, toJournalEntry(toRecord(row), this.#cursors)]));
    },
  };

  async verify(context: Context, { from, to }: VerifyJournalArgs): Promise<JournalVerification> {
    const { tenantId } = authorizedScope(context, "journal:read");
    const first = from ?? 1n;
    if (first < 1n || (to != null && to < first)) {
      throw new AppError(
        "BAD_USER_INPUT",
        "A range of positions begins at 1 or later and doesn't end before it begins.",
        { reason: "VARIABLES" },
      );
    }
    const head = await this.#reader.head(tenantId);
    const last = to == null || to > head ? head : to;
    let entries = 0n;
    for (let position = first; ; position += verifyStep) {
      // The last step goes on to the end, where the chain is compared with the head.
      const isLastStep = position + verifyStep > last;
      const [checked] = await this.#database.read(tenantId, (session) =>
        session.query<{ entries: bigint; first_bad_position: bigint | null }>({
          name: "journal-verify",
          text: "SELECT entries, first_bad_position FROM journal_verify($1, $2)",
          values: [position, isLastStep ? last : position + verifyStep - 1n],
        }),
      );
      entries += checked?.entries ?? 0n;
      const bad = checked?.first_bad_position ?? null;
      if (bad !== null || isLastStep) return { valid: bad === null, entries, firstBadPosition: bad };
      context.signal.throwIfAborted();
    }
  }

  /**
   * Reads the journal's place ahead of an operation that selects eventCursor. Root fields run side by side: a place read among
   * them could be later than the state that is read beside it, and the change between the two would be missed.
   */
  readPlace(context: Context, rootFields: readonly string[]): Promise<void> | undefined {
    if (!rootFields.includes("eventCursor")) return undefined;
    const { tenantId } = authorizedScope(context, "viewer:read");
    return this.#reader.head(tenantId).then((position) => {
      context.eventPosition = position;
    });
  }

  async eventCursor(context: Context): Promise<string> {
    const { tenantId } = authorizedScope(context, "viewer:read");
    const position = context.eventPosition ?? (await this.#reader.head(tenantId));
    return this.#cursors.encodeEvent({ tenantId, position });
  }
}
