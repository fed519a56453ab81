import type { Session } from "../db/session.ts";
import type { FilterClock } from "./filter-fields.ts";
import { mentionsDuration } from "./filter.ts";
import { loadTenantSettings } from "./tenant-settings.ts";

/** What "the last seven days" are in a filter: the tenant's zone is read only for a filter that says such a thing. */
export async function filterClock(
  session: Session,
  { now }: { readonly now: Date },
  filter: unknown,
): Promise<FilterClock> {
  return { now, timeZone: mentionsDuration(filter) ? (await loadTenantSettings(session)).timeZone : "UTC" };
}
