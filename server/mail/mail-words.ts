import type { MailFormat } from "./mail-format.ts";
import type { RenderedData } from "./mail-kinds.ts";

/** `Hello Amina,`, and `Hello,` to who has no name. */
export function greeting(word: string, name: string): string {
  return name.trim() === "" ? `${word},` : `${word} ${name.trim()},`;
}

interface SessionLabels {
  readonly when: string;
  readonly learner: string;
  readonly coach: string;
  readonly place: string;
  readonly cost: string;
}

/** When, who, where, and for how much unless that doesn't matter. */
export function sessionFacts(
  data: RenderedData<"SESSION_REMINDER">,
  format: MailFormat,
  labels: SessionLabels,
  cost: string | null,
): (readonly [string, string])[] {
  return [
    [labels.when, `${format.instant(data.startsAt)} – ${format.time(data.endsAt)}`],
    [labels.learner, data.learnerName],
    [labels.coach, data.coachName],
    ...(data.place === null ? [] : [[labels.place, data.place] as const]),
    ...(cost === null ? [] : [[labels.cost, cost] as const]),
  ];
}

/** What a session was about, what to do, and how far the learner is in each subject. */
export function reportFacts(
  { topics, homework, marks }: RenderedData<"SESSION_REPORTED">,
  labels: { readonly topics: string; readonly homework: string },
): (readonly [string, string])[] {
  return [
    ...(topics.length === 0 ? [] : [[labels.topics, topics.join(", ")] as const]),
    ...(homework === null ? [] : [[labels.homework, homework] as const]),
    ...marks.map(
      ({ subject, mark, comment }) => [subject, `${mark} / 100${comment === null ? "" : ` · ${comment}`}`] as const,
    ),
  ];
}

/** Of each learner: how many sessions, what about, and where he stands: `2 sessions · Topics: Limits · Maths 70 / 100 (+10)`. */
export function learnerFacts(
  { learners }: RenderedData<"MONTHLY_REPORT">,
  sessions: (count: number) => string,
  topicsLabel: string,
): (readonly [string, string])[] {
  return learners.map(({ name, sessions: count, topics, progress }) => {
    const parts = [
      sessions(count),
      ...(topics.length === 0 ? [] : [`${topicsLabel}: ${topics.join(", ")}`]),
      ...progress.map(
        ({ subject, mark, change }) =>
          `${subject} ${mark} / 100${change === null || change === 0 ? "" : ` (${change > 0 ? "+" : "−"}${Math.abs(change)})`}`,
      ),
    ];
    return [name, parts.join(" · ")] as const;
  });
}

/** What comes next, a line each. */
export function upcomingFacts(
  { upcoming }: RenderedData<"MONTHLY_REPORT">,
  format: MailFormat,
  label: string,
): (readonly [string, string])[] {
  return upcoming.map(({ startsAt, title, learnerName, coachName }) => [
    label,
    [format.instant(startsAt), title, learnerName, coachName].filter((part) => part !== "").join(" · "),
  ]);
}
