/** Why one event of a batch can't be taken. The others are. */
export const refusals = {
  EVENT_INVALID: "It isn't an object, or its properties, traits or context aren't.",
  TYPE_UNKNOWN: "Its type isn't track, identify, page, screen, group or alias.",
  EVENT_NAME_MISSING: "A track has to say in `event` what happened.",
  ID_TOO_LONG: "An id or name is too long.",
  MESSAGE_ID_INVALID: "Its messageId isn't a text of fewer than 100 characters.",
  EVENT_TOO_LARGE: "It has more than 32 kB.",
  EVENT_TOO_DEEP: "It is nested too deep.",
  NOT_STORABLE: "The database refused it.",
} as const;

export type RefusalCode = keyof typeof refusals;

export interface RefusedEvent {
  /** Its place in the request, from 0. */
  readonly index: number;
  readonly messageId: string | null;
  readonly code: RefusalCode;
  readonly message: string;
}
