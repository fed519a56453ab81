import { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto";

// Standard Webhooks: 24 to 64 random bytes in base64, behind this prefix.
const prefix = "whsec_";
const secretBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;

/** Whose secret it is: sealed for one endpoint, it can't be read as another's. */
export interface SecretOwner {
  readonly tenantId: string;
  readonly endpointId: string;
}

export function newWebhookSecret(): string {
  return prefix + randomBytes(secretBytes).toString("base64");
}

/** Encrypts secrets for the database (AES-256-GCM) with a key from the installation's secret. */
export class WebhookSecrets {
  readonly #key: Buffer;

  constructor(key: Buffer) {
    this.#key = key;
  }

  seal(secret: string, owner: SecretOwner): Buffer {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv("aes-256-gcm", this.#key, nonce).setAAD(contextOf(owner));
    const sealed = Buffer.concat([cipher.update(bytesOf(secret)), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
  }

  /** Throws when it was sealed for another endpoint or under another NEXORA_SECRET. */
  open(sealed: Buffer, owner: SecretOwner): string {
    const nonce = sealed.subarray(0, nonceBytes);
    const decipher = createDecipheriv("aes-256-gcm", this.#key, nonce, { authTagLength: tagBytes })
      .setAAD(contextOf(owner))
      .setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
    const secret = Buffer.concat([decipher.update(sealed.subarray(nonceBytes + tagBytes)), decipher.final()]);
    return prefix + secret.toString("base64");
  }
}

export interface SignedMessage {
  readonly id: string;
  /** Seconds since 1970. */
  readonly timestamp: number;
  readonly body: string;
}

/**
 * The headers of Standard Webhooks
 * (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md): one signature per live secret.
 */
export function signatureHeaders({ id, timestamp, body }: SignedMessage, secrets: readonly string[]) {
  const signatures = secrets.map((secret) => {
    const mac = createHmac("sha256", bytesOf(secret)).update(`${id}.${timestamp}.${body}`).digest("base64");
    return `v1,${mac}`;
  });
  return {
    "webhook-id": id,
    "webhook-timestamp": String(timestamp),
    "webhook-signature": signatures.join(" "),
  };
}

function bytesOf(secret: string): Buffer {
  return Buffer.from(secret.slice(prefix.length), "base64");
}

function contextOf({ tenantId, endpointId }: SecretOwner): Buffer {
  return Buffer.from(`${tenantId}/${endpointId}`);
}
