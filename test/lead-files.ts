import { connect } from "node:net";
import pg from "pg";
import type { ImportOptions } from "../server/leads/lead-import-options.ts";
import { payload, startApp, type TestApp } from "./app.ts";

/** A CSV file whose refused rows are left out, everything else found out or left away. */
export const plainCsv: ImportOptions = {
  format: "CSV",
  mapping: null,
  encoding: "AUTO",
  delimiter: "AUTO",
  tags: [],
  source: "import",
  isDryRun: false,
  errorPolicy: "SKIP_FAILED",
};

export interface ImportState {
  readonly id: string;
  readonly status: string;
  readonly failure: string | null;
  readonly processedRows: number;
  readonly committedRows: number;
  readonly createdLeads: number;
  readonly mergedLeads: number;
  readonly failedRows: number;
  readonly errors: { readonly nodes: readonly { row: number; line: number; code: string; field: string[] | null }[] };
}

export interface PreparedImport {
  readonly id: string;
  readonly uploadUrl: string;
}

/** An app with what tests of imports and exports do. */
export class LeadFiles implements AsyncDisposable {
  readonly app: TestApp;
  readonly #owner: pg.Pool;

  private constructor(app: TestApp) {
    this.app = app;
    this.#owner = new pg.Pool({ connectionString: app.database.ownerUrl, max: 2 });
  }

  static async start(env: Readonly<Record<string, string>> = {}): Promise<LeadFiles> {
    return new LeadFiles(await startApp({ env }));
  }

  async prepare(input: Readonly<Record<string, unknown>> = {}, credential?: string): Promise<PreparedImport> {
    const answer = await this.app.graphql(
      `mutation ($input: ImportLeadsInput!) {
        importLeads(input: $input) { leadImport { id status } uploadUrl userErrors { code } }
      }`,
      { input: { format: "CSV", fileName: "leads.csv", ...input } },
      credential,
    );
    const { leadImport, uploadUrl, userErrors } = payload<{
      leadImport: { id: string } | null;
      uploadUrl: string | null;
      userErrors: unknown[];
    }>(answer, "importLeads");
    if (leadImport === null || uploadUrl === null) throw new Error(JSON.stringify(userErrors));
    return { id: leadImport.id, uploadUrl };
  }

  async read(id: string, credential?: string): Promise<ImportState> {
    const answer = await this.app.graphql(
      `query ($id: ID!) {
        leadImport(id: $id) {
          id status failure processedRows committedRows createdLeads mergedLeads failedRows
          errors(first: 250) { nodes { row line code field } }
        }
      }`,
      { id },
      credential,
    );
    return payload<ImportState>(answer, "leadImport");
  }

  /** Prepares, sends and reads an import. */
  async import(
    file: NonNullable<RequestInit["body"]>,
    input: Readonly<Record<string, unknown>> = {},
    init: RequestInit = {},
  ) {
    const { id, uploadUrl } = await this.prepare(input);
    const response = await fetch(uploadUrl, { method: "PUT", body: file, ...init });
    const body = (await response.json()) as Record<string, unknown>;
    return { status: response.status, body, state: await this.read(id) };
  }

  /** Sends the head of a request and the beginning of its body, and hands the socket to the test. */
  sendPart(uploadUrl: string, part: string, length: number) {
    const { pathname } = new URL(uploadUrl);
    const socket = connect(this.app.port, "127.0.0.1");
    socket.on("error", () => undefined);
    socket.write(
      `PUT ${pathname} HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\nContent-Length: ${length}\r\n\r\n${part}`,
    );
    return socket;
  }

  async waitFor(id: string, isReached: (state: ImportState) => boolean, timeoutMs = 10_000): Promise<ImportState> {
    for (const end = Date.now() + timeoutMs; Date.now() < end;) {
      const state = await this.read(id);
      if (isReached(state)) return state;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`the import is still ${JSON.stringify(await this.read(id))}`);
  }

  /** Looks behind the server's back: row-level security doesn't bind it. */
  async sql<Row extends Record<string, unknown> = Record<string, unknown>>(text: string, values: unknown[] = []) {
    return (await this.#owner.query<Row>(text, values)).rows;
  }

  async leads(): Promise<number> {
    const [row] = await this.sql<{ count: number }>("SELECT count(*)::int AS count FROM lead");
    return row?.count ?? 0;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#owner.end();
    await this.app[Symbol.asyncDispose]();
  }
}

/** A CSV file with this many people, of whom each of these rows has no valid e-mail address. */
export function people(count: number, badRows: readonly number[] = []): string {
  const rows = Array.from({ length: count }, (_, index) =>
    badRows.includes(index + 1) ? `nobody,Bad ${index + 1}` : `p${index + 1}@example.com,Person ${index + 1}`,
  );
  return ["email,name", ...rows, ""].join("\n");
}
