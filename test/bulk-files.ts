import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { payload, startApp, type StartAppOptions, type TestApp } from "./app.ts";

export interface BulkState {
  readonly id: string;
  readonly kind: string;
  readonly status: string;
  readonly failure: string | null;
  readonly failureMessage: string | null;
  readonly processedRows: number;
  readonly failedRows: number;
  readonly size: number;
  readonly sha256: string | null;
  readonly eventCursor: string | null;
  readonly downloadUrl: string | null;
  readonly finishedAt: string | null;
}

export interface Started {
  readonly bulkOperation: { readonly id: string; readonly status: string } | null;
  readonly uploadUrl?: string | null;
  readonly userErrors: readonly { readonly code: string; readonly message: string; readonly field: string[] | null }[];
}

export const bulkFields =
  "id kind status failure failureMessage processedRows failedRows size sha256 eventCursor downloadUrl finishedAt";
const patienceMs = 60_000;

/** An app with what tests of bulk operations do. */
export class BulkFiles implements AsyncDisposable {
  readonly app: TestApp;
  readonly #owner: pg.Pool;

  private constructor(app: TestApp) {
    this.app = app;
    this.#owner = new pg.Pool({ connectionString: app.database.ownerUrl, max: 2 });
  }

  static async start(options: StartAppOptions = {}): Promise<BulkFiles> {
    return new BulkFiles(await startApp(options));
  }

  async startExport(document: string, variables?: object, credential?: string): Promise<Started> {
    const answer = await this.app.graphql(
      `mutation ($input: StartBulkExportInput!) {
        startBulkExport(input: $input) { bulkOperation { id status } userErrors { code message field } }
      }`,
      { input: { document, ...(variables === undefined ? {} : { variables }) } },
      credential,
    );
    return payload<Started>(answer, "startBulkExport");
  }

  /** Starts an export, waits for its end and fetches its rows. */
  async export<Row = Record<string, unknown>>(document: string, variables?: object, credential?: string) {
    const { bulkOperation, userErrors } = await this.startExport(document, variables, credential);
    if (bulkOperation === null) throw new Error(JSON.stringify(userErrors));
    const state = await this.end(bulkOperation.id, credential);
    return { state, rows: state.downloadUrl === null ? [] : await this.rows<Row>(state) };
  }

  async startImport(document: string, errorPolicy = "SKIP_FAILED", credential?: string): Promise<Started> {
    const answer = await this.app.graphql(
      `mutation ($input: StartBulkImportInput!) {
        startBulkImport(input: $input) { bulkOperation { id status } uploadUrl userErrors { code message field } }
      }`,
      { input: { document, errorPolicy } },
      credential,
    );
    return payload<Started>(answer, "startBulkImport");
  }

  /** Starts an import, sends its file, waits for its end and fetches the results. */
  async import(document: string, file: string, errorPolicy?: string, credential?: string) {
    const { bulkOperation, uploadUrl, userErrors } = await this.startImport(document, errorPolicy, credential);
    if (bulkOperation === null || uploadUrl == null) throw new Error(JSON.stringify(userErrors));
    const response = await fetch(uploadUrl, { method: "PUT", body: file });
    if (response.status !== 202) throw new Error(await response.text());
    const state = await this.end(bulkOperation.id, credential);
    const results = state.downloadUrl === null ? [] : await this.rows<Record<string, unknown>>(state);
    return { state, results };
  }

  async read(id: string, credential?: string): Promise<BulkState> {
    const answer = await this.app.graphql(
      `query ($id: ID!) { bulkOperation(id: $id) { ${bulkFields} } }`,
      { id },
      credential,
    );
    return payload<BulkState>(answer, "bulkOperation");
  }

  async waitFor(id: string, isReached: (state: BulkState) => boolean, credential?: string): Promise<BulkState> {
    for (const end = Date.now() + patienceMs; Date.now() < end;) {
      const state = await this.read(id, credential);
      if (isReached(state)) return state;
      await sleep(50);
    }
    throw new Error(`the bulk operation is still ${JSON.stringify(await this.read(id, credential))}`);
  }

  end(id: string, credential?: string): Promise<BulkState> {
    return this.waitFor(id, ({ finishedAt }) => finishedAt !== null, credential);
  }

  /** The lines of a result, whose length and digest are checked. */
  async rows<Row>({ downloadUrl, size, sha256 }: BulkState): Promise<Row[]> {
    const bytes = Buffer.from(await (await fetch(downloadUrl ?? "")).arrayBuffer());
    if (bytes.length !== size) throw new Error(`${bytes.length} of ${size} bytes`);
    if (sha256 !== null && createHash("sha256").update(bytes).digest("hex") !== sha256) throw new Error("other bytes");
    return bytes
      .toString()
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as Row);
  }

  /** Looks behind the server's back: row-level security doesn't bind it. */
  async sql<Row extends Record<string, unknown> = Record<string, unknown>>(text: string, values: unknown[] = []) {
    return (await this.#owner.query<Row>(text, values)).rows;
  }

  /** Leads of the app's first tenant, made without the server. */
  async insertLeads(count: number, prefix = "person"): Promise<void> {
    await this.#owner.query(
      `INSERT INTO lead (tenant_id, id, email, name, source, stage, created_at)
       SELECT (SELECT tenant_id FROM member WHERE email = $1), uuidv7(), $2 || n || '@example.com', 'Person ' || n, 'test', 'NEW',
         now() - n * interval '1 second'
       FROM generate_series(1, $3::int) AS n`,
      [this.app.tenant.ownerEmail, prefix, count],
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#owner.end();
    await this.app[Symbol.asyncDispose]();
  }
}
