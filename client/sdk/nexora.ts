import {
  type AnyVariables,
  type Client,
  type Exchange,
  getOperationName,
  stringifyDocument,
  type TypedDocumentNode,
} from "@urql/core";
import {
  CaptureLeadDocument,
  type CaptureLeadMutation,
  type CaptureLeadMutationVariables,
  RefreshSessionDocument,
  SignInDocument,
  type SignInMutation,
  type SignInMutationVariables,
  SignOutDocument,
} from "../generated/operations.ts";
import { type Authorization, KeyAuthorization, type Session, SessionAuthorization } from "./authorization.ts";
import { DocumentIds } from "./document-ids.ts";
import { unauthenticatedError } from "./errors.ts";
import { Feed } from "./feed.ts";
import { type ConnectionPage, paginate } from "./paginate.ts";
import type { RateLimitState } from "./rate-limit.ts";
import { defaultRetry, type RetryOptions } from "./retry.ts";
import { Socket } from "./socket.ts";
import { Subscription, type SubscribeOptions } from "./subscription.ts";
import { Transport } from "./transport.ts";
import { createUrqlClient, type DeliveryContext, fromCombinedError } from "./urql-client.ts";

export interface NexoraOptions {
  /** Address of the server (`https://api.example.com`) or of its GraphQL endpoint; in a page it may be relative. */
  readonly url: string;
  /** A secret or publishable key, or an access token that somebody else renews. Without it the client signs in. */
  readonly credential?: string | undefined;
  /** What an earlier signIn gave. The client renews it; onSessionChange gets each new one. */
  readonly session?: Session | null | undefined;
  /** Called with each new session and with null when it has ended. A refresh token works once: store the newest. */
  readonly onSessionChange?: (session: Session | null) => void;
  readonly retry?: RetryOptions;
  /** How long one attempt of a request may take. Default 30 s. */
  readonly timeoutMs?: number;
  /** urql exchanges in front of the client's own, such as `cacheExchange` for a user interface. Default: none. */
  readonly exchanges?: readonly Exchange[];
  readonly fetch?: typeof fetch;
  /** A class like the browser's WebSocket. Default: the global one, in Node 20 that of the package `ws`. */
  readonly webSocketImpl?: unknown;
}

export interface MutateOptions {
  /**
   * Names this call: the server does it once, also when your program sends it again with the same key and variables after a
   * restart, within a day. Default: a new key per call, the same for its repetitions.
   */
  readonly idempotencyKey?: string;
}

/** Variables can be left out when all of them can. */
type Arguments<Variables, Options> =
  Record<string, never> extends Variables
    ? [variables?: Variables, options?: Options]
    : [variables: Variables, options?: Options];

/** Makes a client. Nothing is sent before the first operation. */
export function createNexora(options: NexoraOptions): Nexora {
  return new Nexora(options);
}

/** Everything an application needs of a Nexora server. Failures are NexoraErrors; what a caller can expect is in the data. */
export class Nexora {
  /** The urql client below, for urql's own bindings (`<Provider value={nexora.urql}>`) and exchanges. */
  readonly urql: Client;
  readonly #retry: Required<RetryOptions>;
  readonly #authorization: Authorization;
  readonly #socket: Socket;
  readonly #transport: Transport;
  readonly #documents = new DocumentIds();

  constructor(options: NexoraOptions) {
    const url = endpointOf(options.url);
    this.#retry = { ...defaultRetry, ...options.retry };
    this.#authorization =
      options.credential === undefined
        ? new SessionAuthorization(options.session ?? null, {
            refresh: (refreshToken) => this.#refresh(refreshToken),
            onChange: (session) => {
              options.onSessionChange?.(session);
              void this.#socket.announceCredential().catch(() => undefined); // the socket asks again when it reconnects
            },
          })
        : new KeyAuthorization(options.credential);
    this.#transport = new Transport({
      authorization: this.#authorization,
      fetch: options.fetch ?? ((...request) => fetch(...request)),
      retry: this.#retry,
      timeoutMs: options.timeoutMs ?? 30_000,
    });
    this.#socket = new Socket({
      url: url.replace(/^http/, "ws"),
      authorization: this.#authorization,
      retry: this.#retry,
      documents: this.#documents,
      ...(options.webSocketImpl === undefined ? {} : { webSocketImpl: options.webSocketImpl }),
    });
    this.urql = createUrqlClient({
      url,
      transport: this.#transport,
      socket: this.#socket,
      retry: this.#retry,
      documents: this.#documents,
      exchanges: options.exchanges ?? [],
    });
  }

  /** What the tighter of one's buckets of cost held when the server answered a request last; undefined before that. */
  get rateLimit(): RateLimitState | undefined {
    return this.#transport.rateLimit;
  }

  /** Repeated after network failures, 429, 502, 503 and 504. */
  async query<Data, Variables extends AnyVariables>(
    document: TypedDocumentNode<Data, Variables>,
    ...[variables]: Arguments<Variables, never>
  ): Promise<Data> {
    const result = await this.urql
      .query(document, (variables ?? {}) as Variables, { requestPolicy: "network-only", document } as object)
      .toPromise();
    if (result.error !== undefined) throw fromCombinedError(result.error);
    return result.data as Data; // without an error there is data
  }

  /**
   * Repeated like a query: the server does it once for the `Idempotency-Key` that all repetitions carry. A secret that an
   * answer shows once (a new key, an invitation's token) is null in the answer to a repetition. Sign-ins take no key: they are
   * repeated only when they surely weren't executed.
   */
  async mutate<Data, Variables extends AnyVariables>(
    document: TypedDocumentNode<Data, Variables>,
    ...[variables, options]: Arguments<Variables, MutateOptions>
  ): Promise<Data> {
    return this.#mutate(document, (variables ?? {}) as Variables, options ?? {});
  }

  /**
   * Follows a feed: each update once, in order, also over lost connections and restarts of the server. The document needs
   * a variable `$after: Cursor`; with it, the feed starts after that place, else from now on. An update `Lagged` says that
   * the client was away for too long: read the state anew, the feed goes on by itself.
   */
  subscribe<Data, Variables extends AnyVariables>(
    document: TypedDocumentNode<Data, Variables>,
    ...[variables, options]: Arguments<Variables, SubscribeOptions>
  ): Subscription<Data> {
    const operationName = getOperationName(document);
    const documentId = this.#documents.of(document);
    const operation = {
      query: stringifyDocument(document),
      ...(documentId === undefined ? {} : { documentId }),
      ...(operationName === undefined ? {} : { operationName }),
      variables: { ...variables },
    };
    return new Subscription<Data>(
      (observer) => new Feed<Data>(operation, observer, { socket: this.#socket, retry: this.#retry }),
      options ?? {},
    );
  }

  /** All rows of a list, page by page. `first` in the variables is the size of a page. */
  paginate<Data, Variables extends AnyVariables, Node>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
    connectionOf: (data: Data) => ConnectionPage<Node>,
  ): AsyncGenerator<Node, undefined, undefined> {
    const given: unknown = variables?.["after"];
    return paginate(
      async (after) => {
        const page = { ...variables, after } as unknown as Variables;
        return connectionOf(await this.query(document, ...([page] as unknown as Arguments<Variables, never>)));
      },
      typeof given === "string" ? given : null,
    );
  }

  async captureLead(
    input: CaptureLeadMutationVariables["input"],
    options: MutateOptions = {},
  ): Promise<CaptureLeadMutation["captureLead"]> {
    return (await this.mutate(CaptureLeadDocument, { input }, options)).captureLead;
  }

  /** Signs this client in, unless the payload's `userErrors` say why not. */
  async signIn(input: SignInMutationVariables["input"]): Promise<SignInMutation["signIn"]> {
    const authorization = this.#sessionAuthorization();
    const { signIn } = await this.#mutate(SignInDocument, { input }, { isAnonymous: true });
    if (signIn.tokens !== null) authorization.replace(signIn.tokens);
    return signIn;
  }

  /** Ends the sign-in, on the server too when it can be reached; else its tokens expire by themselves. */
  async signOut(input: { readonly everywhere?: boolean } = {}): Promise<void> {
    const authorization = this.#sessionAuthorization();
    try {
      if (authorization.session !== null) await this.#mutate(SignOutDocument, { input }, {});
    } finally {
      authorization.replace(null);
    }
  }

  /** The sign-in's tokens; null when nobody is signed in or the client has a key. */
  get session(): Session | null {
    return this.#authorization instanceof SessionAuthorization ? this.#authorization.session : null;
  }

  /** Takes over tokens that were renewed elsewhere, such as in another tab. */
  useSession(session: Session | null): void {
    this.#sessionAuthorization().replace(session);
  }

  /** Closes the WebSocket. */
  async close(): Promise<void> {
    await this.#socket.close();
  }

  async #mutate<Data, Variables extends AnyVariables>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
    context: DeliveryContext,
  ): Promise<Data> {
    const result = await this.urql.mutation(document, variables, { ...context, document } as object).toPromise();
    if (result.error !== undefined) throw fromCombinedError(result.error);
    return result.data as Data; // without an error there is data
  }

  /** Not repeated when the answer was lost: the refresh token may have been used up. */
  async #refresh(refreshToken: string): Promise<Session> {
    const { refreshSession } = await this.#mutate(
      RefreshSessionDocument,
      { input: { refreshToken } },
      { isAnonymous: true },
    );
    if (refreshSession.tokens !== null) return refreshSession.tokens;
    const [refused] = refreshSession.userErrors;
    throw unauthenticatedError(refused?.message ?? "The sign-in has ended.", refused?.code ?? "TOKEN_INVALID");
  }

  #sessionAuthorization(): SessionAuthorization {
    if (this.#authorization instanceof SessionAuthorization) return this.#authorization;
    throw new TypeError("This client was made with a credential: it can't sign in or out.");
  }
}

function endpointOf(address: string): string {
  const page: unknown = Reflect.get(globalThis, "location"); // a page may name its own server by "/"
  const base = typeof page === "object" && page !== null && "href" in page ? page.href : undefined;
  const url = new URL(address, typeof base === "string" ? base : undefined);
  if (url.pathname === "/") url.pathname = "/graphql";
  return url.href;
}
