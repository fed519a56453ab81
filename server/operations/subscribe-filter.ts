import { AppError } from "./app-error.ts";
import { type IdType, toUuid } from "./ids.ts";

/** The uuid that a subscription is to be about; undefined: the argument wasn't given. */
export function readFollowedId(type: IdType, id: unknown): string | undefined {
  if (typeof id !== "string") return undefined;
  const uuid = toUuid(type, id);
  if (uuid === null) throw nothingToFollow(type);
  return uuid;
}

/** For what isn't there and for what the caller may not see. */
export function nothingToFollow(type: IdType): AppError {
  return new AppError("BAD_USER_INPUT", `There is no ${type.toLowerCase()} with this id.`, { reason: "VARIABLES" });
}
