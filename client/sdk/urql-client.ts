import {
  type Client,
  type CombinedError,
  createClient,
  type Exchange,
  fetchExchange,
  makeOperation,
  mapExchange,
  type Operation,
  subscriptionExchange,
} from "@urql/core";
import { NexoraError, networkError, RateLimitedError, toNexoraError } from "./errors.ts";
import { Feed } from "./feed.ts";
import { retryAfterMs, type RetryOptions } from "./retry.ts";
import type { Socket } from "./socket.ts";
import type { Delivery, Transport } from "./transport.ts";

/** What an operation's urql context can say about its sending. */
export interface DeliveryContext {
  /** The mutation can be executed twice without changing more than once. */
  readonly isIdempotent?: boolean;
  /** Sends no credential. */
  readonly isAnonymous?: boolean;
  readonly idempotencyKey?: string;
}

export interface UrqlOptions {
  readonly url: string;
  readonly transport: Transport;
  readonly socket: Socket;
  readonly retry: Required<RetryOptions>;
  /** Before ours, such as urql's cacheExchange. */
  readonly exchanges: readonly Exchange[];
}

/** An ordinary urql client whose requests repeat and whose subscriptions resume. */
export function createUrqlClient({ url, transport, socket, retry, exchanges }: UrqlOptions): Client {
  return createClient({
    url,
    preferGetMethod: false, // an address ends up in logs and caches
    exchanges: [
      ...exchanges,
      mapExchange({ onOperation: (operation) => deliver(operation, transport) }),
      subscriptionExchange({
        forwardSubscription: ({ query = "", operationName, variables }) => ({
          subscribe: (sink) => {
            const feed = new Feed<Record<string, unknown>>(
              { query, ...(operationName === undefined ? {} : { operationName }), variables: { ...variables } },
              {
                next: (data) => sink.next({ data }),
                error: (error) => sink.error(error),
                complete: () => sink.complete(),
              },
              { socket, retry },
            );
            feed.start();
            return { unsubscribe: () => feed.stop() };
          },
        }),
      }),
      fetchExchange,
    ],
  });
}

function deliver(operation: Operation, transport: Transport): Operation {
  if (operation.kind !== "query" && operation.kind !== "mutation") return operation;
  const { isIdempotent, isAnonymous, idempotencyKey } = operation.context as DeliveryContext;
  const isMutation = operation.kind === "mutation";
  const delivery: Delivery = {
    repeatability: !isMutation || isIdempotent === true ? "always" : "when-not-executed",
    ...(isAnonymous === true ? { isAnonymous } : {}),
  };
  const key = idempotencyKey ?? newIdempotencyKey();
  return makeOperation(operation.kind, operation, {
    ...operation.context,
    fetch: (address: string | URL | Request, init: RequestInit = {}) => {
      const headers = new Headers(init.headers);
      if (isMutation) headers.set("idempotency-key", key);
      return transport.send(requestUrl(address), { ...init, headers }, delivery);
    },
  });
}

function requestUrl(address: string | URL | Request): string {
  return typeof address === "string" ? address : "href" in address ? address.href : address.url;
}

/** 128 random bits; crypto.randomUUID would need https in a browser. */
function newIdempotencyKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Urql's one kind of error as ours. */
export function fromCombinedError(error: CombinedError): NexoraError {
  if (error.networkError instanceof NexoraError) return error.networkError;
  const [first] = error.graphQLErrors;
  if (first === undefined) {
    return networkError(error.networkError?.message ?? "There was no answer.", error.networkError);
  }
  const headers = (error.response as Response | undefined)?.headers;
  const made = toNexoraError(
    error.graphQLErrors.map(({ message, path, extensions }) => ({ message, path, extensions })),
  );
  if (!(made instanceof RateLimitedError) || made.retryAfterMs !== undefined) return made;
  const waitMs = retryAfterMs(headers?.get("retry-after") ?? null, undefined, Date.now());
  if (waitMs === undefined) return made;
  return toNexoraError([{ message: first.message, extensions: { ...first.extensions, retryAfterMs: waitMs } }]);
}
