import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from "node:crypto";
import { AppError } from "./app-error.ts";

/** Where a row stands in an ordered list. */
export interface PageCursor {
  readonly tenantId: string;
  /** Fingerprint of the list, its order and filter: a cursor of another one is refused. */
  readonly list: string;
  /** The row's values of the order's keys, as text (null: no value), the id last. */
  readonly keys: readonly (string | null)[];
}

/** A place in a tenant's journal. */
export interface EventCursor {
  readonly tenantId: string;
  readonly position: bigint;
}

/** Rises when what a cursor holds changes its meaning. */
const version = 1;

type Payload =
  | readonly [version: typeof version, kind: "p", tenantId: string, list: string, ...keys: (string | null)[]]
  | readonly [version: typeof version, kind: "e", tenantId: string, epoch: string, position: string];

const macBytes = 12;

/**
 * Writes and reads cursors: base64url of a JSON array and a MAC. They are signed, not secret; the MAC makes sure that
 * only places that we handed out come back.
 */
export class CursorCodec {
  // As key objects: preparing a key from bytes costs five times as much as the MAC itself.
  readonly #keys: readonly KeyObject[];
  readonly #epoch: string;

  /** The first key signs; all of them verify, so that a key can be replaced. `epoch` names the database (journal_epoch()). */
  constructor(keys: readonly Buffer[], epoch: string) {
    this.#keys = keys.map((key) => createSecretKey(key));
    this.#epoch = epoch;
  }

  encodePage({ tenantId, list, keys }: PageCursor): string {
    return this.#sign([version, "p", tenantId, list, ...keys]);
  }

  encodeEvent({ tenantId, position }: EventCursor): string {
    return this.#sign([version, "e", tenantId, this.#epoch, position.toString()]);
  }

  decodePage(cursor: string, expected: { tenantId: string; list: string }): PageCursor["keys"] {
    const [, kind, tenantId, list, ...keys] = this.#verify(cursor);
    if (kind !== "p" || tenantId !== expected.tenantId || list !== expected.list) throw badCursor("LIST");
    return keys as readonly (string | null)[];
  }

  decodeEvent(cursor: string, expected: { tenantId: string }): bigint {
    const [, kind, tenantId, epoch, position] = this.#verify(cursor);
    if (kind !== "e" || tenantId !== expected.tenantId) throw badCursor("LIST");
    if (epoch !== this.#epoch) throw badCursor("EPOCH");
    return BigInt(String(position));
  }

  #sign(payload: Payload): string {
    const [key] = this.#keys;
    if (key === undefined) throw new Error("no key to sign cursors with");
    const bytes = Buffer.from(JSON.stringify(payload));
    return Buffer.concat([mac(key, bytes), bytes]).toString("base64url");
  }

  #verify(cursor: string): readonly unknown[] {
    const bytes = Buffer.from(cursor, "base64url");
    const signature = bytes.subarray(0, macBytes);
    const payload = bytes.subarray(macBytes);
    const isOurs =
      signature.length === macBytes && this.#keys.some((key) => timingSafeEqual(mac(key, payload), signature));
    if (!isOurs) throw badCursor("SIGNATURE");
    const parts = JSON.parse(payload.toString()) as readonly unknown[]; // we wrote it
    // Another process of this installation may run another version of the program.
    if (parts[0] !== version) throw badCursor("VERSION");
    return parts;
  }
}

function mac(key: KeyObject, bytes: Buffer): Buffer {
  return createHmac("sha256", key).update(bytes).digest().subarray(0, macBytes);
}

function badCursor(reason: "SIGNATURE" | "VERSION" | "LIST" | "EPOCH"): AppError {
  const message =
    reason === "EPOCH"
      ? "The cursor is from before the database was restored. Read the state anew and start from its cursor."
      : "The cursor isn't one of this list. Start the walk again.";
  return new AppError("BAD_CURSOR", message, { reason });
}
