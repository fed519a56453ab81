import { expect, test } from "@jest/globals";
import { setUpLeads } from "../../test/leads.ts";
import { toId } from "../operations/ids.ts";

const unknownLead = toId("Lead", "01900000-0000-7000-8000-000000000000");

test("changes what is sent, empties what is null, and leaves the rest", async () => {
  await using stage = await setUpLeads();
  const context = stage.context();
  const captured = await stage.leads.captureLead(context, {
    email: "ada@example.com",
    name: "Ada",
    company: "Engines",
    attributes: { plan: "pro", seats: 3 },
  });
  const id = captured.lead?.id ?? "";
  const { lead, cursor, userErrors } = await stage.edits.updateLead(context, {
    id,
    expectedVersion: 1,
    name: null,
    phone: "71 123 456",
    tags: ["b", "a"],
    attributes: { seats: null, city: "Tunis" },
  });
  expect(userErrors).toEqual([]);
  expect(cursor).not.toBeNull();
  expect(lead).toMatchObject({
    name: null,
    company: "Engines",
    phone: "+21671123456",
    tags: ["a", "b"],
    attributes: { plan: "pro", city: "Tunis" },
    version: 2,
  });
  const again = await stage.leads.captureLead(context, { phone: "+216 71 123 456" });
  expect(again.lead?.id).toBe(id);
});

test("answers another version with CONFLICT and the current lead", async () => {
  await using stage = await setUpLeads();
  const context = stage.context();
  const { lead } = await stage.leads.captureLead(context, { email: "ada@example.com" });
  const id = lead?.id ?? "";
  const calls = [
    stage.edits.updateLead(context, { id, expectedVersion: 9, name: "X" }),
    stage.edits.moveLead(context, { id, expectedVersion: 9, stage: "WON" }),
    stage.edits.assignLead(context, { id, expectedVersion: 9, ownerId: null }),
    stage.merges.deleteLead(context, { id, expectedVersion: 9 }),
  ];
  for (const payload of await Promise.all(calls)) {
    expect(payload).toMatchObject({ lead: { id, version: 1 }, cursor: null, userErrors: [{ code: "CONFLICT" }] });
  }
});

test("lets one of two concurrent updates of a version win", async () => {
  await using stage = await setUpLeads();
  const { lead } = await stage.leads.captureLead(stage.context(), { email: "ada@example.com" });
  const id = lead?.id ?? "";
  const payloads = await Promise.all(
    ["One", "Other"].map((name) => stage.edits.updateLead(stage.context(), { id, expectedVersion: 1, name })),
  );
  expect(payloads.flatMap(({ userErrors }) => userErrors.map(({ code }) => code))).toEqual(["CONFLICT"]);
});

test("answers an unknown lead, and another tenant's, with NOT_FOUND", async () => {
  await using stage = await setUpLeads();
  const other = await stage.createTenant();
  const { lead } = await stage.leads.captureLead(stage.context(), { email: "ada@example.com" });
  for (const [context, id] of [
    [stage.context(), unknownLead],
    [stage.context(), "nonsense"],
    [other.context(), lead?.id ?? ""],
  ] as const) {
    const payloads = await Promise.all([
      stage.edits.updateLead(context, { id, name: "X" }),
      stage.edits.moveLead(context, { id, stage: "WON" }),
      stage.edits.assignLead(context, { id, ownerId: null }),
      stage.edits.addLeadNote(context, { id, body: "X" }),
      stage.merges.deleteLead(context, { id }),
      stage.merges.mergeLeads(context, { keepId: id, mergeId: toId("Lead", stage.tenantId) }),
      stage.merges.unmergeLeads(context, { keepId: id, mergeId: toId("Lead", stage.tenantId) }),
    ]);
    for (const payload of payloads)
      expect(payload).toMatchObject({ lead: null, cursor: null, userErrors: [{ code: "NOT_FOUND" }] });
    expect(await stage.leads.lead(context, id)).toBeNull();
  }
});

test("refuses an address of another lead, and to leave a lead without any", async () => {
  await using stage = await setUpLeads();
  const context = stage.context();
  await stage.leads.captureLead(context, { email: "ada@example.com" });
  const { lead } = await stage.leads.captureLead(context, { email: "bob@example.com" });
  const id = lead?.id ?? "";
  const taken = await stage.edits.updateLead(context, { id, email: "ADA@example.com" });
  expect(taken.userErrors).toMatchObject([{ code: "IDENTITY_TAKEN", field: ["input", "email"] }]);
  const missing = await stage.edits.updateLead(context, { id, email: null });
  expect(missing.userErrors).toMatchObject([{ code: "IDENTITY_MISSING" }]);
  const invalid = await stage.edits.updateLead(context, { id, email: "bob" });
  expect(invalid.userErrors).toMatchObject([{ code: "EMAIL_INVALID", field: ["input", "email"] }]);
});

test("lets updates and captures of the same people run side by side", async () => {
  await using stage = await setUpLeads();
  const context = stage.context();
  const people = ["ada@example.com", "bob@example.com"];
  const captured = await Promise.all(people.map((email) => stage.leads.captureLead(context, { email })));
  const ids = captured.map(({ lead }) => lead?.id ?? "");
  const work = Array.from({ length: 40 }, (_, n) => {
    const phone = `+2167112345${n % 2}`;
    return n % 4 < 2
      ? stage.edits.updateLead(context, { id: ids[n % 2] ?? "", phone })
      : stage.leads.captureLead(context, { email: people[n % 2] ?? "", phone, name: `${n}` });
  });
  const startedAt = Date.now();
  for (const { userErrors } of await Promise.all(work)) expect(userErrors).toEqual([]);
  expect(Date.now() - startedAt).toBeLessThan(20_000); // PostgreSQL needs a second to notice each of some 40 deadlocks
  expect(await stage.sql("SELECT 1 FROM lead")).toHaveLength(2);
});

test("gives a corrected address to the lead and frees the wrong one", async () => {
  await using stage = await setUpLeads();
  const context = stage.context();
  const { lead } = await stage.leads.captureLead(context, { email: "adda@example.com" });
  await stage.edits.updateLead(context, { id: lead?.id ?? "", email: "ada@example.com" });
  const other = await stage.leads.captureLead(context, { email: "adda@example.com" });
  expect(other.lead?.id).not.toBe(lead?.id);
});

test("moves a lead to any stage, and wants a reason for LOST", async () => {
  await using stage = await setUpLeads();
  const context = stage.context();
  const { lead } = await stage.leads.captureLead(context, { email: "ada@example.com" });
  const id = lead?.id ?? "";
  const refused = await stage.edits.moveLead(context, { id, stage: "LOST", reason: " " });
  expect(refused.userErrors).toMatchObject([{ code: "REASON_MISSING", field: ["input", "reason"] }]);
  const lost = await stage.edits.moveLead(context, { id, stage: "LOST", reason: "too dear" });
  expect(lost.lead).toMatchObject({ stage: "LOST", stageReason: "too dear", version: 2 });
  const back = await stage.edits.moveLead(context, { id, stage: "NEW" });
  expect(back.lead).toMatchObject({ stage: "NEW", stageReason: null, version: 3 });
});

test("gives a lead to an active member only, or to nobody", async () => {
  await using stage = await setUpLeads();
  const context = stage.context();
  const other = await stage.createTenant();
  const { lead } = await stage.leads.captureLead(context, { email: "ada@example.com" });
  const id = lead?.id ?? "";
  const foreign = await stage.edits.assignLead(context, { id, ownerId: toId("Member", other.memberId) });
  expect(foreign.userErrors).toMatchObject([{ code: "OWNER_NOT_FOUND" }]);
  const assigned = await stage.edits.assignLead(context, { id, ownerId: toId("Member", stage.memberId) });
  expect(assigned.lead).toMatchObject({ owner: { name: "Mia", role: "OWNER" }, version: 2 });
  const freed = await stage.edits.assignLead(context, { id, ownerId: null });
  expect(freed.lead).toMatchObject({ owner: null, version: 3 });
});

test("keeps notes with their author, page by page", async () => {
  await using stage = await setUpLeads();
  const context = stage.context({
    principal: {
      kind: "MEMBER",
      tenantId: stage.tenantId,
      memberId: stage.memberId,
      role: "OWNER",
      authSessionId: stage.memberId,
      expiresAt: new Date(Date.now() + 60_000),
    },
  });
  const { lead } = await stage.leads.captureLead(context, { email: "ada@example.com" });
  const { id = "", uuid = "" } = lead ?? {};
  for (const body of ["one", "two", "three"]) {
    const { note } = await stage.edits.addLeadNote(context, { id, body });
    expect(note).toMatchObject({ body, author: { name: "Mia" } });
  }
  const first = await stage.loaders.notes(context, uuid, { first: 2 });
  expect(first.nodes.map(({ body }) => body)).toEqual(["one", "two"]);
  expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
  const rest = await stage.loaders.notes(context, uuid, { first: 2, after: first.pageInfo.endCursor });
  expect(rest.nodes.map(({ body }) => body)).toEqual(["three"]);
  const latest = await stage.loaders.notes(context, uuid, { last: 1 });
  expect(latest.nodes.map(({ body }) => body)).toEqual(["three"]);
  const empty = await stage.edits.addLeadNote(context, { id, body: "  " });
  expect(empty.userErrors).toMatchObject([{ code: "BODY_MISSING" }]);
});
