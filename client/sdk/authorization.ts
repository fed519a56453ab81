import { NexoraError, unauthenticatedError } from "./errors.ts";

/** What `signIn` gives and what the application keeps between two visits. */
export interface Session {
  readonly accessToken: string;
  readonly accessTokenExpiresAt: string;
  readonly refreshToken: string;
  readonly refreshTokenExpiresAt: string;
}

/** Where the requests get their credential from. */
export interface Authorization {
  /** Value of the Authorization header, valid for some time to come; undefined when nobody is signed in. */
  current(): Promise<string | undefined>;
  /** The server refused this one. Says whether there is another one to try. */
  renew(refused: string | undefined): Promise<boolean>;
}

export class KeyAuthorization implements Authorization {
  readonly #value: string;

  constructor(key: string) {
    this.#value = `Bearer ${key}`;
  }

  current(): Promise<string> {
    return Promise.resolve(this.#value);
  }

  renew(): Promise<boolean> {
    return Promise.resolve(false); // a key can't be renewed by itself
  }
}

/** An access token is renewed this long before it expires, so that it lasts for the request. */
const marginMs = 30_000;

/**
 * The tokens of a sign-in. Many requests that need a new one cause one renewal: a refresh token works once, and using it
 * twice would end the sign-in.
 */
export class SessionAuthorization implements Authorization {
  readonly #refresh: (refreshToken: string) => Promise<Session>;
  readonly #onChange: (session: Session | null) => void;
  #session: Session | null;
  #refreshing: Promise<void> | undefined;
  #refreshedAt = 0;

  constructor(
    session: Session | null,
    options: {
      /** Throws UnauthenticatedError when the sign-in has ended. */
      readonly refresh: (refreshToken: string) => Promise<Session>;
      readonly onChange: (session: Session | null) => void;
    },
  ) {
    this.#session = session;
    this.#refresh = options.refresh;
    this.#onChange = options.onChange;
  }

  get session(): Session | null {
    return this.#session;
  }

  /** null: signed out. */
  replace(session: Session | null): void {
    if (session === this.#session) return;
    this.#session = session;
    this.#onChange(session);
  }

  async current(): Promise<string | undefined> {
    await this.#refreshing;
    if (this.#isExpiring()) await this.#renewOnce();
    return this.#value();
  }

  async renew(refused: string | undefined): Promise<boolean> {
    await this.#refreshing;
    if (this.#session === null) return false;
    if (this.#value() === refused) await this.#renewOnce();
    return true;
  }

  #value(): string | undefined {
    return this.#session === null ? undefined : `Bearer ${this.#session.accessToken}`;
  }

  /** A clock that is minutes fast sees every new token expire: then it isn't believed, the server's refusal is. */
  #isExpiring(): boolean {
    if (this.#session === null || Date.now() - this.#refreshedAt < 2 * marginMs) return false;
    return Date.parse(this.#session.accessTokenExpiresAt) - Date.now() < marginMs;
  }

  #renewOnce(): Promise<void> {
    this.#refreshing ??= this.#renew().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  async #renew(): Promise<void> {
    const before = this.#session;
    if (before === null) throw unauthenticatedError("Nobody is signed in.", "CREDENTIAL");
    try {
      const session = await this.#refresh(before.refreshToken);
      this.#refreshedAt = Date.now();
      if (this.#session === before) this.replace(session); // else: signed out or in again meanwhile
    } catch (error) {
      const hasEnded = error instanceof NexoraError && error.code === "UNAUTHENTICATED";
      if (hasEnded && this.#session === before) this.replace(null);
      throw error;
    }
  }
}
