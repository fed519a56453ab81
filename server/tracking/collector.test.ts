import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type TestApp, startApp } from "../../test/app.ts";
import { eventsOf, sendEvents } from "../../test/events.ts";

let app: TestApp;
let sent = 0;

beforeAll(async () => {
  app = await startApp();
});

afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

/** An id that no other test uses. */
function newId(): string {
  sent += 1;
  return `message-${String(sent).padStart(4, "0")}`;
}

async function stored(...ids: readonly string[]) {
  const events = await eventsOf(app.database.ownerUrl, app.tenant);
  return ids.map((id) => events.filter(({ message_id: each }) => each === id));
}

async function only(id: string) {
  const [[event, ...others] = []] = await stored(id);
  expect(others).toEqual([]);
  if (event === undefined) throw new Error(`${id} isn't stored`);
  return event;
}

describe("the collector", () => {
  it("has stored an event when it answers", async () => {
    const messageId = newId();
    const timestamp = new Date().toISOString();
    const answer = await sendEvents(app, "/v1/track", {
      event: "Signed up",
      messageId,
      timestamp,
      anonymousId: "a-1",
      userId: 7,
      properties: { plan: "pro", seats: 3 },
      context: { page: { url: "https://shop.example/" } },
    });
    expect([answer.status, await answer.json()]).toEqual([200, { success: true, accepted: 1 }]);
    expect(await only(messageId)).toMatchObject({
      type: "track",
      name: "Signed up",
      time: new Date(timestamp),
      visitor_id: "a-1",
      user_id: "7",
      properties: { plan: "pro", seats: 3 },
      context: { page: { url: "https://shop.example/" } },
      partition: `event_${timestamp.slice(0, 7).replace("-", "_")}`,
    });
  });
});
