/**
 * Mutations in which an idempotency key has no effect, and why. All others are done once per key; a test repeats each of
 * them. The reason is a part of the field's description.
 */
export const unkeyedMutations: Readonly<Record<string, string>> = {
  signIn: "signing in again begins another sign-in and brings the tokens that a stored answer couldn't",
  refreshSession: "a refresh token works once anyway, and its successor is never stored",
  signOut: "it ends the credential that would ask again",
  exportLeads: "it changes nothing; asking again brings another link",
  dryRunWebhook: "it changes nothing",
  rotateCalendarFeed: "asking again makes another address, which a stored answer couldn't have",
  createCheckpoint: "the journal stays as it is; asking again brings the same checkpoint",
};
