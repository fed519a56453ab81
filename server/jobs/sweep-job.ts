import { z } from "zod";
import type { JobKind } from "./job-kind.ts";
import type { Sweep } from "./sweep.port.ts";

/** Runs one kind of due work. It isn't tried again: the next one comes with the schedule. */
export const sweepJob: JobKind<{ sweep: string }> = {
  name: "sweep",
  data: z.object({ sweep: z.string() }),
  concurrency: 2,
  perTenant: 1,
  expireSeconds: 600,
  retryLimit: 0,
  retryDelaySeconds: 1,
  retryDelayMaxSeconds: 60,
  isSingleton: true,
};

/** The schedule of a sweep, as cron writes it. */
export function cronOf({ name, everyMinutes }: Pick<Sweep, "name" | "everyMinutes">): string {
  if (!Number.isInteger(everyMinutes) || everyMinutes < 1 || everyMinutes > 60 || 60 % everyMinutes !== 0) {
    throw new Error(`the sweep ${name} can't be run every ${everyMinutes} minutes: 60 has to be a multiple of it`);
  }
  if (everyMinutes === 60) return "0 * * * *";
  return everyMinutes === 1 ? "* * * * *" : `*/${everyMinutes} * * * *`;
}
