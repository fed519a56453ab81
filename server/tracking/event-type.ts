/** The calls of Segment's specification, which the pixel shares. */
export const eventTypes = ["track", "identify", "page", "screen", "group", "alias"] as const;

export type EventType = (typeof eventTypes)[number];

export function isEventType(value: unknown): value is EventType {
  return eventTypes.some((type) => type === value);
}
