import { FairSlots, type Interest } from "../fair-slots.ts";
import { AppError } from "./app-error.ts";
import type { Context } from "./context.ts";
import { LoopLoad } from "./loop-load.ts";

export interface TenantTurnsOptions {
  /** Operations of one tenant that run at a time, in this process. */
  readonly running: number;
  /** Operations of one tenant that wait for their turn; a further one is refused. */
  readonly waiting: number;
}

const waitMs = 3_000;
const refuseAfterMs = 1_000;
/** About how long a refused caller should leave the others alone. */
const retryAfterMs = 1_000;

/** Lets each tenant run so many operations at a time, so that none can take the whole process. */
export function tenantTurns({ running, waiting }: TenantTurnsOptions): FairSlots {
  const load = new LoopLoad();
  return new FairSlots({
    total: Infinity,
    perOwner: running,
    // In a busy process each running operation of others makes everybody wait.
    perOwnerWhenShared: 1,
    isCrowded: () => load.isBusy,
    maxWaitingPerOwner: waiting,
    refuseAfterMs,
    waitMs,
    refusal: () =>
      new AppError("RATE_LIMITED", `At most ${running} operations of a tenant run at a time, and the queue is full.`, {
        reason: "CONCURRENCY",
        details: { retryAfterMs },
      }),
  });
}

/** Whose turn it is: the tenant's; without one, that of the caller's address. */
export function turnOf({ principal, address }: Pick<Context, "principal" | "address">): string {
  return principal.kind === "ANONYMOUS" ? `address:${address ?? ""}` : principal.tenantId;
}

/** The caller's, whose signal is made only when he has to wait. */
export function interestOf(context: Pick<Context, "signal">): Interest {
  return {
    onGone(listener) {
      const { signal } = context;
      const onAbort = () => listener(signal.reason);
      signal.addEventListener("abort", onAbort, { once: true });
      return () => signal.removeEventListener("abort", onAbort);
    },
  };
}
