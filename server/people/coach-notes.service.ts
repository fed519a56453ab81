import type {
  AddCoachNoteInput,
  AddCoachNotePayload,
  UpdateCoachNoteInput,
  UpdateCoachNotePayload,
} from "../../schema/learner-inputs.ts";
import type { JournalService, Transaction } from "../journal/journal.service.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import { cursorAfter } from "../operations/cursor-after.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { toId, toUuid } from "../operations/ids.ts";
import type { KnownPrincipal } from "../operations/principal.ts";
import { newUuid } from "../operations/uuid.ts";
import { type NoteRow, readNotes, toNote } from "./coach-notes.ts";
import { type PeopleView, peopleView } from "./people.access.ts";
import { readLearners } from "./people.queries.ts";
import { type Refuser, Refusals } from "./refusals.ts";

type AddRefusal = AddCoachNotePayload["userErrors"][number]["code"];
type UpdateRefusal = UpdateCoachNotePayload["userErrors"][number]["code"];

const maxLength = 10_000;

/** What coaches and the team note on learners. */
export class CoachNotesService {
  readonly #journal: JournalService;
  readonly #cursors: CursorCodec;

  constructor(journal: JournalService, cursors: CursorCodec) {
    this.#journal = journal;
    this.#cursors = cursors;
  }

  async addCoachNote(context: Context, input: AddCoachNoteInput): Promise<AddCoachNotePayload> {
    const scope = authorizedScope(context, "learner:note");
    const { now } = context;
    const refusals = new Refusals<AddRefusal>();
    const body = checkBody(refusals, input.body);
    if (refusals.list.length > 0) return { note: null, cursor: null, userErrors: refusals.list };
    const uuid = toUuid("Learner", input.learnerId);
    const view = peopleView(scope.principal);
    const { result, position } = await this.#journal.mutate(scope, async (transaction) => {
      const [learner] = uuid === null ? [] : await readLearners(transaction, view, [uuid], { lock: "REFERENCE" });
      if (learner === undefined) {
        refusals.refuse("NOT_FOUND", "There is no learner with this id.", ["learnerId"]);
        return { note: null, userErrors: refusals.list };
      }
      const id = newUuid();
      await transaction.query({
        name: "coach-note-insert",
        text: `INSERT INTO coach_note (tenant_id, id, learner_id, author_id, body, visible_to, created_at, updated_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $7)`,
        values: [transaction.tenantId, id, learner.id, authorOf(scope.principal), body, input.visibleTo, now],
      });
      recordNote(transaction, "learner.noted", { id, learnerId: learner.id, visibleTo: input.visibleTo, body });
      return { note: await reread(transaction, id, view), userErrors: [] };
    });
    return { ...result, cursor: cursorAfter(this.#cursors, scope.tenantId, position) };
  }

  async updateCoachNote(context: Context, input: UpdateCoachNoteInput): Promise<UpdateCoachNotePayload> {
    const scope = authorizedScope(context, "learner:note");
    const refusals = new Refusals<UpdateRefusal>();
    const body = input.body == null ? null : checkBody(refusals, input.body);
    if (refusals.list.length > 0) return { note: null, cursor: null, userErrors: refusals.list };
    const uuid = toUuid("CoachNote", input.id);
    const view = peopleView(scope.principal);
    const { result, position } = await this.#journal.mutate(scope, async (transaction) => {
      const [before] = uuid === null ? [] : await readNotes(transaction, view, [uuid], { forUpdate: true });
      const note = before === undefined ? null : toNote(before, view);
      if (before === undefined || !mayChange(refusals, before, scope.principal, input.expectedVersion)) {
        if (before === undefined) refusals.refuse("NOT_FOUND", "There is no note with this id.", ["id"]);
        return { note, userErrors: refusals.list };
      }
      const changed = { body: body ?? before.body, visibleTo: input.visibleTo ?? before.visible_to };
      if (changed.body === before.body && changed.visibleTo === before.visible_to) return { note, userErrors: [] };
      await transaction.query({
        name: "coach-note-update",
        text: `UPDATE coach_note SET body = $3, visible_to = $4, updated_at = greatest(updated_at, $5), version = version + 1
               WHERE tenant_id = $1 AND id = $2`,
        values: [transaction.tenantId, before.id, changed.body, changed.visibleTo, context.now],
      });
      recordNote(transaction, "learner.note_updated", { id: before.id, learnerId: before.learner_id, ...changed });
      return { note: await reread(transaction, before.id, view), userErrors: [] };
    });
    return { ...result, cursor: cursorAfter(this.#cursors, scope.tenantId, position) };
  }
}

function checkBody(refuser: Refuser<"BODY_MISSING" | "TOO_LONG">, text: string): string {
  const body = text.trim();
  if (body === "") refuser.refuse("BODY_MISSING", "The note is empty.", ["body"]);
  if (body.length > maxLength) refuser.refuse("TOO_LONG", "At most 10,000 characters are possible.", ["body"]);
  return body;
}

/** Keys have no name: what one of them wrote, any of them changes. */
function mayChange(
  refuser: Refuser<"CONFLICT" | "NOT_THE_AUTHOR">,
  before: NoteRow,
  principal: KnownPrincipal,
  expectedVersion: number | null | undefined,
): boolean {
  if (before.author_id !== authorOf(principal)) {
    refuser.refuse("NOT_THE_AUTHOR", "Somebody else wrote this note.", ["id"]);
    return false;
  }
  if (expectedVersion != null && expectedVersion !== before.version) {
    const message = `The note has version ${before.version}, not ${expectedVersion}.`;
    refuser.refuse("CONFLICT", message, ["expectedVersion"]);
    return false;
  }
  return true;
}

function authorOf(principal: KnownPrincipal): string | null {
  return principal.kind === "MEMBER" ? principal.memberId : null;
}

interface NoteEntry {
  readonly id: string;
  readonly learnerId: string;
  readonly visibleTo: string;
  readonly body: string;
}

function recordNote(
  transaction: Transaction,
  type: "learner.noted" | "learner.note_updated",
  { id, learnerId, visibleTo, body }: NoteEntry,
): void {
  const data = { noteId: toId("CoachNote", id), visibleTo };
  transaction.record({ type, subjectType: "Learner", subjectId: learnerId, data, personal: { body } });
}

async function reread(transaction: Transaction, id: string, view: PeopleView) {
  const [row] = await readNotes(transaction, view, [id]);
  return row === undefined ? null : toNote(row, view);
}
