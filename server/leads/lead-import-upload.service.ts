import type { LeadImport } from "../../schema/lead-import.ts";
import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import { actorOf } from "../operations/principal.ts";
import type { SignedLinks } from "../operations/signed-link.ts";
import { loadTenantSettings } from "../operations/tenant-settings.ts";
import { ImportFailed } from "./lead-import-failure.ts";
import type { ImportTools } from "./lead-import-job.ts";
import { toLeadImport } from "./lead-import-row.ts";
import { ImportRun, NoLongerRunning } from "./lead-import-run.ts";
import { claimImport, findImport } from "./lead-import-store.ts";
import { principalIdOf, standingPrincipal, type StandingRights } from "../operations/standing-principal.ts";

export interface UploadTools extends ImportTools {
  readonly links: SignedLinks;
  readonly rights: StandingRights;
  readonly log: Log;
  readonly clock: Clock;
}

export interface Upload {
  /** Throws ImportFailed when the sender is the reason why it can't go on. */
  readonly bytes: AsyncIterable<Buffer>;
  readonly requestId: string;
}

/** Why an upload isn't taken. Nothing of it was read. */
export type UploadRefusal = "UNKNOWN_LINK" | "EXPIRED_LINK" | "ALREADY_SENT" | "NOT_ALLOWED" | "STOPPING";

/** Takes the files of imports. */
export class LeadUploadService {
  readonly #tools: UploadTools;
  readonly #stopping = new AbortController();
  readonly #running = new Set<Promise<unknown>>();

  constructor(tools: UploadTools) {
    this.#tools = tools;
  }

  /** Reads a file to its end and says how the import ended. A link is good for one upload, however that ends. */
  async receive(token: string, upload: Upload): Promise<LeadImport | { readonly refused: UploadRefusal }> {
    const { clock, links, rights, database } = this.#tools;
    const link = links.read(token);
    if (link === null) return { refused: "UNKNOWN_LINK" };
    const now = clock();
    if (link.expiresAt <= now) return { refused: "EXPIRED_LINK" };
    if (this.#stopping.signal.aborted) return { refused: "STOPPING" };
    const { tenantId, subjectId: id } = link;
    const row = await database.read(tenantId, (session) => findImport(session, id));
    if (row === undefined) return { refused: "UNKNOWN_LINK" };
    const principal = await standingPrincipal(row.creator, "lead:import", { rights, now });
    if (principal === null || principalIdOf(principal) !== link.principalId) return { refused: "NOT_ALLOWED" };
    const { claimed, settings } = await database.read(tenantId, async (session) => ({
      claimed: await claimImport(session, id),
      settings: await loadTenantSettings(session),
    }));
    if (claimed === undefined) return { refused: "ALREADY_SENT" };

    const scope = { tenantId, actor: actorOf(principal), requestId: upload.requestId };
    const job = { id, scope, options: row.options, defaultCountry: settings.defaultCountry, now };
    await this.#track(this.#run(new ImportRun(this.#tools, job, this.#stopping.signal), upload));
    const ended = await database.read(tenantId, (session) => findImport(session, id));
    if (ended === undefined) throw new Error("an import has gone while its file was read");
    return toLeadImport(ended);
  }

  /** Ends running imports, as failed, and waits until that is written. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.allSettled(this.#running);
  }

  async #run(run: ImportRun, { bytes }: Upload): Promise<void> {
    try {
      await run.complete(bytes);
    } catch (error) {
      if (error instanceof NoLongerRunning) return; // whoever ended it has written how
      if (!(error instanceof ImportFailed)) this.#tools.log.error({ err: error }, "an import failed");
      await run.fail(error instanceof ImportFailed ? error.failure : "INTERNAL");
    }
  }

  async #track(run: Promise<void>): Promise<void> {
    this.#running.add(run);
    try {
      await run;
    } finally {
      this.#running.delete(run);
    }
  }
}
