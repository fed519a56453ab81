import { createCoach, createRoom, createSessionType, mutate } from "./calendar.ts";
import type { Scenario, Stage } from "./scenario.ts";

const graphqlOf = ({ app, ownerToken }: Stage): typeof app.graphql => {
  return (query, variables, credential = ownerToken) => app.graphql(query, variables, credential);
};

async function override(stage: Stage): Promise<string> {
  const input = { coachId: await createCoach(graphqlOf(stage)), date: nextYear(), hours: [] };
  const made = await mutate<{ override: { id: string } }>(graphqlOf(stage), "addOverride", input, "override { id }");
  return made.override.id;
}

async function timeOffInput(stage: Stage) {
  const startsAt = `${nextYear()}T09:00:00.000Z`;
  const endsAt = `${nextYear()}T12:00:00.000Z`;
  return { coachId: await createCoach(graphqlOf(stage)), startsAt, endsAt, reason: "" };
}

async function timeOff(stage: Stage): Promise<string> {
  const input = await timeOffInput(stage);
  const made = await mutate<{ timeOff: { id: string } }>(graphqlOf(stage), "addTimeOff", input, "timeOff { id }");
  return made.timeOff.id;
}

const nextYear = () => new Date(Date.now() + 365 * 86_400_000).toISOString().slice(0, 10);

/** A change for each of the calendar's mutations. */
export const calendarScenarios: Readonly<Record<string, (stage: Stage) => Promise<Scenario>>> = {
  setAvailability: async (stage) => {
    const weeklyHours = [{ weekday: "MONDAY", from: "09:00", to: "12:00" }];
    return { input: { coachId: await createCoach(graphqlOf(stage)), weeklyHours } };
  },
  addOverride: async (stage) => ({ input: { coachId: await createCoach(graphqlOf(stage)), date: nextYear() } }),
  removeOverride: async (stage) => ({ input: { id: await override(stage) } }),
  addTimeOff: async (stage) => ({ input: await timeOffInput(stage) }),
  removeTimeOff: async (stage) => ({ input: { id: await timeOff(stage) } }),
  createSessionType: async () => ({ input: { name: "Lesson", kind: "ONLINE", durationMin: 60, creditCost: 1 } }),
  updateSessionType: async (stage) => ({ input: { id: await createSessionType(graphqlOf(stage)), name: "Other" } }),
  archiveSessionType: async (stage) => ({ input: { id: await createSessionType(graphqlOf(stage)) } }),
  createRoom: async () => ({ input: { name: "Blue" } }),
  renameRoom: async (stage) => ({ input: { id: await createRoom(graphqlOf(stage)), name: "Green" } }),
  archiveRoom: async (stage) => ({ input: { id: await createRoom(graphqlOf(stage)) } }),
};
