import { AsyncLocalStorage } from "node:async_hooks";
import { BulkFailed, HandedOver, NoLongerRunning } from "./bulk-failure.ts";
import type { OperationRow } from "./bulk-row.ts";
import { claimRun, type Ending, endOperation, enqueue, findOperation, silenceMs } from "./bulk-store.ts";
import { type BulkTools, holdingOf, scopeOf } from "./bulk-tools.ts";
import { runExport } from "./export-run.ts";
import { runImport } from "./import-run.ts";

const everyMs = 1_000;
interface Due {
  readonly tenant_id: string;
  readonly id: string;
  readonly task: "RUN" | "END" | "DELETE";
}

const system = { type: "SYSTEM" } as const;

/**
 * Runs what waits, takes over what other processes have left, ends what was never sent and deletes what is old. Each process has
 * one; that two find the same operation does no harm.
 */
export class BulkWorker {
  readonly #tools: BulkTools;
  readonly #maxRunning: number;
  /** What is run here belongs to no request, also when one has woken us: neither its deadline nor its account. */
  readonly #outside = AsyncLocalStorage.snapshot();
  readonly #stopping = new AbortController();
  readonly #running = new Map<string, { readonly tenantId: string; readonly ended: Promise<void> }>();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;

  /** Each operation keeps a connection to the database as long as it lasts; most must be left for everything else. */
  constructor(tools: BulkTools, { poolSize }: { readonly poolSize: number }) {
    this.#tools = tools;
    this.#maxRunning = Math.max(1, Math.min(3, Math.floor(poolSize / 3)));
  }

  start(): void {
    this.#timer = setInterval(() => this.wake(), everyMs);
    this.#timer.unref();
    this.wake();
  }

  /** Looks for work now: something was started, or something has ended. */
  wake(): void {
    if (this.#stopping.signal.aborted || this.#timer === undefined) return;
    this.#looking ??= this.#outside(() => this.look())
      .catch((error: unknown) => this.#tools.log.warn({ err: error }, "bulk operations couldn't be looked for"))
      .finally(() => (this.#looking = undefined));
  }

  /** Lets go of what it works on, so that another process goes on with it at once. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#stopping.abort(new HandedOver("the server is being stopped"));
    await this.#looking;
    await Promise.allSettled([...this.#running.values()].map(({ ended }) => ended));
  }

  /** Does what is due at this time. Runs go on in the background. */
  async look(now: Date = new Date()): Promise<void> {
    const { database } = this.#tools;
    const silentSince = new Date(now.getTime() - silenceMs);
    const due = await database.global((session) =>
      session.query<Due>({
        name: "bulk-due",
        text: "SELECT tenant_id, id, task FROM bulk_operations_due($1, $2)",
        values: [silentSince, now],
      }),
    );
    for (const { tenant_id: tenantId, id, task } of due) {
      if (task === "DELETE") await this.#delete(tenantId, id, now);
      else if (task === "END") await this.#endLost(tenantId, id, silentSince);
      else if (this.#hasRoom(tenantId) && !this.#running.has(id)) await this.#take(tenantId, id, silentSince);
    }
  }

  /** One is left to other tenants, and the tenant's other work needs its share of the connections. */
  #hasRoom(tenantId: string): boolean {
    const running = [...this.#running.values()];
    const ofTenant = running.filter((each) => each.tenantId === tenantId).length;
    return running.length < this.#maxRunning && ofTenant < Math.max(1, this.#maxRunning - 1);
  }

  async #take(tenantId: string, id: string, silentSince: Date): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    const row = await this.#tools.database.read(tenantId, (session) => claimRun(session, id, silentSince));
    if (row === undefined) return;
    if (row === "WORN_OUT") {
      const failureMessage = "The processes that worked on it ended before it did.";
      return this.#end(tenantId, id, { status: "FAILED", failure: "PROCESS_LOST", failureMessage });
    }
    const ended = this.#run(row).finally(() => {
      this.#running.delete(id);
      this.wake();
    });
    this.#running.set(id, { tenantId, ended });
  }

  async #run(row: OperationRow): Promise<void> {
    const { log, database, journal } = this.#tools;
    const { signal } = this.#stopping;
    try {
      await (row.kind === "EXPORT" ? runExport : runImport)(this.#tools, row, signal);
    } catch (error) {
      if (error instanceof NoLongerRunning) return; // whoever ended or took it has written that
      try {
        if (error instanceof HandedOver) {
          await database.read(row.tenant_id, (session) => enqueue(session, holdingOf(row)));
          return;
        }
        if (!(error instanceof BulkFailed)) log.error({ err: error, operation: row.id }, "a bulk operation failed");
        const ending = endingOf(error);
        await journal.transaction(scopeOf(row), (transaction) => endOperation(transaction, holdingOf(row), ending));
      } catch (cause) {
        // It stays as it is: its heartbeat has stopped, so some process takes it over.
        log.warn({ err: cause, operation: row.id }, "a bulk operation's end couldn't be written");
      }
    }
  }

  /** Its file never came, or the process that received it has gone. */
  async #endLost(tenantId: string, id: string, silentSince: Date): Promise<void> {
    const row = await this.#tools.database.read(tenantId, (session) => findOperation(session, id));
    if (row === undefined || row.finished_at !== null) return;
    const isLost = row.status === "UPLOADING";
    if (!isLost && row.status !== "AWAITING_UPLOAD") return;
    if (isLost && !(await this.#isSilent(tenantId, id, silentSince))) return;
    const failure = isLost ? "PROCESS_LOST" : "UPLOAD_EXPIRED";
    const failureMessage = isLost ? "The process that received the file has ended." : "The file wasn't sent in time.";
    await this.#end(tenantId, id, { status: "FAILED", failure, failureMessage });
  }

  async #isSilent(tenantId: string, id: string, silentSince: Date): Promise<boolean> {
    const rows = await this.#tools.database.read(tenantId, (session) =>
      session.query({
        text: "SELECT id FROM bulk_operation WHERE tenant_id = $1 AND id = $2 AND heartbeat_at < $3",
        values: [tenantId, id, silentSince],
      }),
    );
    return rows.length > 0;
  }

  async #end(tenantId: string, id: string, ending: Ending): Promise<void> {
    const scope = { tenantId, actor: system, requestId: "bulk-worker" };
    await this.#tools.journal.transaction(scope, (transaction) => endOperation(transaction, { id }, ending));
  }

  async #delete(tenantId: string, id: string, now: Date): Promise<void> {
    await this.#tools.database.read(tenantId, (session) =>
      session.query({
        text: "DELETE FROM bulk_operation WHERE tenant_id = $1 AND id = $2 AND expires_at < $3",
        values: [tenantId, id, now],
      }),
    );
  }
}

function endingOf(error: unknown): Ending {
  if (error instanceof BulkFailed) {
    return { status: "FAILED", failure: error.failure, failureMessage: error.message };
  }
  return { status: "FAILED", failure: "INTERNAL", failureMessage: "Something went wrong on our side." };
}
