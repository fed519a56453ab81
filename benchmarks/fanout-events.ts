/** What the subscribers ask for: a small event with the moment of its commit in it. */
export const fanoutQuery = "subscription { journal { ... on JournalEntry { data position cursor } } }";

/** The id of the operation, the same for all clients as our SDK's are. */
export const operationId = "fanout";

/** A clock that all processes of the machine share, in milliseconds with fractions. */
export function sharedNow(): number {
  return performance.timeOrigin + performance.now();
}

/** Where the moment stands in each message: the first field of the first field. */
export const messagePrefix = `{"id":"${operationId}","type":"next","payload":{"data":{"journal":{"data":{"at":"`;

/** As many digits in each message, so that it can be read without parsing. */
export const momentLength = 17;

export function momentText(): string {
  return sharedNow().toFixed(3).slice(0, momentLength);
}

/** A message as our server sends it, for the server that only broadcasts. */
export function sampleMessage(position: number): string {
  const cursor = "c".repeat(106);
  return `${messagePrefix}${momentText()}"},"position":${position},"cursor":"${cursor}"}},"extensions":{"cursor":"${cursor}","previous":"${cursor}"}}}`;
}
