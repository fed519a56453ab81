import { randomUUID } from "node:crypto";
import { payload, type TestApp } from "./app.ts";

type Graphql = TestApp["graphql"];

interface Made {
  readonly id: string;
}

/** Sends a mutation with one input, and gives what it answers. */
export async function mutate<Payload>(
  graphql: Graphql,
  field: string,
  input: object,
  selection: string,
  credential?: string,
): Promise<Payload> {
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${field}(input: $input) { ${selection} userErrors { code message field } } }`;
  return payload<Payload>(await graphql(query, { input }, credential), field);
}

/** A coach with a pseudonym of his own. */
export async function createCoach(graphql: Graphql, profile: object = {}): Promise<string> {
  const unique = randomUUID().slice(0, 8);
  const input = {
    pseudonym: `Coach ${unique}`,
    name: `Name ${unique}`,
    subjects: ["Maths"],
    modes: ["ONLINE"],
    ...profile,
  };
  const { coach } = await mutate<{ coach: Made }>(graphql, "createCoach", input, "coach { id }");
  return coach.id;
}

/** An hour online, every half hour, at no notice. */
export async function createSessionType(graphql: Graphql, settings: object = {}): Promise<string> {
  const input = { kind: "ONLINE", name: "Lesson", durationMin: 60, gridMin: 30, creditCost: 1, ...settings };
  const { sessionType } = await mutate<{ sessionType: Made | null }>(
    graphql,
    "createSessionType",
    input,
    "sessionType { id }",
  );
  if (sessionType === null) throw new Error("the session type was refused");
  return sessionType.id;
}

export async function createRoom(graphql: Graphql): Promise<string> {
  const { room } = await mutate<{ room: Made }>(graphql, "createRoom", { name: `Room ${randomUUID()}` }, "room { id }");
  return room.id;
}

export interface Part {
  readonly weekday: string;
  readonly from: string;
  readonly to: string;
}

const weekdays = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"];

export const everyDay = (from: string, to: string): Part[] => weekdays.map((weekday) => ({ weekday, from, to }));

export async function setWeek(
  graphql: Graphql,
  coachId: string,
  weeklyHours: readonly Part[],
  more: object = {},
): Promise<void> {
  const input = { coachId, weeklyHours, ...more };
  const { userErrors } = await mutate<{ userErrors: unknown[] }>(graphql, "setAvailability", input, "cursor");
  if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
}

export interface Slot {
  readonly startsAt: string;
  readonly endsAt: string;
  readonly localStartsAt: string;
  readonly localEndsAt: string;
  readonly coachIds: readonly string[];
  readonly seatsLeft: number;
}

export interface SlotsQuery {
  readonly sessionTypeId: string;
  readonly coachId?: string;
  readonly from: string;
  readonly to: string;
  readonly zone?: string;
}

const slotsQuery = `query ($sessionTypeId: ID!, $coachId: ID, $from: DateTime!, $to: DateTime!, $zone: String) {
  availableSlots(sessionTypeId: $sessionTypeId, coachId: $coachId, from: $from, to: $to, zone: $zone) {
    computedAt timeZone slots { startsAt endsAt localStartsAt localEndsAt coachIds seatsLeft }
  }
}`;

export async function slotsOf(
  graphql: Graphql,
  variables: SlotsQuery,
  credential?: string,
): Promise<{ computedAt: string; timeZone: string; slots: Slot[] }> {
  return payload(await graphql(slotsQuery, { ...variables }, credential), "availableSlots");
}

export async function startsOf(graphql: Graphql, variables: SlotsQuery): Promise<string[]> {
  return (await slotsOf(graphql, variables)).slots.map(({ startsAt }) => startsAt.slice(5, 16));
}
