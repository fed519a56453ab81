import { isPersonal, type Principal } from "../operations/principal.ts";
import type { JournalRecord } from "./entry.ts";

/** Uuids of the members whom each entry is about; an entry that isn't in it is about nobody. */
export type ReadAudience = (
  tenantId: string,
  records: readonly JournalRecord[],
) => Promise<ReadonlyMap<JournalRecord, ReadonlySet<string>>>;

const nobody: ReadonlySet<string> = new Set();

/**
 * Says which entries a person need look at. Clients, learners and coaches follow in groups of their own, and each of these
 * gets every entry: whom it is about is read once for all of them. What they see of it is decided by their own reads.
 */
export class FeedAudience {
  readonly #read: ReadAudience;
  // The groups of a process are given the same objects. An entry is read after its commit: whoever was concerned by then is found.
  readonly #known = new WeakMap<JournalRecord, Promise<ReadonlySet<string>>>();

  constructor(read: ReadAudience) {
    this.#read = read;
  }

  /** All of them for the team and for keys. */
  async entriesFor(principal: Principal, records: readonly JournalRecord[]): Promise<readonly JournalRecord[]> {
    if (!isPersonal(principal)) return records;
    const { tenantId, memberId } = principal;
    const unknown = records.filter((record) => !this.#known.has(record));
    if (unknown.length > 0) this.#learn(unknown, this.#read(tenantId, unknown));
    const members = await Promise.all(records.flatMap((record) => this.#known.get(record) ?? []));
    return records.filter((_record, index) => members[index]?.has(memberId));
  }

  #learn(records: readonly JournalRecord[], reading: ReturnType<ReadAudience>): void {
    for (const record of records) {
      const members = reading.then((found) => found.get(record) ?? nobody);
      this.#known.set(record, members);
      members.catch(() => this.#known.delete(record)); // whoever asks again reads again
    }
  }
}
