import { read, readJson, write } from "./page-storage.ts";
import { isIdentified, shown } from "./privacy.ts";
import { isLed, readTouch, type Touch } from "./touch.ts";
import { uuid } from "./uuid.ts";

// Who is here, as far as he may be recognised: all tabs of a browser share it.

const visitEndsAfterMs = 30 * 60_000;

const readIdentified = (name: string) => (isIdentified() ? read(name) : undefined);
const readStoredTouch = (name: string) => (isIdentified() ? (readJson(name) as Touch | null) : null);

/** How this page was reached. */
export const landing = readTouch(location.href, document.referrer, shown);

/** Undefined where nobody may be recognised, as are the user's and the visit's. */
export function anonymousId(): string | undefined {
  if (isIdentified() && !read("id")) write("id", uuid());
  return readIdentified("id");
}

export const userId = (): string | undefined => readIdentified("user");

/** A visit ends after 30 silent minutes; `isSign` says that this is a sign of life. */
export function visitId(nowMs: number, isSign: boolean): string | undefined {
  const [known, lastMs] = readIdentified("visit")?.split(" ") ?? [];
  if (!isIdentified() || (known && !isSign)) return known;
  const id = known && nowMs - Number(lastMs) < visitEndsAfterMs ? known : uuid(nowMs);
  write("visit", `${id} ${nowMs}`);
  return id;
}

/** How he came at first. */
export const firstTouch = (): Touch => readStoredTouch("first") ?? landing;

/** How he came the last time that something led him here. */
export const lastTouch = (): Touch => readStoredTouch("last") ?? landing;

/** Stores how this page was reached, once that is allowed. */
export function keepTouch(): void {
  if (!isIdentified()) return;
  const isFirst = !read("first");
  if (isFirst) write("first", JSON.stringify(landing));
  if (isFirst || isLed(landing)) write("last", JSON.stringify(landing));
}

/** The next event is somebody else's. */
export function forgetVisitor(): void {
  for (const name of ["id", "user", "visit", "first", "last"]) write(name);
}
