import type { Principal } from "../operations/principal.ts";

/** How many sockets and event streams each caller has in this process. */
export class ConnectionLimit {
  readonly most: number;
  readonly #counts = new Map<string, number>();

  constructor(most: number) {
    this.most = most;
  }

  /** Counts one more; undefined when the caller has too many already. What it returns is for `give`. */
  take(principal: Principal): string | undefined {
    const caller = callerOf(principal);
    const count = (this.#counts.get(caller) ?? 0) + 1;
    if (count > this.most) return undefined;
    this.#counts.set(caller, count);
    return caller;
  }

  /** One of them has ended. */
  give(caller: string): void {
    const count = (this.#counts.get(caller) ?? 1) - 1;
    if (count === 0) this.#counts.delete(caller);
    else this.#counts.set(caller, count);
  }
}

/** A member has all his sign-ins together. */
function callerOf(principal: Principal): string {
  switch (principal.kind) {
    case "ANONYMOUS":
      return "";
    case "MEMBER":
      return `${principal.tenantId}/${principal.memberId}`;
    case "API_KEY":
    case "PUBLISHABLE_KEY":
      return `${principal.tenantId}/${principal.keyId}`;
  }
}
