import type { CancellationCredits } from "../../schema/session-inputs.ts";

/** The rules that were stored with a booking. */
export interface BookedRule {
  /** Whether the session still has to be confirmed. */
  readonly isPending: boolean;
  readonly deadlineAt: Date;
  readonly lateCancellation: "REFUSED" | "UNPAID";
}

/** On whose part a session is cancelled. */
export type Canceller = "CUSTOMER" | "COACH" | "TEAM";

export type Cancellation =
  | { readonly kind: "CANCEL"; readonly settle: "RETURN" | "SPEND" }
  | { readonly kind: "REFUSED"; readonly deadline: Date };

/**
 * What becomes of a booking's credits when it is cancelled: before the deadline they go back, whoever cancels, and those for a
 * session that nobody has confirmed go back whenever. Afterwards
 * customers are held to what the booking says, a coach who doesn't come is paid nothing, and the team decides.
 */
export function decideCancellation(
  { isPending, deadlineAt, lateCancellation }: BookedRule,
  { canceller, credits, now }: { canceller: Canceller; credits: CancellationCredits | null; now: Date },
): Cancellation {
  if (isPending || now < deadlineAt || canceller === "COACH") return { kind: "CANCEL", settle: "RETURN" };
  if (canceller === "TEAM") return { kind: "CANCEL", settle: credits === "KEEP" ? "SPEND" : "RETURN" };
  return lateCancellation === "UNPAID"
    ? { kind: "CANCEL", settle: "SPEND" }
    : { kind: "REFUSED", deadline: deadlineAt };
}
