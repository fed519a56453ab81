import { describe, expect, it } from "@jest/globals";
import { Webhook } from "standardwebhooks";
import { newWebhookSecret, signatureHeaders, WebhookSecrets } from "./webhook-secret.ts";

const owner = { tenantId: "0190a000-0000-7000-8000-000000000001", endpointId: "0190a000-0000-7000-8000-000000000002" };
const body = JSON.stringify({ type: "lead.captured", data: { name: "Zoë 🌱" } });
const now = () => Math.floor(Date.now() / 1_000);

describe("the signature", () => {
  const [first, second] = [newWebhookSecret(), newWebhookSecret()];
  const headers = (timestamp = now()) => signatureHeaders({ id: "delivery_1", timestamp, body }, [first, second]);

  it("is accepted by the reference library, under either live secret", () => {
    for (const secret of [first, second]) expect(new Webhook(secret).verify(body, headers())).toEqual(JSON.parse(body));
  });

  it("is refused when body, id, time or secret is another", () => {
    const verify =
      (text: string, sent: Record<string, string>, secret = first) =>
      () =>
        new Webhook(secret).verify(text, sent);
    expect(verify(body.replace("Zoë", "Zoe"), headers())).toThrow("No matching signature found");
    expect(verify(body, { ...headers(), "webhook-id": "delivery_2" })).toThrow("No matching signature found");
    expect(verify(body, { ...headers(), "webhook-timestamp": String(now() - 1) })).toThrow(
      "No matching signature found",
    );
    expect(verify(body, headers(), newWebhookSecret())).toThrow("No matching signature found");
    expect(verify(body, headers(now() - 301))).toThrow("Message timestamp too old");
    expect(verify(body, headers(now() + 301))).toThrow("Message timestamp too new");
  });
});

describe("a secret at rest", () => {
  const secrets = new WebhookSecrets(Buffer.alloc(32, 1));
  const secret = newWebhookSecret();

  it("comes back for its endpoint, and shows nothing", () => {
    const sealed = secrets.seal(secret, owner);
    expect(secrets.open(sealed, owner)).toBe(secret);
    expect(sealed.includes(Buffer.from(secret.slice(6), "base64"))).toBe(false);
    expect(secrets.seal(secret, owner).equals(sealed)).toBe(false);
  });

  it("can't be opened for another endpoint, changed, or under another key", () => {
    const sealed = secrets.seal(secret, owner);
    const changed = Buffer.from(sealed);
    changed[40] = (changed[40] ?? 0) ^ 1;
    expect(() => secrets.open(sealed, { ...owner, endpointId: owner.tenantId })).toThrow();
    expect(() => secrets.open(changed, owner)).toThrow();
    expect(() => new WebhookSecrets(Buffer.alloc(32, 2)).open(sealed, owner)).toThrow();
  });
});
