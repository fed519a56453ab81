import { ArgsType, Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { Checkpoint } from "./checkpoint.ts";
import { BigIntScalar } from "./scalars.ts";

export const ProofUnavailable = {
  NO_CHECKPOINT: "NO_CHECKPOINT",
  NOT_COVERED: "NOT_COVERED",
  JOURNAL_DAMAGED: "JOURNAL_DAMAGED",
} as const;
export type ProofUnavailable = keyof typeof ProofUnavailable;
registerEnumType(ProofUnavailable, {
  name: "ProofUnavailable",
  description: "Why an entry can't be proven yet.",
  valuesConfig: {
    NO_CHECKPOINT: {
      description: "There is no checkpoint, or none of the size asked for. `createCheckpoint` makes one at once.",
    },
    NOT_COVERED: {
      description:
        "The entry is later than the checkpoint: the next one, in ten minutes at most, has it; `createCheckpoint` makes it at once.",
    },
    JOURNAL_DAMAGED: { description: "The journal has lost entries. `verifyJournal` tells the first of them." },
  },
});

@ObjectType({
  description:
    "What it takes to verify an entry: its exact text, the way from its hash to the root, and the signed checkpoint with that root.",
  simpleResolvers: true,
})
export class JournalProof {
  @Field(() => ID, { description: "The entry's id." })
  entryId!: string;

  @Field(() => BigIntScalar, { description: "The entry's position." })
  position!: bigint;

  @Field(() => BigIntScalar, { description: "Which leaf of the tree it is, from 0 on." })
  leafIndex!: bigint;

  @Field(() => String, {
    description:
      "The text whose bytes (UTF-8) are hashed: a JSON array of tenant, position, id, type, subject's type and id, actor, request, milliseconds since 1970, data, and the personal data's commitment.",
  })
  canonical!: string;

  @Field(() => String, { description: "Hash (hex) of the entry before; 64 zeros for the first." })
  previousHash!: string;

  @Field(() => String, {
    description: "SHA-256 (hex) of the previous hash's bytes and the canonical text. It is the tree's leaf.",
  })
  hash!: string;

  @Field(() => String, {
    nullable: true,
    description:
      "The personal data's exact text: its SHA-256 behind the salt is the commitment. Null when there is none, or when it was erased: the entry is proven without it.",
  })
  personal!: string | null;

  @Field(() => String, { nullable: true, description: "The bytes (hex) in front of the personal data's text." })
  personalSalt!: string | null;

  @Field(() => [String], {
    nullable: true,
    description: "The hashes (hex) from the leaf to the root (RFC 6962, section 2.1.1). Null without a checkpoint.",
  })
  path!: string[] | null;

  @Field(() => Checkpoint, { nullable: true, description: "The signed root. Null when none covers the entry." })
  checkpoint!: Checkpoint | null;

  @Field(() => ProofUnavailable, { nullable: true, description: "Why there is no checkpoint; null when there is one." })
  unavailable!: ProofUnavailable | null;
}

@ArgsType()
export class EntryProofArgs {
  @Field(() => BigIntScalar, {
    nullable: true,
    description: "The size of the checkpoint that it is to be proven by. Default: that of the latest one.",
  })
  treeSize?: bigint | null;
}

@ArgsType()
export class ProofArgs extends EntryProofArgs {
  @Field(() => ID, { description: "The entry's id." })
  entryId!: string;
}
