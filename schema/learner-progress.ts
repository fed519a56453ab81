import { Field, Int, ObjectType } from "type-graphql";
import { defineConnection } from "./connection.ts";
import { Node } from "./node.ts";
import { DateTime } from "./scalars.ts";

@ObjectType({
  implements: Node,
  description:
    "How far a learner was in a subject after a session. Marks are added, never changed; those of a session that was reversed are no more told.",
  simpleResolvers: true,
})
export class LearnerProgress extends Node {
  readonly __typename = "LearnerProgress";

  /** Uuid of the coach who gave it. */
  coachUuid!: string | null;

  @Field(() => String, { description: "The subject." })
  subject!: string;

  @Field(() => Int, { description: "From 0 to 100: how much of what the learner wants to reach is reached." })
  mark!: number;

  @Field(() => String, { nullable: true, description: "What the coach said to it." })
  comment!: string | null;

  @Field(() => DateTime, { description: "When it was given." })
  recordedAt!: Date;
}

export const LearnerProgressConnection = defineConnection("LearnerProgress", () => LearnerProgress).Connection;

@ObjectType({ description: "Where a learner stands in a subject.", simpleResolvers: true })
export class SubjectProgress {
  @Field(() => String, { description: "The subject." })
  subject!: string;

  @Field(() => Int, { description: "The latest mark, from 0 to 100." })
  mark!: number;

  @Field(() => Int, { description: "The difference between the latest mark and the first one." })
  change!: number;

  @Field(() => Int, { description: "How many marks there are." })
  marks!: number;

  @Field(() => DateTime, { description: "When the latest mark was given." })
  recordedAt!: Date;
}
