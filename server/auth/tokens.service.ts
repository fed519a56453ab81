import { type IssuedToken, issueToken, parseToken, type PresentedToken, type TokenOwner } from "./opaque-token.ts";

export type { PresentedToken } from "./opaque-token.ts";
export type InviteToken = PresentedToken;

/** Tokens that other domains hand out: their row is theirs, their shape is ours. */
export class TokenService {
  issueInvite(owner: TokenOwner): IssuedToken {
    return issueToken("INVITE", owner);
  }

  issueEmail(owner: TokenOwner): IssuedToken {
    return issueToken("EMAIL", owner);
  }

  parseEmail(text: string): PresentedToken | null {
    return parseToken("EMAIL", text);
  }

  parseInvite(text: string): InviteToken | null {
    return parseToken("INVITE", text);
  }
}
