import { AccessTokens, accessTokenLifetimeMs } from "./auth/access-tokens.ts";
import { AuthResolver } from "./auth/auth.resolver.ts";
import { AuthService } from "./auth/auth.service.ts";
import { AuthSessionService } from "./auth/auth-session.service.ts";
import { GrantService } from "./auth/grants.service.ts";
import { PasswordService } from "./auth/passwords.service.ts";
import { RefreshTokens } from "./auth/refresh-token.ts";
import { SignInService } from "./auth/sign-in.service.ts";
import { SigningKeys } from "./auth/signing-keys.ts";
import { SignInThrottle } from "./auth/throttle.ts";
import type { Database } from "./db/database.ts";
import type { JournalService } from "./journal/journal.service.ts";
import type { CursorCodec } from "./operations/cursor.ts";

export interface IdentityOptions {
  readonly database: Database;
  readonly journal: JournalService;
  readonly cursors: CursorCodec;
  readonly secret: string;
  /** Tests turn it forward. */
  readonly clock?: () => Date;
}

export interface Identity {
  readonly auth: AuthService;
  readonly authSessions: AuthSessionService;
  readonly signIn: SignInService;
  readonly signingKeys: SigningKeys;
  /** Instances by class, for type-graphql's container. */
  readonly resolvers: ReadonlyMap<unknown, object>;
}

/** Puts together who somebody is: the part of the composition that belongs to auth and tenants. */
export function composeIdentity({
  database,
  journal,
  cursors,
  secret,
  clock = () => new Date(),
}: IdentityOptions): Identity {
  const signingKeys = new SigningKeys({ database, secret, clock, tokenLifetimeMs: accessTokenLifetimeMs });
  const accessTokens = new AccessTokens(signingKeys);
  const grants = new GrantService(database, clock);
  const passwords = new PasswordService();
  const refreshTokens = new RefreshTokens(secret);
  const authSessions = new AuthSessionService({ database, journal, cursors, accessTokens, refreshTokens, grants });
  const throttle = new SignInThrottle(database, secret);
  const signIn = new SignInService({ database, journal, cursors, passwords, authSessions, throttle });
  return {
    auth: new AuthService(accessTokens, grants, clock),
    authSessions,
    signIn,
    signingKeys,
    resolvers: new Map<unknown, object>([[AuthResolver, new AuthResolver(signIn, authSessions)]]),
  };
}
