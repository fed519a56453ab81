import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { defineConnection } from "./connection.ts";
import { Node } from "./node.ts";
import { DateTime } from "./scalars.ts";

export const JobState = {
  WAITING: "WAITING",
  RUNNING: "RUNNING",
  RETRYING: "RETRYING",
  COMPLETED: "COMPLETED",
  CANCELLED: "CANCELLED",
  DEAD: "DEAD",
} as const;
export type JobState = keyof typeof JobState;
registerEnumType(JobState, {
  name: "JobState",
  description: "How far a job is.",
  valuesConfig: {
    WAITING: { description: "It waits for its instant or for its turn." },
    RUNNING: { description: "It is being done." },
    RETRYING: { description: "It failed and is tried again." },
    COMPLETED: { description: "It was done." },
    CANCELLED: { description: "Somebody has cancelled it." },
    DEAD: { description: "It failed as often as it may. It waits for `retryJob` or `cancelJob`." },
  },
});

@ObjectType({
  implements: Node,
  description: "Work that the server does in the background for the tenant. What is done is kept for seven days.",
  simpleResolvers: true,
})
export class Job extends Node {
  readonly __typename = "Job";

  @Field(() => String, { description: "What kind of work: `mail`." })
  kind!: string;

  @Field(() => JobState, { description: "How far it is." })
  state!: JobState;

  @Field(() => Int, { description: "How often it was begun." })
  attempts!: number;

  @Field(() => String, { nullable: true, description: "Why it failed the last time, for people." })
  error!: string | null;

  @Field(() => DateTime, { description: "When it was made." })
  createdAt!: Date;

  @Field(() => DateTime, { description: "Not before then." })
  startAfter!: Date;

  @Field(() => DateTime, { nullable: true, description: "When it was last begun." })
  startedAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: "When it was done or cancelled." })
  finishedAt!: Date | null;
}

export const JobConnection = defineConnection("Job", () => Job).Connection;
