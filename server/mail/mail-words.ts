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
