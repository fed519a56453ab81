import { randomUUID } from "node:crypto";
import type { TestApp } from "./app.ts";
import { createCoach, createSessionType, everyDay, mutate, setWeek } from "./calendar.ts";

type Graphql = TestApp["graphql"];

export interface Family {
  readonly clientId: string;
  readonly clientEmail: string;
  readonly learnerId: string;
  readonly learnerEmail: string;
}

/** A client with a learner and so many credits. */
export async function createFamily(graphql: Graphql, credits = 10): Promise<Family> {
  const unique = randomUUID();
  const clientEmail = `client-${unique}@example.com`;
  const learnerEmail = `learner-${unique}@example.com`;
  const { client } = await mutate<{ client: { id: string } }>(
    graphql,
    "createClient",
    { name: "Amel", email: clientEmail },
    "client { id }",
  );
  const learnerId = await addLearner(graphql, client.id, learnerEmail);
  if (credits > 0) await grant(graphql, client.id, credits);
  return { clientId: client.id, clientEmail, learnerId, learnerEmail };
}

export async function addLearner(
  graphql: Graphql,
  clientId: string,
  email = `${randomUUID()}@example.com`,
): Promise<string> {
  const input = { clientId, name: "Sami", email };
  const { learner } = await mutate<{ learner: { id: string } }>(graphql, "addLearner", input, "learner { id }");
  return learner.id;
}

export async function grant(graphql: Graphql, clientId: string, amount: number): Promise<void> {
  await mutate(graphql, "grantCredits", { clientId, amount: String(amount), kind: "PROMO" }, "cursor");
}

/** A coach who is there every day from 8 to 20 by UTC's clocks, and what he gives: an hour every half hour. */
export async function createOffer(
  graphql: Graphql,
  settings: object = {},
  profile: object = {},
): Promise<{ readonly coachId: string; readonly sessionTypeId: string }> {
  const coachId = await createCoach(graphql, { email: `coach-${randomUUID()}@example.com`, ...profile });
  await setWeek(graphql, coachId, everyDay("08:00", "20:00"), { timeZone: "UTC" });
  const sessionTypeId = await createSessionType(graphql, { coachIds: [coachId], ...settings });
  return { coachId, sessionTypeId };
}

export interface Booked {
  readonly session: {
    readonly id: string;
    readonly version: number;
    readonly status: string;
    readonly bookings: { readonly id: string; readonly status: string; readonly payment: string }[];
  } | null;
  readonly alternatives: { readonly coachId: string; readonly startsAt: string }[];
  readonly required: number | null;
  readonly usable: number | null;
  readonly shortfall: number | null;
  readonly userErrors: { readonly code: string; readonly field: string[] }[];
}

const bookedSelection = `session { id version status bookings { id status payment } } alternatives { coachId startsAt }
  required usable shortfall`;

export function book(graphql: Graphql, input: object, credential?: string): Promise<Booked> {
  return mutate<Booked>(graphql, "bookSession", input, bookedSelection, credential);
}

/** The session's id, of a booking that isn't refused. */
export async function booked(graphql: Graphql, input: object, credential?: string): Promise<string> {
  const { session, userErrors } = await book(graphql, input, credential);
  if (session === null) throw new Error(JSON.stringify(userErrors));
  return session.id;
}
