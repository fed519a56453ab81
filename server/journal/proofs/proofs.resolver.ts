import { Arg, Args, Ctx, Extensions, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import {
  type Checkpoint,
  CheckpointConnection,
  CheckpointKey,
  ConsistencyProof,
  ConsistencyProofArgs,
  CreateCheckpointInput,
  CreateCheckpointPayload,
} from "../../../schema/checkpoint.ts";
import { ConnectionArgs, type Page } from "../../../schema/connection.ts";
import { JournalEntry } from "../../../schema/journal.ts";
import { EntryProofArgs, JournalProof, ProofArgs } from "../../../schema/journal-proof.ts";
import type { Context } from "../../operations/context.ts";
import type { ProofsService } from "./proofs.service.ts";

@Resolver()
export class ProofsResolver {
  readonly #proofs: ProofsService;

  constructor(proofs: ProofsService) {
    this.#proofs = proofs;
  }

  @Extensions({ action: "journal:read", cost: { price: 5 } })
  @Query(() => JournalProof, {
    nullable: true,
    description:
      "What somebody who doesn't trust this server needs to verify an entry of the journal. Null when there is no such entry.",
  })
  proof(@Ctx() context: Context, @Args(() => ProofArgs) args: ProofArgs): Promise<JournalProof | null> {
    return this.#proofs.proof(context, args);
  }

  @Extensions({ action: "journal:read" })
  @Query(() => CheckpointConnection, { description: "The journal's checkpoints, the latest first." })
  checkpoints(@Ctx() context: Context, @Args(() => ConnectionArgs) page: ConnectionArgs): Promise<Page<Checkpoint>> {
    return this.#proofs.checkpoints(context, page);
  }

  @Extensions({ action: "journal:read", cost: { price: 5 } })
  @Query(() => ConsistencyProof, {
    nullable: true,
    description:
      "Shows that a later checkpoint's journal begins with an earlier one's. Null when there is no checkpoint of one of these sizes, or the second is the earlier one.",
  })
  consistencyProof(
    @Ctx() context: Context,
    @Args(() => ConsistencyProofArgs) args: ConsistencyProofArgs,
  ): Promise<ConsistencyProof | null> {
    return this.#proofs.consistencyProof(context, args);
  }

  @Extensions({ action: "journal:keys" })
  @Query(() => [CheckpointKey], {
    description: "The public keys of all that has signed checkpoints here, the latest first.",
  })
  checkpointKeys(): Promise<CheckpointKey[]> {
    return this.#proofs.checkpointKeys();
  }

  @Extensions({ action: "journal:sign", cost: { price: 100 } })
  @Mutation(() => CreateCheckpointPayload, {
    description:
      "Signs the journal as it is now, instead of within ten minutes. When nothing has happened since the last checkpoint, that one is answered.",
  })
  createCheckpoint(
    @Ctx() context: Context,
    @Arg("input", () => CreateCheckpointInput, { description: "What it has to cover." }) input: CreateCheckpointInput,
  ): Promise<CreateCheckpointPayload> {
    return this.#proofs.createCheckpoint(context, input);
  }
}

@Resolver(() => JournalEntry)
export class EntryProofResolver {
  readonly #proofs: ProofsService;

  constructor(proofs: ProofsService) {
    this.#proofs = proofs;
  }

  @Extensions({ cost: { price: 5 } })
  @FieldResolver(() => JournalProof, {
    description: "What somebody who doesn't trust this server needs to verify it. Needs `journal:read`.",
  })
  proof(
    @Root() entry: JournalEntry,
    @Ctx() context: Context,
    @Args(() => EntryProofArgs) { treeSize }: EntryProofArgs,
  ): Promise<JournalProof> {
    return this.#proofs.proofOf(context, entry, treeSize ?? null);
  }
}
