import type { Database } from "../../db/database.ts";
import type { Sweep } from "../../jobs/sweep.port.ts";
import type { Log } from "../../log.ts";
import type { CursorCodec } from "../../operations/cursor.ts";
import type { NodeSource } from "../../operations/node-registry.ts";
import type { SigningKey } from "./checkpoint-key.ts";
import { CheckpointKeys } from "./checkpoint-keys.ts";
import { CheckpointMaker } from "./checkpoint-maker.ts";
import { CheckpointSweep } from "./checkpoint-sweep.ts";
import { EntryProofResolver, ProofsResolver } from "./proofs.resolver.ts";
import { ProofsService } from "./proofs.service.ts";

export interface ComposeProofsOptions {
  readonly database: Database;
  readonly cursors: CursorCodec;
  readonly signingKey: SigningKey;
  readonly log: Log;
}

export interface ProofsParts {
  readonly keys: CheckpointKeys;
  readonly sweep: Sweep;
  readonly resolvers: ReadonlyMap<unknown, object>;
  readonly nodeSources: readonly NodeSource[];
}

/** Puts together what proves the journal to others. */
export function composeProofs({ database, cursors, signingKey, log }: ComposeProofsOptions): ProofsParts {
  const keys = new CheckpointKeys(database, signingKey);
  const maker = new CheckpointMaker(database, signingKey);
  const proofs = new ProofsService({ database, cursors, maker, keys });
  return {
    keys,
    sweep: new CheckpointSweep(database, maker, log),
    resolvers: new Map<unknown, object>([
      [ProofsResolver, new ProofsResolver(proofs)],
      [EntryProofResolver, new EntryProofResolver(proofs)],
    ]),
    nodeSources: [proofs.nodeSource],
  };
}
