import { Extensions } from "type-graphql";

/** A field of a mutation's payload that is never stored: a secret that only the first answer has. */
export function ShownOnce() {
  return Extensions({ isShownOnce: true });
}
