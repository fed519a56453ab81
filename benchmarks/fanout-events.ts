/** What the subscribers ask for: a small event with the moment of its commit in it. */
export const fanoutQuery = "subscription { journal { ... on JournalEntry { data position } } }";

/** The id of the operation, the same for all clients as our SDK's are. */
export const operationId = "fanout";

/** A clock that all processes of the machine share, in milliseconds with fractions: since the machine's start. */
export function sharedNow(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1_000 + nanoseconds / 1e6;
}

/** Where the moment stands in each message: the first field of the first field. */
export const messagePrefix = `{"id":"${operationId}","type":"next","payload":{"data":{"journal":{"data":{"at":"`;

/** As many digits in each message, so that it can be read without parsing. */
export const momentLength = 17;

export function momentText(): string {
  return sharedNow().toFixed(3).padStart(momentLength, "0");
}

/** A message as our server sends it, for the server that only broadcasts. */
export function sampleMessage(position: number): string {
  const cursor = "c".repeat(106);
  return `${messagePrefix}${momentText()}"},"position":${position}}},"extensions":{"cursor":"${cursor}","previous":"${cursor}"}}}`;
}
