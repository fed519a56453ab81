import { enqueue } from "./event-queue.ts";
import { readContext } from "./page-context.ts";
import { isHeld, isOff } from "./privacy.ts";
import { uuid } from "./uuid.ts";
import { anonymousId, userId, visitId } from "./visitor.ts";

// Makes events of what happens, with who did it and where.

export type Properties = Readonly<Record<string, unknown>>;

interface Happening {
  readonly type: "page" | "track" | "identify" | "alias";
  readonly event?: string;
  readonly name?: string | undefined;
  readonly properties?: Properties | undefined;
  readonly traits?: Properties | undefined;
  readonly previousId?: string;
}

/** How long the page was looked at; it tells of what was before, so it begins no visit. */
export const engagementEvent = "Page Engaged";

const maxHeld = 200;

let held: (() => void)[] = [];
let url = location.href;
let { referrer } = document;

export function record(happening: Happening): void {
  if (isOff()) return;
  const nowMs = Date.now();
  const context = readContext(url, referrer);
  const add = () => {
    const visit = visitId(nowMs, happening.event !== engagementEvent);
    enqueue({
      ...happening,
      messageId: uuid(nowMs),
      timestamp: new Date(nowMs),
      anonymousId: anonymousId(),
      userId: userId(),
      properties: { ...happening.properties, visitId: visit },
      context,
    });
  };
  if (!isHeld()) add();
  else if (held.length < maxHeld) held.push(add);
}

/** A new page begins without a new document. */
export function openPage(next: string): void {
  referrer = url;
  url = next;
}

/** Records what waited for consent. */
export function recordHeld(): void {
  held.splice(0).forEach((add) => add());
}
