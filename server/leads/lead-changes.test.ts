import { expect, test } from "@jest/globals";
import { setUpLeads } from "../../test/leads.ts";
import { isDelivered, type LeadChange, leadChangeOf, leadEntryTypes } from "./lead-changes.ts";
import { JournalReader } from "../journal/journal-reader.ts";
import { recordStatements } from "../../test/recorded-statements.ts";

test("knows every entry that leads write, and which leads are gone", async () => {
  await using stage = await setUpLeads();
  const context = stage.context();
  const [one, two] = await Promise.all(
    ["ada@example.com", "bob@example.com"].map((email) => stage.leads.captureLead(context, { email })),
  );
  const [id, other] = [one?.lead?.id ?? "", two?.lead?.id ?? ""];
  await stage.edits.updateLead(context, { id, name: "Ada" });
  await stage.edits.moveLead(context, { id, stage: "WON" });
  await stage.edits.assignLead(context, { id, ownerId: null });
  await stage.edits.addLeadNote(context, { id, body: "x" });
  await stage.merges.mergeLeads(context, { keepId: id, mergeId: other });
  await stage.merges.unmergeLeads(context, { keepId: id, mergeId: other });
  await stage.merges.deleteLead(context, { id });
  const records = await new JournalReader(stage.database).page({ tenantId: stage.tenantId, after: 0n, limit: 100 });
  expect(new Set(records.map(({ type }) => type))).toEqual(new Set(leadEntryTypes));
  const changes = records.map(leadChangeOf);
  expect(changes.filter((change) => change?.isGone).map((change) => change?.type)).toEqual(["MERGED", "DELETED"]);
  expect(changes.find((change) => change?.type === "UPDATED")).toEqual({
    type: "UPDATED",
    leadId: one?.lead?.uuid,
    isGone: false,
    isNew: false,
    fields: ["name", "updatedAt"],
  });
  // What a filter asks of notes and consents may be different then.
  const touching = (name: string) =>
    changes.filter((change) => change?.fields.includes(name)).map((change) => change?.type);
  expect(new Set(touching("notes"))).toEqual(new Set(["NOTED", "MERGED", "UNMERGED"]));
  expect(new Set(touching("consents"))).toEqual(new Set(["CAPTURED", "MERGED", "UNMERGED"]));
});

test("tells with one statement which leads match a filter, and gives them", async () => {
  await using stage = await setUpLeads();
  const context = stage.context();
  const leads = await Promise.all(
    ["Ada", "Bob", null].map((name, index) => stage.leads.captureLead(context, { externalId: `${index}`, name })),
  );
  const uuids = leads.map(({ lead }) => lead?.uuid ?? "");
  let matches = new Map<string, { matches: boolean }>();
  const statements = await recordStatements(async () => {
    matches = await stage.leads.matchLeads(context, [...uuids, stage.memberId], { name: { neq: "Bob" } });
  });
  expect(statements.filter((text) => text.includes("FROM lead"))).toHaveLength(1);
  expect(uuids.map((uuid) => matches.get(uuid)?.matches)).toEqual([true, false, false]);
  expect(matches.size).toBe(3);
});

test("delivers what matches, is gone, or may have matched before", () => {
  const change: LeadChange = {
    type: "MOVED",
    leadId: "x",
    isGone: false,
    isNew: false,
    fields: ["stage", "updatedAt"],
  };
  expect(isDelivered(change, new Set(["name"]), true)).toBe(true);
  expect(isDelivered(change, new Set(["name"]), false)).toBe(false);
  expect(isDelivered(change, new Set(["stage"]), false)).toBe(true);
  expect(isDelivered({ ...change, isGone: true }, new Set(["name"]), false)).toBe(true);
  expect(isDelivered({ ...change, isNew: true }, new Set(["stage"]), false)).toBe(false);
});
