import { ArgsType, Field, ID, InputType, ObjectType } from "type-graphql";
import { defineConnection } from "./connection.ts";
import { defineUserError } from "./errors.ts";
import { MutationPayload } from "./mutation-payload.ts";
import { Node } from "./node.ts";
import { BigIntScalar, DateTime } from "./scalars.ts";

@ObjectType({
  implements: Node,
  description:
    "What the journal was at a moment, signed: nobody can change an entry that it covers without being found out.",
  simpleResolvers: true,
})
export class Checkpoint extends Node {
  readonly __typename = "Checkpoint";

  @Field(() => BigIntScalar, { description: "It covers the entries from position 1 to this one." })
  treeSize!: bigint;

  @Field(() => String, { description: "Root (hex) of the Merkle tree over the entries' hashes (RFC 6962)." })
  rootHash!: string;

  @Field(() => DateTime, { description: "When it was signed." })
  signedAt!: Date;

  @Field(() => String, { description: "Which key has signed it." })
  keyId!: string;

  @Field(() => String, {
    description:
      "That key (Ed25519, base64). Compare it with one that you have from elsewhere: who forges a checkpoint forges this too.",
  })
  publicKey!: string;

  @Field(() => String, {
    description:
      "All of it as a signed note (c2sp.org/tlog-checkpoint): the text up to the empty line, and its signature.",
  })
  note!: string;
}

export const CheckpointConnection = defineConnection("Checkpoint", () => Checkpoint).Connection;

@ObjectType({ description: "A public key that checkpoints are signed with.", simpleResolvers: true })
export class CheckpointKey {
  @Field(() => ID, { description: "As checkpoints name it." })
  id!: string;

  @Field(() => String, { description: "Its 32 bytes (Ed25519), base64." })
  publicKey!: string;

  @Field(() => String, { description: "As programs for signed notes take it (c2sp.org/signed-note)." })
  verifierKey!: string;

  @Field(() => Boolean, { description: "Whether the server that answers signs with it now." })
  isCurrent!: boolean;

  @Field(() => DateTime, { description: "Since when it is published here." })
  createdAt!: Date;
}

@ArgsType()
export class ConsistencyProofArgs {
  @Field(() => BigIntScalar, { description: "Size of the earlier checkpoint." })
  from!: bigint;

  @Field(() => BigIntScalar, { nullable: true, description: "Size of the later checkpoint. Default: the latest one." })
  to?: bigint | null;
}

@ObjectType({
  description: "Shows that a journal only grew between two checkpoints (RFC 6962, section 2.1.2).",
  simpleResolvers: true,
})
export class ConsistencyProof {
  @Field(() => Checkpoint, { description: "The earlier one." })
  first!: Checkpoint;

  @Field(() => Checkpoint, { description: "The later one." })
  second!: Checkpoint;

  @Field(() => [String], {
    nullable: true,
    description:
      "The hashes (hex) that lead from the first root to the second. Null when the journal has lost entries.",
  })
  path!: string[] | null;
}

@InputType({ description: "Asks for a checkpoint." })
export class CreateCheckpointInput {
  @Field(() => ID, {
    nullable: true,
    description:
      "An entry that it has to cover: when the latest checkpoint does, that one is answered. Default: all there are.",
  })
  entryId?: string | null;
}

export const createCheckpointError = defineUserError("CreateCheckpoint", {
  ENTRY_NOT_FOUND: "Returned when there is no such entry of the journal.",
  JOURNAL_EMPTY: "Returned when the journal has no entry yet.",
  JOURNAL_DAMAGED:
    "Returned when the journal isn't what it was: an entry was changed or is missing, or it doesn't continue the last checkpoint. The message says which.",
});

@ObjectType({ description: "The outcome of asking for a checkpoint.", simpleResolvers: true })
export class CreateCheckpointPayload extends MutationPayload {
  @Field(() => Checkpoint, {
    nullable: true,
    description: "It covers all entries that there were, or the one asked for.",
  })
  checkpoint!: Checkpoint | null;

  @Field(() => [createCheckpointError.type], { description: "Why it was refused; empty when it was done." })
  userErrors!: InstanceType<typeof createCheckpointError.type>[];
}
