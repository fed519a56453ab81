import DataLoader from "dataloader";
import type {
  Checkpoint,
  CheckpointKey,
  ConsistencyProof,
  ConsistencyProofArgs,
  CreateCheckpointInput,
  CreateCheckpointPayload,
} from "../../../schema/checkpoint.ts";
import type { ConnectionArgs, Page } from "../../../schema/connection.ts";
import type { JournalEntry } from "../../../schema/journal.ts";
import type { JournalProof, ProofArgs } from "../../../schema/journal-proof.ts";
import type { Database } from "../../db/database.ts";
import type { Session } from "../../db/session.ts";
import { authorizedScope, type Context } from "../../operations/context.ts";
import type { CursorCodec } from "../../operations/cursor.ts";
import { toUuid } from "../../operations/ids.ts";
import type { NodeSource } from "../../operations/node-registry.ts";
import { paginate } from "../../operations/paginate.ts";
import type { CheckpointKeys } from "./checkpoint-keys.ts";
import { checkpointList } from "./checkpoint-list.ts";
import type { CheckpointMaker } from "./checkpoint-maker.ts";
import {
  checkpointColumns,
  type CheckpointRow,
  checkpointTables,
  readCheckpoint,
  toCheckpoint,
} from "./checkpoint-row.ts";
import { readEvidence } from "./entry-evidence.ts";
import { readRangeHashes } from "./journal-tree.ts";
import { consistencyRanges } from "./merkle-ranges.ts";
import { MissingLeaf } from "./merkle-tiles.ts";
import { proveEntries } from "./prove-entries.ts";

export interface ProofsOptions {
  readonly database: Database;
  readonly cursors: CursorCodec;
  readonly maker: CheckpointMaker;
  readonly keys: CheckpointKeys;
}

interface ProofKey {
  readonly uuid: string;
  readonly treeSize: bigint | null;
}

/** Gives callers what they need to verify the journal without us. */
export class ProofsService {
  readonly #options: ProofsOptions;

  constructor(options: ProofsOptions) {
    this.#options = options;
  }

  /** Null when the tenant has no such entry. */
  async proof(context: Context, { entryId, treeSize }: ProofArgs): Promise<JournalProof | null> {
    authorizedScope(context, "journal:read");
    const uuid = toUuid("JournalEntry", entryId);
    return uuid === null ? null : this.#load(context, { uuid, treeSize: treeSize ?? null });
  }

  async proofOf(context: Context, { id }: JournalEntry, treeSize: bigint | null): Promise<JournalProof> {
    const uuid = toUuid("JournalEntry", id);
    const proof = uuid === null ? null : await this.#load(context, { uuid, treeSize });
    if (proof === null) throw new Error("an entry that was read is there");
    return proof;
  }

  async checkpoints(context: Context, page: ConnectionArgs): Promise<Page<Checkpoint>> {
    const { tenantId } = authorizedScope(context, "journal:read");
    const { database, cursors } = this.#options;
    return database.read(tenantId, (session) => paginate(session, cursors, checkpointList(tenantId), page));
  }

  checkpointKeys(): Promise<CheckpointKey[]> {
    return this.#options.keys.all();
  }

  /** Null when one of the checkpoints doesn't exist. */
  async consistencyProof(context: Context, { from, to }: ConsistencyProofArgs): Promise<ConsistencyProof | null> {
    const { tenantId } = authorizedScope(context, "journal:read");
    return this.#options.database.read(tenantId, async (session) => {
      const first = await readCheckpoint(session, from);
      const second = await readCheckpoint(session, to);
      if (first === undefined || second === undefined || first.treeSize > second.treeSize) return null;
      return {
        first: toCheckpoint(first),
        second: toCheckpoint(second),
        path: await consistencyPath(session, first, second),
      };
    });
  }

  /** Asking for one is no change: the journal stays as it is, and asking twice brings the same checkpoint. */
  async createCheckpoint(context: Context, { entryId }: CreateCheckpointInput): Promise<CreateCheckpointPayload> {
    const { tenantId } = authorizedScope(context, "journal:sign");
    const covering = entryId == null ? undefined : await this.#covering(tenantId, entryId);
    if (covering === null) {
      return refused("ENTRY_NOT_FOUND", "There is no such entry of the journal.", ["input", "entryId"]);
    }
    if (covering !== undefined) return { checkpoint: toCheckpoint(covering), cursor: null, userErrors: [] };
    const { now: at, signal } = context;
    const made = await this.#options.maker.make(tenantId, { at, signal });
    if (made.kind === "SIGNED") return { checkpoint: toCheckpoint(made.checkpoint), cursor: null, userErrors: [] };
    if (made.kind === "EMPTY") return refused("JOURNAL_EMPTY", "The journal has no entry yet.", null);
    return refused(
      "JOURNAL_DAMAGED",
      `Nothing is signed: ${made.reason}. verifyJournal and the checkpoints that you have kept tell more.`,
      null,
    );
  }

  /** For `node` and `nodes`. */
  readonly nodeSource: NodeSource = {
    type: "Checkpoint",
    action: "journal:read",
    byIds: async (context, uuids) => {
      const { tenantId } = authorizedScope(context, "journal:read");
      const rows = await this.#options.database.read(tenantId, (session) =>
        session.query<CheckpointRow>({
          name: "checkpoints-by-ids",
          text: `SELECT ${checkpointColumns} FROM ${checkpointTables} WHERE c.tenant_id = $1 AND c.id = ANY ($2)`,
          values: [tenantId, uuids],
        }),
      );
      return new Map(rows.map((row) => [row.id, toCheckpoint(row)]));
    },
  };

  #load(context: Context, key: ProofKey): Promise<JournalProof | null> {
    return context.loaders.get(this.#loader, context).load(key);
  }

  /** The entries of a page share one checkpoint and few reads. */
  readonly #loader = (context: Context) => {
    const { tenantId } = authorizedScope(context, "journal:read");
    return new DataLoader<ProofKey, JournalProof | null, string>(
      (keys) =>
        this.#options.database.read(tenantId, async (session) => {
          const proofs = new Map<ProofKey, JournalProof>();
          for (const [treeSize, group] of Map.groupBy(keys, (key) => key.treeSize)) {
            const found = await readEvidence(
              session,
              group.map(({ uuid }) => uuid),
            );
            const proven = await proveEntries(session, [...found.values()], treeSize);
            for (const key of group) {
              const proof = proven.get(key.uuid);
              if (proof !== undefined) proofs.set(key, proof);
            }
          }
          return keys.map((key) => proofs.get(key) ?? null);
        }),
      { cacheKeyFn: ({ uuid, treeSize }) => `${uuid}/${treeSize ?? ""}` },
    );
  };

  /** The latest checkpoint when it covers the entry; undefined when none does, null when there is no such entry. */
  async #covering(tenantId: string, entryId: string): Promise<CheckpointRow | null | undefined> {
    const uuid = toUuid("JournalEntry", entryId);
    if (uuid === null) return null;
    return this.#options.database.read(tenantId, async (session) => {
      const entry = (await readEvidence(session, [uuid])).get(uuid);
      if (entry === undefined) return null;
      const latest = await readCheckpoint(session);
      return latest !== undefined && latest.treeSize >= entry.position ? latest : undefined;
    });
  }
}

async function consistencyPath(session: Session, first: CheckpointRow, second: CheckpointRow) {
  try {
    const ranges = consistencyRanges(Number(first.treeSize), Number(second.treeSize));
    return (await readRangeHashes(session, ranges)).map((hash) => hash.toString("hex"));
  } catch (error) {
    if (error instanceof MissingLeaf) return null;
    throw error;
  }
}

function refused(
  code: CreateCheckpointPayload["userErrors"][number]["code"],
  message: string,
  field: readonly string[] | null,
): CreateCheckpointPayload {
  return { checkpoint: null, cursor: null, userErrors: [{ code, message, field }] };
}
