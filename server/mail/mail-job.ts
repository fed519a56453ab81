import { z } from "zod";
import type { JobKind } from "../jobs/job-kind.ts";

/** Sends one mail when it is due. That a mail server is away is no failure of the job: the mail gets a later instant. */
export const mailJob: JobKind<{ mailId: string }> = {
  name: "mail",
  data: z.object({ mailId: z.uuid() }),
  concurrency: 10,
  perTenant: 5,
  expireSeconds: 300,
  retryLimit: 5,
  retryDelaySeconds: 5,
  retryDelayMaxSeconds: 600,
};
