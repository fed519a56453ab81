import { type Credential, credentialStorage, type MemberCredential, recognise, type Tokens } from "./credential.ts";
import { type GraphqlResult, sendRequest } from "./graphql-request.ts";

interface UserError {
  readonly code: string;
  readonly message: string;
}

export interface TenantChoice {
  readonly id: string;
  readonly name: string;
}

interface SignInData {
  readonly signIn: {
    readonly tokens: Tokens | null;
    readonly member: { readonly email: string; readonly role: string } | null;
    readonly tenant: TenantChoice | null;
    readonly tenants: readonly TenantChoice[];
    readonly userErrors: readonly UserError[];
  };
}

interface RefreshData {
  readonly refreshSession: { readonly tokens: Tokens | null };
}

const tokensSelection = "tokens { accessToken accessTokenExpiresAt refreshToken }";

const signInMutation = `mutation SignIn($input: SignInInput!) {
  signIn(input: $input) { ${tokensSelection} member { email role } tenant { id name } tenants { id name } userErrors { code message } }
}`;

const refreshMutation = `mutation RefreshSession($input: RefreshSessionInput!) {
  refreshSession(input: $input) { ${tokensSelection} userErrors { code message } }
}`;

const signOutMutation = `mutation SignOut($input: SignOutInput!) { signOut(input: $input) { ended } }`;

/** Renewed a little early, so that a token doesn't expire on its way. */
const expiryMarginMs = 30_000;

export interface SignInInput {
  readonly email: string;
  readonly password: string;
  readonly tenantId?: string;
}

export type SignInOutcome =
  | { readonly outcome: "SIGNED_IN" }
  | { readonly outcome: "CHOOSE_TENANT"; readonly tenants: readonly TenantChoice[] }
  | { readonly outcome: "REFUSED"; readonly message: string };

export interface AccountState {
  readonly credential: Credential | undefined;
  /** Why there is no credential any more, when the visitor didn't ask for that. */
  readonly notice: string | undefined;
}

/** The credential of this browser tab: signing in and out, keeping it fresh, telling who listens. */
export class Account {
  #state: AccountState = { credential: credentialStorage.load(), notice: undefined };
  #renewal: Promise<boolean> | undefined;
  readonly #listeners = new Set<() => void>();

  /** For React's useSyncExternalStore. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly state = (): AccountState => this.#state;

  async signIn(input: SignInInput): Promise<SignInOutcome> {
    const { data, errors } = await sendRequest<SignInData>({ query: signInMutation, variables: { input } }, {});
    if (data == null) return { outcome: "REFUSED", message: errors?.[0]?.message ?? "The server gave no answer." };
    const { tokens, member, tenant, tenants, userErrors } = data.signIn;
    if (tokens !== null && member !== null) {
      const { email, role } = member;
      this.#set({ kind: "MEMBER", email, role, tenant: tenant?.name ?? "", tokens });
      return { outcome: "SIGNED_IN" };
    }
    if (userErrors.some(({ code }) => code === "TENANT_REQUIRED")) return { outcome: "CHOOSE_TENANT", tenants };
    return { outcome: "REFUSED", message: userErrors[0]?.message ?? "The sign-in was refused." };
  }

  /** False when the text isn't a key or token. Whether the server knows it shows with the first request. */
  useKey(text: string): boolean {
    const credential = recognise(text);
    if (credential === undefined) return false;
    this.#set(credential);
    return true;
  }

  /** Forgets the credential here at once, and ends the sign-in on the server if it can be reached. */
  async signOut(): Promise<void> {
    const headers = await this.headers();
    const isMember = this.#state.credential?.kind === "MEMBER";
    this.#set(undefined);
    if (!isMember) return;
    await sendRequest({ query: signOutMutation, variables: { input: {} } }, headers).catch(() => undefined);
  }

  /** The header of the next request or socket; empty without a credential. */
  async headers(): Promise<Record<string, string>> {
    const { credential } = this.#state;
    if (credential?.kind === "MEMBER" && isExpiring(credential.tokens)) await this.renew();
    const current = this.#state.credential;
    if (current === undefined) return {};
    const token = current.kind === "MEMBER" ? current.tokens.accessToken : current.token;
    return { authorization: `Bearer ${token}` };
  }

  /** Exchanges the refresh token, once for all who ask meanwhile: the server takes each one only once. */
  renew(): Promise<boolean> {
    const { credential } = this.#state;
    if (credential?.kind !== "MEMBER") return Promise.resolve(false);
    this.#renewal ??= this.#exchange(credential).finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  async #exchange(credential: MemberCredential): Promise<boolean> {
    const input = { refreshToken: credential.tokens.refreshToken };
    const result: GraphqlResult<RefreshData> = await sendRequest({ query: refreshMutation, variables: { input } }, {});
    if (this.#state.credential !== credential) return false; // signed out meanwhile
    if (result.data == null) throw new Error(result.errors?.[0]?.message ?? "The sign-in couldn't be renewed.");
    const { tokens } = result.data.refreshSession;
    if (tokens === null) this.#set(undefined, "Your sign-in has ended. Please sign in again.");
    else this.#set({ ...credential, tokens });
    return tokens !== null;
  }

  #set(credential: Credential | undefined, notice?: string): void {
    this.#state = { credential, notice };
    credentialStorage.save(credential);
    for (const listener of this.#listeners) listener();
  }
}

function isExpiring({ accessTokenExpiresAt }: Tokens): boolean {
  return Date.parse(accessTokenExpiresAt) - Date.now() < expiryMarginMs;
}
