import { readJson, storedNames, write } from "./page-storage.ts";
import { isIdentified, isOff } from "./privacy.ts";
import { listen, safely } from "./safely.ts";
import { key, serverUrl } from "./settings.ts";

// Each event is stored under a name of its own until the server has acknowledged it, so tabs don't get into each other's way and
// the next page finds what this one couldn't send. It may then be sent twice: the message id makes that harmless.

export interface PixelEvent extends Readonly<Record<string, unknown>> {
  readonly messageId: string;
  /** What the page was then: it may be another one when this is sent. */
  readonly context: object;
}

/** Longer than it takes a page to do several things at once. */
const gatherMs = 200;
const maxEntries = 200;
/** Browsers take 64 kB of requests that outlive their page: one that is on its way, and one more. */
const maxBatchBytes = 30_000;
/** As much as fits into a batch, whatever its letters are. */
const maxEventLength = maxBatchBytes / 3;
const maxWaitMs = 300_000;
const stored = "q.";

let waiting: PixelEvent[] = [];
const sent = new Set<PixelEvent>();
let failures = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

function drop(events: readonly PixelEvent[]): void {
  waiting = waiting.filter((event) => !events.includes(event));
  for (const { messageId } of events) write(stored + messageId);
}

function schedule(ms: number): void {
  clearTimeout(timer);
  timer = setTimeout(() => safely(() => send()), ms);
}

/** Sends the oldest batch or, when the page is being closed, all. */
export function send(isClosing = false): void {
  if (isOff()) return clearQueue();
  let bytes = 0;
  const batch = waiting.filter(
    (event) => !sent.has(event) && (bytes += new Blob([JSON.stringify(event)]).size) < maxBatchBytes,
  );
  if (!batch[0] || (sent.size && !isClosing)) return;
  for (const event of batch) sent.add(event);
  const body = JSON.stringify({ key, sentAt: new Date(), events: batch });
  const settle = (status: number, retryAfterSeconds?: number) => {
    for (const event of batch) sent.delete(event);
    // What was refused for what it is would be refused again.
    const isDone = status < 500 && status !== 408 && status !== 429;
    if (isDone) drop(batch);
    failures = isDone ? 0 : failures + 1;
    const waitMs = Math.max((retryAfterSeconds || 0) * 1_000, Math.min(maxWaitMs, 500 * 2 ** failures));
    if (waiting[0]) schedule(isDone ? 0 : waitMs * (1 + Math.random() / 2));
  };
  // A text needs no preflight. Not sendBeacon: it takes cookies along and doesn't say what became of it.
  fetch(serverUrl("collect"), { method: "POST", body, keepalive: true, credentials: "omit" }).then(
    ({ status, headers }) => settle(status, Number(headers.get("retry-after"))),
    () => settle(503),
  );
  if (isClosing) send(true);
}

export function enqueue(event: PixelEvent): void {
  const text = JSON.stringify(event);
  if (text.length > maxEventLength) return;
  waiting.push(event);
  if (isIdentified()) write(stored + event.messageId, text);
  drop(waiting.slice(0, -maxEntries));
  if (!failures) schedule(gatherMs);
}

export function clearQueue(): void {
  waiting = [];
  for (const name of storedNames(stored)) write(name);
}

/** Takes over what other pages left behind; or what another tab is just sending, which is harmless, too. */
export function openQueue(): void {
  if (isIdentified()) {
    for (const name of storedNames(stored)) safely(() => waiting.push(readJson(name) as PixelEvent));
  }
  schedule(gatherMs);
  listen("online", () => {
    failures = 0;
    schedule(0);
  });
}
