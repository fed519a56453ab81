import type { Database } from "../db/database.ts";
import type { Inside } from "../db/bound-session.ts";
import type { Session } from "../db/session.ts";
import type { HintBus } from "./hints.port.ts";

/** Many changes, each written as if it were alone, committed together: JournalService's transactions take place inside. */
export class JournalBatches {
  readonly #database: Database;
  readonly #hints: HintBus;

  constructor(database: Database, hints: HintBus) {
    this.#database = database;
    this.#hints = hints;
  }

  /** If work throws, none of it exists. The entries get their positions at the end, so that the journal is locked only then. */
  async run<T>(tenantId: string, work: (session: Session, inside: Inside) => Promise<T>): Promise<T> {
    const { result, finished } = await this.#database.together(tenantId, work);
    const position: unknown = finished.findLast((row) => typeof row["position"] === "bigint")?.["position"];
    if (typeof position === "bigint") this.#hints.publish({ tenantId, position });
    return result;
  }
}
