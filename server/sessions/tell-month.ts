import type { CreditMonth } from "../credits/ledger-month.ts";
import type { NewMail } from "../mail/mail-outbox.ts";
import type { ClientRow, MonthProgress } from "../people/people.service.ts";
import type { LearnerMonth, UpcomingPlace } from "./month-of-sessions.ts";

/** Of many clients. */
export interface MonthFigures {
  readonly credits: readonly CreditMonth[];
  readonly months: readonly LearnerMonth[];
  readonly upcoming: readonly UpcomingPlace[];
  readonly progress: readonly MonthProgress[];
  /** By uuid. */
  readonly learnerNames: ReadonlyMap<string, string>;
  readonly coachNames: ReadonlyMap<string, string>;
}

type ReportData = Extract<NewMail, { kind: "MONTHLY_REPORT" }>["data"];

/** What a client is told of his month; null when there is nothing to tell: nobody wants a mail full of zeros. */
export function tellMonth(
  client: Pick<ClientRow, "id" | "name">,
  month: string,
  figures: MonthFigures,
): ReportData | null {
  const credits = figures.credits.find(({ clientId }) => clientId === client.id);
  const months = figures.months.filter(({ clientId }) => clientId === client.id);
  const upcoming = figures.upcoming.filter(({ clientId }) => clientId === client.id);
  const [used, usable, held] = [credits?.used ?? 0, credits?.usable ?? 0, credits?.held ?? 0];
  if (months.length === 0 && upcoming.length === 0 && used + usable + held === 0) return null;
  const nameOf = (learnerId: string) => figures.learnerNames.get(learnerId) ?? "";
  return {
    name: client.name,
    month,
    sessions: sum(months.map(({ sessions }) => sessions)),
    missed: sum(months.map(({ missed }) => missed)),
    creditsUsed: used,
    creditsLeft: usable,
    creditsHeld: held,
    learners: months.map(({ learnerId, sessions, topics }) => ({
      name: nameOf(learnerId),
      sessions,
      topics: [...topics],
      progress: figures.progress
        .filter((each) => each.learnerId === learnerId)
        .map(({ subject, mark, change }) => ({ subject, mark, change })),
    })),
    upcoming: upcoming.map(({ startsAt, title, learnerId, coachId }) => ({
      startsAt: startsAt.toISOString(),
      title,
      learnerName: nameOf(learnerId),
      coachName: figures.coachNames.get(coachId) ?? "",
    })),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
