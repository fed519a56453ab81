import { expect, test } from "@jest/globals";
import type { CaptureLeadInput } from "../../schema/lead-capture.ts";
import { setUpLeads } from "../../test/leads.ts";
import { recordStatements } from "../../test/recorded-statements.ts";

test("makes one lead of 50 parallel captures of one person by several processes", async () => {
  await using stage = await setUpLeads();
  const processes = [stage, stage.another(), stage.another()] as const;
  const people = [
    { email: "ada@example.com" },
    { phone: "+216 71 123 456", email: "ADA@example.com" },
    { externalId: "a-1", email: "ada@example.com" },
  ];
  const payloads = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      (processes[index % 3] ?? stage).leads.captureLead(stage.context(), people[index % people.length] ?? {}),
    ),
  );
  expect(payloads.every((payload) => payload.accepted)).toBe(true);
  const rows = await stage.sql("SELECT email, phone, external_id, version FROM lead");
  expect(rows).toEqual([{ email: "ada@example.com", phone: "+21671123456", external_id: "a-1", version: 50 }]);
  expect(await stage.sql("SELECT kind FROM lead_identity ORDER BY kind")).toHaveLength(3);
  const entries = await stage.sql<{ created: boolean }>("SELECT data -> 'created' AS created FROM journal_entry");
  expect(entries.filter(({ created }) => created)).toHaveLength(1);
  expect(entries).toHaveLength(50);
});

test("lets a publishable key fill empty fields only, and tells it nothing", async () => {
  await using stage = await setUpLeads();
  const known = await stage.leads.captureLead(stage.context(), {
    email: "ada@example.com",
    name: "Ada",
    tags: ["vip"],
    attributes: { plan: "pro" },
  });
  const answer = await stage.leads.captureLead(stage.publishable(), {
    email: "ada@example.com",
    name: "Mallory",
    company: "Engines",
    tags: ["form"],
    attributes: { plan: "free", seats: 3 },
  });
  const first = await stage.leads.captureLead(stage.publishable(), { email: "new@example.com" });
  expect(answer).toEqual({ accepted: true, lead: null, cursor: null, userErrors: [] });
  expect(first).toEqual(answer);
  expect(await stage.leads.lead(stage.context(), known.lead?.id ?? "")).toMatchObject({
    name: "Ada",
    company: "Engines",
    tags: ["form", "vip"],
    attributes: { plan: "pro", seats: 3 },
    version: 2,
  });
});

test("sends as many statements for a known person as for a new one when a publishable key asks", async () => {
  await using stage = await setUpLeads();
  const count = async (email: string) => {
    const statements = await recordStatements(() => stage.leads.captureLead(stage.publishable(), { email, name: "X" }));
    return statements.filter((text) => !text.includes("set_config")).length;
  };
  const forNew = await count("ada@example.com");
  expect(await count("ada@example.com")).toBe(forNew);
});

test("writes nothing and tells nobody when the honeypot is filled", async () => {
  await using stage = await setUpLeads();
  const payload = await stage.leads.captureLead(stage.publishable(), { email: "bot@example.com", honeypot: "x" });
  expect(payload).toEqual({ accepted: true, lead: null, cursor: null, userErrors: [] });
  expect(await stage.sql("SELECT 1 FROM lead UNION ALL SELECT 1 FROM journal_entry")).toEqual([]);
});

const badInputs: [what: string, input: CaptureLeadInput, code: string][] = [
  ["nothing", {}, "IDENTITY_MISSING"],
  ["a name alone", { name: "Ada" }, "IDENTITY_MISSING"],
  ["an e-mail address without a domain", { email: "ada" }, "EMAIL_INVALID"],
  ["an e-mail address with an empty domain", { email: "ada@" }, "EMAIL_INVALID"],
  ["another country's number without its prefix", { phone: "06 12 34 56 78" }, "PHONE_INVALID"], // French, and the tenant is Tunisian
  ["a phone number without digits", { phone: "none" }, "PHONE_INVALID"],
  ["a name of 1 MB", { email: "ada@example.com", name: "x".repeat(1_000_000) }, "TOO_LONG"],
  ["10,000 tags", { email: "ada@example.com", tags: Array.from({ length: 10_000 }, String) }, "TAGS_INVALID"],
  ["an empty tag", { email: "ada@example.com", tags: [" "] }, "TAGS_INVALID"],
  ["nested attributes", { email: "ada@example.com", attributes: { nested: { a: 1 } } }, "ATTRIBUTES_INVALID"],
  [
    "17 kB of attributes",
    { email: "ada@example.com", attributes: { big: "x".repeat(17_000) } },
    "ATTRIBUTES_TOO_LARGE",
  ],
  [
    "a consent to nothing",
    { email: "ada@example.com", consent: [{ purpose: "", textVersion: "1" }] },
    "CONSENT_INVALID",
  ],
];

test("refuses bad input with a code and writes nothing", async () => {
  await using stage = await setUpLeads();
  for (const [what, input, code] of badInputs) {
    const { userErrors, ...rest } = await stage.leads.captureLead(stage.context(), input);
    expect({ what, codes: userErrors.map((error) => error.code), ...rest }).toEqual({
      what,
      codes: [code],
      accepted: false,
      lead: null,
      cursor: null,
    });
  }
  expect(await stage.sql("SELECT 1 FROM lead UNION ALL SELECT 1 FROM journal_entry")).toEqual([]);
});

test("says of which country a number isn't only when the tenant's country was meant", async () => {
  await using stage = await setUpLeads();
  const messageFor = async (phone: string) =>
    (await stage.leads.captureLead(stage.context(), { phone })).userErrors[0]?.message;
  expect(await messageFor("+999 12345678")).toBe("That is no phone number.");
  expect(await messageFor("06 12 34 56 78")).toContain("no phone number of TN.");
});

test("stores what is sent, with its consent", async () => {
  await using stage = await setUpLeads();
  const { lead, cursor } = await stage.leads.captureLead(stage.context(), {
    email: "  Ada.Lovelace@Example.COM ",
    phone: "71 123 456",
    origin: { utmSource: "news", landingPage: "https://example.com/" },
    consent: [{ purpose: "newsletter", textVersion: "2026-11" }],
  });
  expect(cursor).not.toBeNull();
  expect(lead).toMatchObject({
    email: "ada.lovelace@example.com",
    phone: "+21671123456",
    origin: { utmSource: "news", landingPage: "https://example.com/", referrer: null },
    stage: "NEW",
    version: 1,
  });
  expect(await stage.sql("SELECT purpose, text_version, address FROM lead_consent")).toEqual([
    { purpose: "newsletter", text_version: "2026-11", address: "192.0.2.1" },
  ]);
});
