import { expect, test } from "@jest/globals";
import { payload, startApp } from "../../test/app.ts";
import { mutate } from "../../test/calendar.ts";
import { openMailbox } from "../../test/people.ts";
import { booked, createFamily, createOffer } from "../../test/sessions.ts";

test("a person's calendar is read at a secret address, until it is changed", async () => {
  await using app = await startApp();
  await using mailbox = await openMailbox(app);
  const graphql: typeof app.graphql = (query, variables, credential) => app.graphql(query, variables, credential);
  const day = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
  const [family, stranger] = await Promise.all([createFamily(graphql), createFamily(graphql)]);
  const offer = await createOffer(graphql);
  const id = await booked(graphql, { learnerId: family.learnerId, ...offer, startsAt: `${day}T10:00:00Z` });
  await booked(graphql, { learnerId: stranger.learnerId, ...offer, startsAt: `${day}T12:00:00Z` });
  const token = await mailbox.join(family.clientEmail);
  const rotate = async (input: object = {}) =>
    (await mutate<{ url: string | null }>(graphql, "rotateCalendarFeed", input, "url", token)).url ?? "";

  const url = await rotate();
  expect(url.startsWith(`${app.url}/calendars/nx_feed_`)).toBe(true);
  const read = await fetch(url);
  expect([read.status, read.headers.get("content-type")]).toEqual([200, "text/calendar; charset=utf-8"]);
  const text = await read.text();
  expect(text.match(/^UID:.*$/gm)?.map((line) => line.trim())).toEqual([`UID:${id}@nexora`]);
  expect(text).toContain(`DTSTART:${day.replaceAll("-", "")}T100000Z`);
  expect(text).not.toMatch(/[0-9a-f]{32}/); // no room

  expect(text).toMatch(/^X-WR-CALNAME:My tenant/m);
  await mutate(graphql, "updateMailBranding", { senderName: "Nexus Réussite" }, "cursor");
  expect(await (await fetch(url)).text()).toContain("X-WR-CALNAME:Nexus Réussite");

  await mutate(graphql, "cancelSession", { id }, "cursor", token);
  expect(await (await fetch(url)).text()).toMatch(/^STATUS:CANCELLED/m);
  const next = await rotate();
  expect([(await fetch(url)).status, (await fetch(next)).status]).toEqual([404, 200]);
  expect(await rotate({ endOnly: true })).toBe("");
  expect((await fetch(next)).status).toBe(404);
  expect((await fetch(`${app.url}/calendars/nonsense.ics`)).status).toBe(404);
  const key = await graphql("mutation { rotateCalendarFeed(input: {}) { url } }");
  expect(key.errors?.[0]?.extensions["code"]).toBe("FORBIDDEN");
  expect(payload<unknown>(await graphql("{ sessions { nodes { id } } }", {}, token), "sessions")).toEqual({
    nodes: [{ id }],
  });
});
