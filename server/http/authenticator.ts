import type { Principal } from "../operations/principal.ts";

/** Who sends a request: AuthService, as the transports see it. */
export interface Authenticator {
  /** Throws UNAUTHENTICATED for a credential that isn't valid, FORBIDDEN for an origin that a key doesn't allow. */
  authenticate(
    authorization: string | undefined,
    request: { readonly origin?: string | undefined; readonly address: string | null },
  ): Promise<Principal>;
}
