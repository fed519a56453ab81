import type { JournalDraft } from "../journal/entry.ts";
import { collecting, type JournalService, type Scope } from "../journal/journal.service.ts";
import type { KeyedRequest } from "../journal/keyed-request.ts";
import type { Outcome } from "../operations/gathering.ts";
import { captureBatch, type CaptureOptions } from "./capture-batch.ts";
import type { Candidate } from "./capture-candidate.ts";
import { type Captured, tooManyAttributes } from "./captured.ts";
import { readLeads } from "./lead-edit.ts";
import { retryOnRace } from "./lead-identity.ts";

export interface GatheredCapture {
  readonly candidate: Candidate;
  readonly once: KeyedRequest;
}

/** Captures people for requests that run together, as captureLead does for a caller that is trusted. */
export function captureMany(
  journal: JournalService,
  scope: Scope,
  captures: readonly GatheredCapture[],
  options: Pick<CaptureOptions, "now" | "address">,
): Promise<readonly Outcome<Captured>[]> {
  const requests = captures.map(({ once }) => once);
  return retryOnRace(() =>
    journal.mutateMany<Captured>(scope, requests, async (session, fresh) => {
      const drafts: JournalDraft[] = [];
      const candidates = fresh.flatMap((index) => captures[index]?.candidate ?? []);
      const outcomes = await captureBatch(collecting(session, drafts), candidates, {
        ...options,
        isTrusted: true,
        isEachLeadOnce: true,
      });
      const uuids = outcomes.flatMap((outcome) => (outcome.kind === "CAPTURED" ? [outcome.leadId] : []));
      const leads = new Map((await readLeads(session, uuids)).map((lead) => [lead.uuid, lead]));
      return outcomes.map((outcome) => {
        if (outcome.kind === "REFUSED") return { result: tooManyAttributes, drafts: [] };
        const lead = leads.get(outcome.leadId) ?? null;
        return { result: { accepted: true, lead, userErrors: [] }, drafts: drafts.splice(0, 1) }; // each capture is one entry
      });
    }),
  );
}
