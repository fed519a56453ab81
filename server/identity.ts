import { AccessTokens, accessTokenLifetimeMs } from "./auth/access-tokens.ts";
import { AuthResolver } from "./auth/auth.resolver.ts";
import { AuthService } from "./auth/auth.service.ts";
import { AuthSessionService } from "./auth/auth-session.service.ts";
import { GrantService } from "./auth/grants.service.ts";
import { KeyResolver } from "./auth/keys.resolver.ts";
import { KeyService } from "./auth/keys.service.ts";
import { PasswordService } from "./auth/passwords.service.ts";
import { RefreshTokens } from "./auth/refresh-token.ts";
import { SignInService } from "./auth/sign-in.service.ts";
import { SigningKeys } from "./auth/signing-keys.ts";
import { SignInThrottle } from "./auth/throttle.service.ts";
import { TokenService } from "./auth/tokens.service.ts";
import type { Database } from "./db/database.ts";
import type { JournalService } from "./journal/journal.service.ts";
import type { CursorCodec } from "./operations/cursor.ts";
import type { NodeSource } from "./operations/node-registry.ts";
import { InvitationResolver } from "./tenants/invitations.resolver.ts";
import { InvitationService } from "./tenants/invitations.service.ts";
import { MemberResolver } from "./tenants/members.resolver.ts";
import { MemberService } from "./tenants/members.service.ts";
import { TenantResolver } from "./tenants/tenants.resolver.ts";
import { TenantService } from "./tenants/tenants.service.ts";

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
  readonly signingKeys: SigningKeys;
  readonly authSessions: AuthSessionService;
  readonly signIn: SignInService;
  readonly throttle: SignInThrottle;
  readonly keys: KeyService;
  readonly tenants: TenantService;
  readonly members: MemberService;
  readonly invitations: InvitationService;
  readonly passwords: PasswordService;
  readonly tokens: TokenService;
  /** Instances by class, for type-graphql's container. */
  readonly resolvers: ReadonlyMap<unknown, object>;
  /** What `node` finds. */
  readonly nodeSources: readonly NodeSource[];
}

/** Puts together who somebody is: the part of the composition that belongs to auth and tenants. */
export function composeIdentity(options: IdentityOptions): Identity {
  const { database, journal, cursors, secret, clock = () => new Date() } = options;
  const signingKeys = new SigningKeys({ database, secret, clock, tokenLifetimeMs: accessTokenLifetimeMs });
  const accessTokens = new AccessTokens(signingKeys);
  const grants = new GrantService(database, clock);
  const passwords = new PasswordService();
  const tokens = new TokenService();
  const refreshTokens = new RefreshTokens(secret);
  const common = { database, journal, cursors };
  const authSessions = new AuthSessionService({ ...common, accessTokens, refreshTokens, grants });
  const throttle = new SignInThrottle(database, secret);
  const signIn = new SignInService({ ...common, passwords, authSessions, throttle });
  const keys = new KeyService({ ...common, grants });
  const tenants = new TenantService({ ...common, passwords, authSessions, keys, throttle });
  const members = new MemberService({ ...common, authSessions, grants });
  const invitations = new InvitationService({ ...common, passwords, authSessions, tokens });
  return {
    auth: new AuthService(accessTokens, grants, clock),
    signingKeys,
    authSessions,
    signIn,
    throttle,
    keys,
    tenants,
    members,
    invitations,
    passwords,
    tokens,
    resolvers: new Map<unknown, object>([
      [AuthResolver, new AuthResolver(signIn, authSessions)],
      [KeyResolver, new KeyResolver(keys)],
      [TenantResolver, new TenantResolver(tenants)],
      [MemberResolver, new MemberResolver(members)],
      [InvitationResolver, new InvitationResolver(invitations)],
    ]),
    nodeSources: [
      { type: "Tenant", action: "viewer:read", byIds: (context, uuids) => tenants.byIds(context, uuids) },
      { type: "Member", action: "member:read", byIds: (context, uuids) => members.byIds(context, uuids) },
      { type: "Invitation", action: "member:read", byIds: (context, uuids) => invitations.byIds(context, uuids) },
      { type: "ApiKey", action: "key:read", byIds: (context, uuids) => keys.byIds(context, uuids) },
    ],
  };
}
