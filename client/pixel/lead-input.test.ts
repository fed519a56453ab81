import { expect, it } from "@jest/globals";
import { toLeadInput } from "./lead-input.ts";

const first = { origin: { landingPage: "https://shop.example/a", utmSource: "news" }, clickIds: { gclid: "1" } };
const last = { origin: { landingPage: "https://shop.example/b" }, clickIds: { fbclid: "2" } };

it("puts a form's fields where captureLead has them, and the others into attributes", () => {
  const fields: [string, unknown][] = [
    ["email", "ada@example.com"],
    ["message", ""],
    ["tags", "webinar"],
    ["tags", "paid"],
    ["level", "university"],
    ["day", "monday"],
    ["day", "tuesday"],
    ["day", "friday"],
    ["constructor", "odd"],
    ["photo", new Blob([])],
    ["honeypot", "robot"],
  ];
  expect(toLeadInput(fields, [{ purpose: "newsletter", textVersion: "1" }], "v-1", first, last)).toEqual({
    email: "ada@example.com",
    honeypot: "robot",
    origin: first.origin,
    consent: [{ purpose: "newsletter", textVersion: "1" }],
    tags: ["webinar", "paid"],
    attributes: {
      gclid: "1",
      fbclid: "2",
      anonymousId: "v-1",
      lastLandingPage: "https://shop.example/b",
      level: "university",
      day: ["monday", "tuesday", "friday"],
      constructor: "odd",
    },
  });
});
