import type { Role } from "../../schema/member.ts";
import type { UserErrorData } from "../../schema/errors.ts";

export interface MemberChange {
  /** The role of whoever asks, as it is now. */
  readonly actorRole: Role;
  readonly from: Role;
  /** Null: the member is removed. */
  readonly to: Role | null;
  /** How many active owners the tenant has now. */
  readonly owners: number;
}

/** Whether a member's role may change like this. The caller holds the lock that keeps `owners` true. */
export function refuseMemberChange({
  actorRole,
  from,
  to,
  owners,
}: MemberChange): UserErrorData<"LAST_OWNER" | "OWNER_REQUIRED"> | null {
  const concernsOwners = from === "OWNER" || to === "OWNER";
  if (concernsOwners && actorRole !== "OWNER") {
    return { code: "OWNER_REQUIRED", message: "Only an owner can change owners.", field: ["input", "memberId"] };
  }
  if (from === "OWNER" && to !== "OWNER" && owners <= 1) {
    return {
      code: "LAST_OWNER",
      message: "A tenant needs an owner. Make somebody else an owner first.",
      field: ["input", "memberId"],
    };
  }
  return null;
}
