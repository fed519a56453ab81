import { expect, test } from "@jest/globals";
import { startApp, type TestApp } from "../../test/app.ts";
import { RawSocket } from "../../test/raw-socket.ts";

// What isn't used is given back, so only what really costs something empties a bucket.
const costly = `{ ${Array.from({ length: 30 }, (_, index) => `t${index}: leads(first: 0) { totalCount }`).join(" ")} }`;
const flood = 100;

let documents = 0;
/** Never seen before, and dearer than what the bucket holds. */
const newDocument = () => costly.replace("{", `query New${(documents += 1)} {`);

/** Leaves a dozen in the bucket at most. */
async function drain(app: TestApp): Promise<void> {
  for (const query of [costly, "{ leads(first: 0) { totalCount } }"]) {
    let attempts = 0;
    while ((await app.graphql(query)).status !== 429) {
      attempts += 1;
      if (attempts > 100) throw new Error("the bucket is never empty");
    }
  }
}

/** A refusal that told the operation's price has parsed and validated it; one that was refused before tells the least price. */
const isLookedAt = (requested: number) => requested > 1;

test.each([
  ["with an origin, as pages send it", "/graphql", { origin: "https://example.com" }],
  ["with a query string", "/graphql?x", {}],
  ["as event streams", "/graphql/stream", { accept: "text/event-stream" }],
])(
  "a flood of ever-new documents against an empty bucket is refused before it is parsed: %s",
  async (_, path, more) => {
    await using app = await startApp({ env: { PLANS: "standard=5000/1" } });
    await drain(app);
    let lookedAt = 0;
    for (let count = 0; count < flood; count += 1) {
      const response = await fetch(`${app.url}${path}`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${app.tenant.secretKey}`, ...more },
        body: JSON.stringify({ query: newDocument() }),
      });
      const { extensions } = (await response.json()) as { extensions: { cost: { requested: number } } };
      expect(response.status).toBe(429);
      if (isLookedAt(extensions.cost.requested)) lookedAt += 1;
    }
    // What was left, and what a slow machine's bucket gets back meanwhile.
    expect(lookedAt).toBeLessThan(flood / 2);
  },
  60_000,
);

test("and on a WebSocket", async () => {
  await using app = await startApp({ env: { PLANS: "standard=5000/1" } });
  await drain(app);
  await using raw = await RawSocket.ready(app.url, app.tenant.secretKey);
  let lookedAt = 0;
  for (let count = 0; count < flood; count += 1) {
    const id = String(count);
    raw.subscribe(id, newDocument());
    await raw.end(id);
    const [{ payload } = {}] = raw.of(id);
    const [{ extensions } = { extensions: { cost: { requested: 0 } } }] = payload as {
      extensions: { cost: { requested: number } };
    }[];
    if (isLookedAt(extensions.cost.requested)) lookedAt += 1;
  }
  expect(lookedAt).toBeLessThan(flood / 2);
}, 60_000);
