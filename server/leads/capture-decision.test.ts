import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { type Candidate, type IdentityField, identityFields, plainFields } from "./capture-candidate.ts";
import { decideCapture, emptyLead, type KnownLead } from "./capture-decision.ts";

const text = fc.option(fc.constantFrom("a", "b", "c"), { nil: null });
const texts = fc.record(Object.fromEntries([...identityFields, ...plainFields].map((field) => [field, text])));
const attributes = fc.dictionary(fc.constantFrom("x", "y", "z"), fc.integer());
const tags = fc.uniqueArray(fc.constantFrom("t", "u", "v"));

const candidates = fc
  .tuple(texts, attributes, tags)
  .map(([fields, attributes, tags]) => ({ ...emptyLead(""), ...fields, attributes, tags, consents: [] }) as Candidate);
const lead = (id: string) =>
  fc
    .tuple(texts, attributes, tags)
    .map(([fields, attributes, tags]) => ({ ...emptyLead(id), ...fields, attributes, tags: tags.sort() }) as KnownLead);

/** Three leads, and to which of them each of the candidate's addresses belongs. */
const situations = fc
  .tuple(
    candidates,
    fc.tuple(lead("1"), lead("2"), lead("3")),
    fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 3, maxLength: 3 }),
  )
  .map(([candidate, leads, picks]) => {
    const owners: Partial<Record<IdentityField, KnownLead>> = {};
    for (const [index, field] of identityFields.entries()) {
      const owner = leads[(picks[index] ?? 3) as 0 | 1 | 2];
      if (owner !== undefined && candidate[field] !== null) owners[field] = owner;
    }
    return { candidate, owners };
  });

function decide(
  { candidate, owners }: { candidate: Candidate; owners: Partial<Record<IdentityField, KnownLead>> },
  isTrusted: boolean,
) {
  const decision = decideCapture(candidate, owners, { newId: "new", isTrusted });
  if ("refusal" in decision) throw new Error(decision.refusal);
  return decision;
}

test("externalId beats e-mail beats phone; the other leads are possible duplicates, and none is merged", () => {
  fc.assert(
    fc.property(situations, fc.boolean(), (situation, isTrusted) => {
      const { lead, isNew, possibleDuplicates } = decide(situation, isTrusted);
      const { externalId, email, phone } = situation.owners;
      const first = externalId ?? email ?? phone;
      expect(lead.id).toBe(first?.id ?? "new");
      expect(isNew).toBe(first === undefined);
      const others = [externalId, email, phone].flatMap((owner) =>
        owner === undefined || owner === first ? [] : [owner.id],
      );
      expect([...possibleDuplicates].sort()).toEqual([...new Set(others)].sort());
    }),
  );
});

test("never gives a lead an address of another lead", () => {
  fc.assert(
    fc.property(situations, fc.boolean(), (situation, isTrusted) => {
      const { lead, newIdentities } = decide(situation, isTrusted);
      for (const field of newIdentities) {
        expect(situation.owners[field]).toBeUndefined();
        expect(lead[field]).toBe(situation.candidate[field]);
      }
    }),
  );
});

test("an untrusted capture overwrites nothing and removes nothing", () => {
  fc.assert(
    fc.property(situations, (situation) => {
      const { lead } = decide(situation, false);
      const { externalId, email, phone } = situation.owners;
      const before = externalId ?? email ?? phone ?? emptyLead("new");
      for (const field of [...identityFields, ...plainFields])
        if (before[field] !== null) expect(lead[field]).toBe(before[field]);
      expect(lead.tags).toEqual(expect.arrayContaining([...before.tags]));
      expect(lead.attributes).toMatchObject(before.attributes);
    }),
  );
});

test("a trusted capture leaves all that it sends, except addresses of other leads", () => {
  fc.assert(
    fc.property(situations, (situation) => {
      const { lead } = decide(situation, true);
      const { candidate, owners } = situation;
      for (const field of plainFields) if (candidate[field] !== null) expect(lead[field]).toBe(candidate[field]);
      for (const field of identityFields) {
        const isOthers = owners[field] !== undefined && owners[field].id !== lead.id;
        if (candidate[field] !== null && !isOthers) expect(lead[field]).toBe(candidate[field]);
      }
      expect(lead.attributes).toMatchObject(candidate.attributes);
    }),
  );
});

test("the same capture again changes nothing", () => {
  fc.assert(
    fc.property(situations, fc.boolean(), ({ candidate, owners }, isTrusted) => {
      const { lead, newIdentities } = decide({ candidate, owners }, isTrusted);
      const next: Partial<Record<IdentityField, KnownLead>> = {};
      for (const field of identityFields) {
        const owner = newIdentities.includes(field) || owners[field]?.id === lead.id ? lead : owners[field];
        if (owner !== undefined) next[field] = owner;
      }
      if (next.externalId !== undefined && next.externalId.id !== lead.id) return; // can't be: it would have been the target
      if (Object.keys(next).length === 0) return;
      expect(decide({ candidate, owners: next }, isTrusted).changed).toEqual([]);
    }),
  );
});
