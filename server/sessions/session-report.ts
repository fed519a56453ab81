import type { CompleteSessionInput } from "../../schema/session-inputs.ts";
import type { CompleteSessionPayload } from "../../schema/session-payloads.ts";
import { toUuid } from "../operations/ids.ts";
import type { BookingRow } from "./session-row.ts";

type Refusal = CompleteSessionPayload["userErrors"][number];

/** Collects what is wrong with a report. */
class Refusals {
  readonly list: Refusal[] = [];

  refuse(code: Refusal["code"], message: string, path: readonly string[]): void {
    this.list.push({ code, message, field: ["input", ...path] } as Refusal);
  }
}

export interface Mark {
  readonly learnerId: string;
  readonly subject: string;
  readonly mark: number;
  readonly comment: string | null;
}

/** A report that was checked. Ids are uuids. */
export interface Report {
  readonly summary: string;
  readonly topics: readonly string[];
  readonly homework: string | null;
  readonly marks: readonly Mark[];
  readonly absentIds: ReadonlySet<string>;
}

const maxText = 10_000;
const maxTopics = 50;
const maxTopic = 200;
const maxMarks = 100;
const maxSubject = 100;
const maxComment = 2_000;

/** Reads a report on those who have a place in the session; who was marked as missing before stays so. */
export function readReport(
  input: CompleteSessionInput,
  { open, missed }: { readonly open: readonly BookingRow[]; readonly missed: readonly BookingRow[] },
): Report | { readonly userErrors: Refusal[] } {
  const refusals = new Refusals();
  const summary = input.summary.trim();
  if (summary === "" || summary.length > maxText) {
    refusals.refuse("SUMMARY_INVALID", `The summary has 1 to ${maxText} characters.`, ["summary"]);
  }
  const topics = input.topics.map((topic) => topic.trim());
  if (topics.length > maxTopics || topics.some((topic) => topic === "" || topic.length > maxTopic)) {
    refusals.refuse("TOPICS_INVALID", `At most ${maxTopics} topics have 1 to ${maxTopic} characters.`, ["topics"]);
  }
  const homework = input.homework?.trim() ?? "";
  if (homework.length > maxText) {
    refusals.refuse("HOMEWORK_INVALID", `The homework has at most ${maxText} characters.`, ["homework"]);
  }
  const marks = readMarks(input, refusals);
  const missedIds = missed.map(({ learnerId }) => learnerId);
  const absentIds = new Set([...missedIds, ...input.absentIds.map((id) => toUuid("Learner", id) ?? "")]);
  const known = new Set([...missedIds, ...open.map(({ learnerId }) => learnerId)]);
  if (marks.some(({ learnerId }) => !known.has(learnerId) || absentIds.has(learnerId))) {
    refusals.refuse("LEARNER_NOT_FOUND", "A mark is of a learner who wasn't there.", ["marks"]);
  }
  if ([...absentIds].some((id) => !known.has(id))) {
    refusals.refuse("LEARNER_NOT_FOUND", "Who is absent has a place in the session.", ["absentIds"]);
  }
  if (refusals.list.length > 0) return { userErrors: refusals.list };
  return { summary, topics, homework: homework === "" ? null : homework, marks, absentIds };
}

function readMarks({ marks: given }: CompleteSessionInput, refusals: Refusals): Mark[] {
  const marks = given.map(({ learnerId, subject, mark, comment }) => ({
    learnerId: toUuid("Learner", learnerId) ?? "",
    subject: subject.trim(),
    mark,
    comment: comment?.trim() || null,
  }));
  const isWrong = ({ subject, mark, comment }: Mark) =>
    subject === "" ||
    subject.length > maxSubject ||
    mark < 0 ||
    mark > 100 ||
    (comment !== null && comment.length > maxComment);
  const names = new Set(marks.map(({ learnerId, subject }) => `${learnerId} ${subject}`));
  if (marks.length > maxMarks || names.size < marks.length || marks.some(isWrong)) {
    refusals.refuse("MARKS_INVALID", "A mark is 0 to 100, one for each learner and subject.", ["marks"]);
  }
  return marks;
}
