/** What senders may ask for at most: Segment's own limits, which its clients keep to. */
export const eventLimits = {
  /** Of one event as it is stored. */
  eventBytes: 32 * 1024,
  /** Of a request's body, unpacked. */
  bodyBytes: 512 * 1024,
  eventsPerBatch: 2_500,
  /** Characters of a message's id are fewer than that. */
  messageIdLength: 100,
  /** Of ids of visitors, users and groups. */
  idLength: 200,
  nameLength: 500,
  /** Levels of objects and lists in an event. */
  depth: 64,
} as const;
