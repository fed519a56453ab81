import { isbot } from "isbot";

export interface Sender {
  /** What the visitor's browser says it is; null where a program sends on his behalf and doesn't tell. */
  readonly userAgent: string | null;
  /** Its browser loads a page that nobody has opened yet. */
  readonly isPrefetch: boolean;
}

/** Whether it is no person: then the event is kept, and counted nowhere. */
export function isBot({ userAgent, isPrefetch }: Sender): boolean {
  return isPrefetch || (userAgent !== null && isbot(userAgent));
}
