import type { CheckpointKey } from "../../../schema/checkpoint.ts";
import type { Database } from "../../db/database.ts";
import { type SigningKey, toJwk, verifierKeyOf } from "./checkpoint-key.ts";

interface KeyRow {
  readonly id: string;
  readonly public_key: Buffer;
  readonly created_at: Date;
}

/** The public keys of this installation: that of this process, and all that have signed before. */
export class CheckpointKeys {
  readonly #database: Database;
  readonly #current: SigningKey;

  constructor(database: Database, current: SigningKey) {
    this.#database = database;
    this.#current = current;
  }

  /** Publishes the process's key before it signs anything. */
  async publish(now: Date): Promise<void> {
    await this.#database.global((session) =>
      session.query({
        text: "INSERT INTO checkpoint_key (id, public_key, created_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        values: [this.#current.id, this.#current.publicKey, now],
      }),
    );
  }

  /** The latest first. */
  async all(): Promise<CheckpointKey[]> {
    return (await this.#read()).map(({ id, public_key: publicKey, created_at: createdAt }) => ({
      id,
      publicKey: publicKey.toString("base64"),
      verifierKey: verifierKeyOf(publicKey),
      isCurrent: id === this.#current.id,
      createdAt,
    }));
  }

  /** As a JSON Web Key Set (RFC 7517). */
  async jwks(): Promise<{ keys: object[] }> {
    const keys = await this.#read();
    return {
      keys: keys.map(({ id, public_key: key }) => ({ ...toJwk(key), kid: id, use: "sig", alg: "EdDSA" })),
    };
  }

  #read(): Promise<KeyRow[]> {
    return this.#database.global((session) =>
      session.query<KeyRow>({
        name: "checkpoint-keys",
        text: "SELECT id, public_key, created_at FROM checkpoint_key ORDER BY created_at DESC, id",
      }),
    );
  }
}
