import type { Database } from "../db/database.ts";
import type { JournalRecord } from "./entry.ts";
import { journalColumns, type JournalRow, toRecord } from "./journal-record.ts";

export interface ReadPage {
  readonly tenantId: string;
  /** Entries after this position, in order. */
  readonly after: bigint;
  readonly limit: number;
  /** Only entries of these types; undefined reads all. */
  readonly types?: readonly string[] | undefined;
}

/** Reads the journal by position. */
export class JournalReader {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The position of the last entry; 0 when there is none. */
  async head(tenantId: string): Promise<bigint> {
    const [row] = await this.#database.read(tenantId, (session) =>
      session.query<{ position: bigint }>({
        name: "journal-head",
        text: "SELECT position FROM journal_head WHERE tenant_id = $1",
        values: [tenantId],
      }),
    );
    return row?.position ?? 0n;
  }

  /** The heads of several tenants in one statement. */
  async heads(tenantIds: readonly string[]): Promise<Map<string, bigint>> {
    const rows = await this.#database.global((session) =>
      session.query<{ tenant_id: string; position: bigint }>({
        name: "journal-heads",
        text: "SELECT tenant_id, position FROM journal_heads($1)",
        values: [tenantIds],
      }),
    );
    return new Map(rows.map((row) => [row.tenant_id, row.position]));
  }

  async page({ tenantId, after, limit, types }: ReadPage): Promise<JournalRecord[]> {
    const rows = await this.#database.read(tenantId, (session) =>
      session.query<JournalRow>({
        name: types === undefined ? "journal-page" : "journal-page-of-types",
        text: `SELECT ${journalColumns} FROM journal_entry
               WHERE tenant_id = $1 AND position > $2 ${types === undefined ? "" : "AND type = ANY ($4)"}
               ORDER BY position LIMIT $3`,
        values: types === undefined ? [tenantId, after, limit] : [tenantId, after, limit, types],
      }),
    );
    return rows.map(toRecord);
  }
}
