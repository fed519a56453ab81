/**
 * Why a job couldn't be done, in words for the tenant's administrators. Anything else that a handler throws is told in the
 * server's log only.
 */
export class JobFailure extends Error {
  override readonly name = "JobFailure";
}

export function publicReason(error: unknown): string {
  return error instanceof JobFailure
    ? error.message
    : "Something unexpected; the server's log has it with the job's id.";
}
