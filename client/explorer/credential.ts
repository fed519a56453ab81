/** Whom the explorer speaks for: somebody who signed in, or whoever a pasted key belongs to. */
export type Credential = MemberCredential | PastedCredential;

export interface MemberCredential {
  readonly kind: "MEMBER";
  readonly email: string;
  readonly role: string;
  readonly tenant: string;
  readonly tokens: Tokens;
}

export interface PastedCredential {
  readonly kind: "SECRET_KEY" | "PUBLISHABLE_KEY" | "ACCESS_TOKEN";
  readonly token: string;
}

export interface Tokens {
  readonly accessToken: string;
  readonly accessTokenExpiresAt: string;
  readonly refreshToken: string;
}

const prefixes = [
  ["nx_live_", "SECRET_KEY"],
  ["nx_test_", "SECRET_KEY"],
  ["pk_", "PUBLISHABLE_KEY"],
  ["eyJ", "ACCESS_TOKEN"], // how the header of every JSON web token begins
] as const;

/** Undefined when the text can't be a credential of this server. */
export function recognise(text: string): PastedCredential | undefined {
  const token = text.trim().replace(/^Bearer\s+/i, "");
  const kind = prefixes.find(([prefix]) => token.startsWith(prefix))?.[1];
  return kind === undefined || /\s/.test(token) ? undefined : { kind, token };
}

/** Publishable keys are public, so the server shows them no schema. */
export function mayIntrospect(credential: Credential | undefined): boolean {
  return credential !== undefined && credential.kind !== "PUBLISHABLE_KEY";
}

const labels = {
  SECRET_KEY: "Secret key",
  PUBLISHABLE_KEY: "Publishable key",
  ACCESS_TOKEN: "Access token",
} as const;

/** What the page shows, without giving the credential away to who looks over one's shoulder. */
export function describe(credential: Credential): { readonly name: string; readonly detail: string } {
  if (credential.kind === "MEMBER") {
    return { name: credential.email, detail: `${credential.role.toLowerCase()} of ${credential.tenant}` };
  }
  return { name: labels[credential.kind], detail: `…${credential.token.slice(-4)}` };
}

const storageKey = "nexora-explorer-credential";

// sessionStorage: gone with the browser's tab, and never shared with another one.
export const credentialStorage = {
  load(): Credential | undefined {
    const text = sessionStorage.getItem(storageKey);
    return text === null ? undefined : (JSON.parse(text) as Credential); // written by save, below
  },
  save(credential: Credential | undefined): void {
    if (credential === undefined) sessionStorage.removeItem(storageKey);
    else sessionStorage.setItem(storageKey, JSON.stringify(credential));
  },
};
