/** A payment can't be made this way: thrown, so that what was to be paid isn't written either. */
export class PaymentUnavailable extends Error {}

/** Answers with a refusal when the transaction was given up for that. */
export async function orUnavailable<T>(
  work: () => Promise<{ result: T; position: bigint | undefined }>,
  refuse: (message: string) => T,
): Promise<{ result: T; position: bigint | undefined }> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof PaymentUnavailable)) throw error;
    return { result: refuse(error.message), position: undefined };
  }
}
