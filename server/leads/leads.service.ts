import type { Page } from "../../schema/connection.ts";
import type { CaptureLeadInput, CaptureLeadPayload } from "../../schema/lead-capture.ts";
import type { LeadsArgs } from "../../schema/lead-list.ts";
import type { Lead, LeadFilter } from "../../schema/lead.ts";
import type { Database } from "../db/database.ts";
import type { JournalService } from "../journal/journal.service.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { toUuid } from "../operations/ids.ts";
import { paginate } from "../operations/paginate.ts";
import { loadTenantSettings } from "../operations/tenant-settings.ts";
import { captureBatch } from "./capture-batch.ts";
import { readCandidate } from "./capture-candidate.ts";
import { captureMany, type GatheredCapture } from "./capture-many.ts";
import { type Captured, taken, tooManyAttributes } from "./captured.ts";
import { readLead } from "./lead-edit.ts";
import type { LeadSelection } from "./lead-selection.ts";
import { retryOnRace } from "./lead-identity.ts";
import { compileLeadFilter, listLeads, narrowLeadFilter, readMatches } from "./lead-list.ts";

export { isDelivered, leadChangeOf, leadEntryTypes } from "./lead-changes.ts";

/** Captures people and reads leads. */
export class LeadsService {
  readonly #database: Database;
  readonly #journal: JournalService;
  readonly #cursors: CursorCodec;

  constructor(database: Database, journal: JournalService, cursors: CursorCodec) {
    this.#database = database;
    this.#journal = journal;
    this.#cursors = cursors;
  }

  async captureLead(context: Context, input: CaptureLeadInput): Promise<CaptureLeadPayload> {
    const scope = authorizedScope(context, "lead:capture");
    const { now, address } = context;
    const isTrusted = scope.principal.kind !== "PUBLISHABLE_KEY";
    // Whoever fills a field that people don't see is a program; it must not learn that it was found out.
    if ((input.honeypot ?? "") !== "") return taken;

    const { defaultCountry } = needsCountry(input)
      ? await this.#database.read(scope.tenantId, loadTenantSettings)
      : { defaultCountry: "" };
    const read = readCandidate(input, { defaultCountry, now, address, isTrusted });
    if ("userErrors" in read) return { accepted: false, lead: null, cursor: null, userErrors: read.userErrors };

    const { candidate } = read;
    const { once } = scope;
    if (context.place !== undefined && once !== undefined && isTrusted) {
      const captured = await context.place.arrive({ candidate, once }, (captures: readonly GatheredCapture[]) =>
        captureMany(this.#journal, scope, captures, { now, address }),
      );
      return { cursor: null, ...captured };
    }
    const committed = await retryOnRace(() =>
      this.#journal.mutate(scope, async (transaction): Promise<Captured> => {
        const [outcome] = await captureBatch(transaction, [candidate], { isTrusted, now, address });
        if (outcome === undefined || outcome.kind === "REFUSED") return tooManyAttributes;
        // A publishable key gets no cursor either: it would tell how much goes on in the tenant.
        return isTrusted
          ? { accepted: true, lead: await readLead(transaction, outcome.leadId), userErrors: [] }
          : taken;
      }),
    );
    return { cursor: this.#cursorAfter(scope.tenantId, committed.position), ...committed.result };
  }

  async lead(context: Context, id: string): Promise<Lead | null> {
    const { tenantId } = authorizedScope(context, "lead:read");
    const uuid = toUuid("Lead", id);
    return uuid === null ? null : this.#database.read(tenantId, (session) => readLead(session, uuid));
  }

  /** `selection` says what the caller will read of the leads. */
  async leads(context: Context, args: LeadsArgs, selection?: LeadSelection): Promise<Page<Lead>> {
    const { tenantId } = authorizedScope(context, "lead:read");
    return this.#database.read(tenantId, async (session) => {
      const filter = await compileLeadFilter(session, args.filter, context.now);
      const list = listLeads(await narrowLeadFilter(session, filter), args.orderBy, selection);
      return paginate(session, this.#cursors, list, args);
    });
  }

  /** Checks a subscription's filter before it begins, and says which fields it asks about: isDelivered needs them. */
  async filterFields(context: Context, filter: LeadFilter | null | undefined): Promise<ReadonlySet<string>> {
    const { tenantId } = authorizedScope(context, "lead:read");
    return this.#database.read(
      tenantId,
      async (session) => (await compileLeadFilter(session, filter, context.now)).fields,
    );
  }

  /**
   * Reads leads as they are now and says which of them match a filter, with one statement for all. Leads that are gone are
   * missing in the answer. `context.now` is what the filter's durations count from.
   */
  async matchLeads(
    context: Context,
    uuids: readonly string[],
    filter: LeadFilter | null | undefined,
  ): Promise<Map<string, { readonly lead: Lead; readonly matches: boolean }>> {
    const { tenantId } = authorizedScope(context, "lead:read");
    return this.#database.read(tenantId, async (session) =>
      readMatches(session, uuids, await compileLeadFilter(session, filter, context.now)),
    );
  }

  #cursorAfter(tenantId: string, position: bigint | undefined): string | null {
    return position === undefined ? null : this.#cursors.encodeEvent({ tenantId, position });
  }
}

/** A number that begins with its country's prefix says where it belongs. */
function needsCountry({ phone }: CaptureLeadInput): boolean {
  return phone != null && phone.trim() !== "" && !phone.trim().startsWith("+");
}
