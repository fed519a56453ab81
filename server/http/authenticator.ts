import type { Principal } from "../operations/principal.ts";

interface AuthenticatedRequest {
  readonly origin?: string | undefined;
  readonly address: string | null;
}

/** Who sends a request: AuthService, as the transports see it. */
export interface Authenticator {
  /** The principal where that takes no waiting; undefined: authenticate. */
  known?(authorization: string | undefined, request: AuthenticatedRequest): Principal | undefined;

  /** Throws UNAUTHENTICATED for a credential that isn't valid, FORBIDDEN for an origin that a key doesn't allow. */
  authenticate(authorization: string | undefined, request: AuthenticatedRequest): Promise<Principal>;
}
