import { expect, test } from "@jest/globals";
import { type LeadsStage, setUpLeads } from "../../test/leads.ts";

async function isJournalValid(stage: LeadsStage): Promise<boolean> {
  const [head] = await stage.sql<{ position: string }>("SELECT position FROM journal_head WHERE tenant_id = $1", [
    stage.tenantId,
  ]);
  const [verified] = await stage.database.read(stage.tenantId, (session) =>
    session.query<{ bad: bigint | null }>({
      text: "SELECT first_bad_position AS bad FROM journal_verify(1, $1)",
      values: [head?.position],
    }),
  );
  return verified?.bad === null;
}

async function seed(stage: LeadsStage) {
  const context = stage.context();
  const keep = await stage.leads.captureLead(context, {
    email: "ada@example.com",
    name: "Ada",
    tags: ["a"],
    attributes: { x: 1 },
  });
  const other = await stage.leads.captureLead(context, {
    phone: "+21671123456",
    name: "A. Lovelace",
    company: "Engines",
    tags: ["b"],
    attributes: { x: 2, y: 3 },
    consent: [{ purpose: "calls", textVersion: "1" }],
  });
  const [keepId, mergeId] = [keep.lead?.id ?? "", other.lead?.id ?? ""];
  await stage.edits.addLeadNote(context, { id: mergeId, body: "Called her: Secret Word" });
  return { context, keepId, mergeId, keepUuid: keep.lead?.uuid ?? "", mergeUuid: other.lead?.uuid ?? "" };
}

test("merges two leads: addresses, notes, consents, tags and attributes move, and values that were there win", async () => {
  await using stage = await setUpLeads();
  const { context, keepId, mergeId, keepUuid } = await seed(stage);
  const { lead, userErrors } = await stage.merges.mergeLeads(context, { keepId, mergeId });
  expect(userErrors).toEqual([]);
  expect(lead).toMatchObject({
    id: keepId,
    name: "Ada",
    company: "Engines",
    phone: "+21671123456",
    tags: ["a", "b"],
    attributes: { x: 1, y: 3 },
  });
  expect(await stage.leads.lead(context, mergeId)).toBeNull();
  expect((await stage.leads.captureLead(context, { phone: "+21671123456" })).lead?.id).toBe(keepId);
  expect((await stage.loaders.notes(context, keepUuid, {})).nodes).toHaveLength(1);
  expect(await stage.loaders.consents(context, keepUuid)).toMatchObject([{ purpose: "calls" }]);
  const timeline = await stage.loaders.timeline(context, keepUuid, {});
  expect(timeline.nodes.map(({ type }) => type)).toEqual([
    "lead.captured",
    "lead.captured",
    "lead.noted",
    "lead.merged",
    "lead.absorbed",
    "lead.captured",
  ]);
  const self = await stage.merges.mergeLeads(context, { keepId, mergeId: keepId });
  expect(self.userErrors).toMatchObject([{ code: "SAME_LEAD" }]);
});

test("takes a merge back without losing what was done since", async () => {
  await using stage = await setUpLeads();
  const { context, keepId, mergeId, mergeUuid } = await seed(stage);
  await stage.merges.mergeLeads(context, { keepId, mergeId });
  await stage.edits.updateLead(context, { id: keepId, attributes: { y: 4 }, tags: ["a", "b", "c"] });
  const { lead, restored, userErrors } = await stage.merges.unmergeLeads(context, { keepId, mergeId });
  expect(userErrors).toEqual([]);
  expect(lead).toMatchObject({ company: null, phone: null, tags: ["a", "c"], attributes: { x: 1, y: 4 } });
  expect(restored).toMatchObject({
    id: mergeId,
    name: "A. Lovelace",
    company: "Engines",
    phone: "+21671123456",
    tags: ["b"],
    attributes: { x: 2, y: 3 },
  });
  expect((await stage.loaders.notes(stage.context(), mergeUuid, {})).nodes).toHaveLength(1);
  expect((await stage.leads.captureLead(context, { phone: "+21671123456" })).lead?.id).toBe(mergeId);
  const twice = await stage.merges.unmergeLeads(context, { keepId, mergeId });
  expect(twice.userErrors).toMatchObject([{ code: "NOT_FOUND" }]);
  expect(await isJournalValid(stage)).toBe(true);
});

test("leaves no address on two leads when a merge is taken back", async () => {
  await using stage = await setUpLeads();
  const context = stage.context();
  const capture = async (email: string) => (await stage.leads.captureLead(context, { email })).lead?.id ?? "";
  const keepId = await capture("ada@example.com");
  const mergeId = await capture("lovelace@example.com");
  await stage.merges.mergeLeads(context, { keepId, mergeId });
  expect(await capture("lovelace@example.com")).toBe(keepId); // which shows that address from now on
  const { lead, restored } = await stage.merges.unmergeLeads(context, { keepId, mergeId });
  expect(lead?.email).toBe("ada@example.com");
  expect(restored?.email).toBe("lovelace@example.com");
});

test("erases a deleted lead and all it took in from rows and journal, while the chain still verifies", async () => {
  await using stage = await setUpLeads();
  const { context, keepId, mergeId } = await seed(stage);
  await stage.edits.moveLead(context, { id: keepId, stage: "LOST", reason: "Ada moved away" });
  await stage.merges.mergeLeads(context, { keepId, mergeId });
  const { deletedLeadId, cursor, userErrors } = await stage.merges.deleteLead(context, { id: keepId });
  expect({ deletedLeadId, userErrors }).toEqual({ deletedLeadId: keepId, userErrors: [] });
  expect(cursor).not.toBeNull();

  const tables = ["lead", "lead_identity", "lead_note", "lead_consent", "lead_merge"];
  for (const table of tables) expect(await stage.sql(`SELECT 1 FROM ${table}`)).toEqual([]);
  const [stored] = await stage.sql<{ text: string }>(
    "SELECT string_agg(to_jsonb(e)::text, ' ') AS text FROM journal_entry e",
  );
  for (const word of ["ada@", "Ada", "Lovelace", "71123456", "Secret Word", "moved away", "Engines", "192.0.2.1"]) {
    expect(stored?.text).not.toContain(word);
  }
  expect(await isJournalValid(stage)).toBe(true);
});

test("erases a lead that was taken in and came back, and leaves the other one alone", async () => {
  await using stage = await setUpLeads();
  const { context, keepId, mergeId } = await seed(stage);
  await stage.merges.mergeLeads(context, { keepId, mergeId });
  await stage.merges.unmergeLeads(context, { keepId, mergeId });
  await stage.merges.deleteLead(context, { id: mergeId });
  const [stored] = await stage.sql<{ text: string }>(
    "SELECT string_agg(to_jsonb(e)::text, ' ') AS text FROM journal_entry e",
  );
  expect(stored?.text).not.toContain("Lovelace");
  expect(stored?.text).toContain("ada@example.com");
  expect(await isJournalValid(stage)).toBe(true);
});

test("captures a person during a merge and a deletion without losing or doubling anybody", async () => {
  await using stage = await setUpLeads();
  const { context, keepId, mergeId } = await seed(stage);
  const other = stage.another();
  const captures = Array.from({ length: 20 }, () =>
    other.leads.captureLead(stage.context(), { phone: "+21671123456" }),
  );
  const [merged, ...captured] = await Promise.all([stage.merges.mergeLeads(context, { keepId, mergeId }), ...captures]);
  expect(merged.userErrors).toEqual([]);
  expect(captured.every(({ accepted }) => accepted)).toBe(true);
  const deletion = stage.merges.deleteLead(context, { id: keepId });
  const more = Array.from({ length: 20 }, () => other.leads.captureLead(stage.context(), { phone: "+21671123456" }));
  await Promise.all([deletion, ...more]);
  expect((await stage.sql("SELECT 1 FROM lead")).length).toBeLessThanOrEqual(1);
  expect(
    await stage.sql("SELECT 1 FROM lead_identity i LEFT JOIN lead l ON l.id = i.lead_id WHERE l.id IS NULL"),
  ).toEqual([]);
  expect(await isJournalValid(stage)).toBe(true);
});
