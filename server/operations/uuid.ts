import { TypeID } from "typeid-js";

/** A UUIDv7 for a row whose id has to be known before it is written. */
export function newUuid(): string {
  return new TypeID("").toUUID();
}
