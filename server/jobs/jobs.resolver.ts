import { Arg, Args, Ctx, Extensions, Mutation, Query, Resolver } from "type-graphql";
import type { Page } from "../../schema/connection.ts";
import { CancelJobInput, JobsArgs, RetryJobInput } from "../../schema/job-inputs.ts";
import { CancelJobPayload, RetryJobPayload } from "../../schema/job-payloads.ts";
import { type Job, JobConnection } from "../../schema/job.ts";
import type { Context } from "../operations/context.ts";
import type { JobsService } from "./jobs.service.ts";

@Resolver()
export class JobsResolver {
  readonly #jobs: JobsService;

  constructor(jobs: JobsService) {
    this.#jobs = jobs;
  }

  @Extensions({ action: "job:read" })
  @Query(() => JobConnection, { description: "The background work for the tenant, newest first." })
  jobs(@Ctx() context: Context, @Args(() => JobsArgs) args: JobsArgs): Promise<Page<Job>> {
    return this.#jobs.jobs(context, args);
  }

  @Extensions({ action: "job:manage" })
  @Mutation(() => RetryJobPayload, { description: "Puts a dead job back into its queue, with all its attempts." })
  retryJob(
    @Ctx() context: Context,
    @Arg("input", () => RetryJobInput, { description: "The job." }) input: RetryJobInput,
  ): Promise<RetryJobPayload> {
    return this.#jobs.retryJob(context, input);
  }

  @Extensions({ action: "job:manage" })
  @Mutation(() => CancelJobPayload, {
    description:
      "Cancels a job that waits or is dead. A mail whose job is gone is sent all the same: see `cancelMail`.",
  })
  cancelJob(
    @Ctx() context: Context,
    @Arg("input", () => CancelJobInput, { description: "The job." }) input: CancelJobInput,
  ): Promise<CancelJobPayload> {
    return this.#jobs.cancelJob(context, input);
  }
}
