import { ArgsType, Field, ID, InputType } from "type-graphql";
import { ConnectionArgs } from "./connection.ts";
import { KeywordFilter } from "./filter.ts";
import { JobState } from "./job.ts";

@InputType({ description: "Conditions on how far a job is; all must hold." })
export class JobStateFilter {
  @Field(() => JobState, { nullable: true, description: "Is in this state." })
  eq?: JobState;

  @Field(() => [JobState], { nullable: true, description: "Is in one of these states." })
  in?: JobState[];
}

@InputType({ description: "Which jobs; all conditions must hold." })
export class JobFilter {
  @Field(() => JobStateFilter, { nullable: true, description: "How far it is." })
  state?: JobStateFilter;

  @Field(() => KeywordFilter, { nullable: true, description: "What kind of work." })
  kind?: KeywordFilter;
}

@ArgsType()
export class JobsArgs extends ConnectionArgs {
  @Field(() => JobFilter, { nullable: true, description: "Only jobs that match." })
  filter?: JobFilter | null;
}

@InputType({ description: "A dead job that is to be done after all." })
export class RetryJobInput {
  @Field(() => ID, { description: "The job's id." })
  id!: string;
}

@InputType({ description: "A job that isn't to be done." })
export class CancelJobInput {
  @Field(() => ID, { description: "The job's id." })
  id!: string;
}
