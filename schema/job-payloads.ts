import { Field, ObjectType } from "type-graphql";
import { defineUserError } from "./errors.ts";
import { Job } from "./job.ts";
import { MutationPayload } from "./mutation-payload.ts";

const notFound = "Returned when there is no job with this id.";

export const RetryJobUserError = defineUserError("RetryJob", {
  NOT_FOUND: notFound,
  NOT_RETRYABLE: "Returned when the job isn't dead; `job` is how it is.",
});

@ObjectType({ description: "The outcome of retryJob.", simpleResolvers: true })
export class RetryJobPayload extends MutationPayload {
  @Field(() => Job, { nullable: true, description: "The job, which waits again with all its attempts." })
  job!: Job | null;

  @Field(() => [RetryJobUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof RetryJobUserError.type>[];
}

export const CancelJobUserError = defineUserError("CancelJob", {
  NOT_FOUND: notFound,
  NOT_CANCELLABLE: "Returned when the job is being done, was done or was cancelled; `job` is how it is.",
});

@ObjectType({ description: "The outcome of cancelJob.", simpleResolvers: true })
export class CancelJobPayload extends MutationPayload {
  @Field(() => Job, { nullable: true, description: "The job, which isn't done." })
  job!: Job | null;

  @Field(() => [CancelJobUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof CancelJobUserError.type>[];
}
