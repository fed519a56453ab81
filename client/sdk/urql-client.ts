import {
  type Client,
  type CombinedError,
  createClient,
  type Exchange,
  fetchExchange,
  makeOperation,
  mapExchange,
  type Operation,
  stringifyDocument,
  subscriptionExchange,
} from "@urql/core";
import { type DocumentIds, sendById } from "./document-ids.ts";
import { NexoraError, networkError, RateLimitedError, toNexoraError } from "./errors.ts";
import { Feed } from "./feed.ts";
import { retryAfterMs, type RetryOptions } from "./retry.ts";
import type { Socket } from "./socket.ts";
import type { Delivery, Transport } from "./transport.ts";

/** What an operation's urql context can say about its sending. */
export interface DeliveryContext {
  /** Sends no credential. */
  readonly isAnonymous?: boolean;
  readonly idempotencyKey?: string;
  /** What the caller wants to be sent: it can go by its id unless an exchange has changed it since. Default: as urql got it. */
  readonly document?: unknown;
}

export interface UrqlOptions {
  readonly url: string;
  readonly transport: Transport;
  readonly socket: Socket;
  readonly retry: Required<RetryOptions>;
  readonly documents: DocumentIds;
  /** Before ours, such as urql's cacheExchange. */
  readonly exchanges: readonly Exchange[];
}

/** An ordinary urql client whose requests repeat and whose subscriptions resume. */
export function createUrqlClient({ url, transport, socket, retry, documents, exchanges }: UrqlOptions): Client {
  return createClient({
    url,
    preferGetMethod: false, // an address ends up in logs and caches
    exchanges: [
      mapExchange({ onOperation: keepDocument }),
      ...exchanges,
      mapExchange({ onOperation: (operation) => deliver(operation, transport, documents) }),
      subscriptionExchange({
        forwardSubscription: ({ query = "", operationName, variables }, operation) => ({
          subscribe: (sink) => {
            const documentId = idOf(operation, documents);
            const feed = new Feed<Record<string, unknown>>(
              {
                query,
                ...(documentId === undefined ? {} : { documentId }),
                ...(operationName === undefined ? {} : { operationName }),
                variables: { ...variables },
              },
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

/** Exchanges between here and the sending may change the document, and leave its hash as it was. */
function keepDocument(operation: Operation): Operation {
  const { document = operation.query } = operation.context as DeliveryContext;
  return makeOperation(operation.kind, operation, { ...operation.context, document } as Operation["context"]);
}

function deliver(operation: Operation, transport: Transport, documents: DocumentIds): Operation {
  if (operation.kind !== "query" && operation.kind !== "mutation") return operation;
  const { isAnonymous, idempotencyKey } = operation.context as DeliveryContext;
  const isMutation = operation.kind === "mutation";
  const delivery: Delivery = {
    repeatability: !isMutation || takesKey(operation) ? "always" : "when-not-executed",
    ...(isAnonymous === true ? { isAnonymous } : {}),
  };
  const key = idempotencyKey ?? newIdempotencyKey();
  return makeOperation(operation.kind, operation, {
    ...operation.context,
    fetch: (address: string | URL | Request, init: RequestInit = {}) => {
      const headers = new Headers(init.headers);
      if (isMutation) headers.set("idempotency-key", key);
      const send = (body: RequestInit["body"]) =>
        transport.send(requestUrl(address), { ...init, ...(body == null ? {} : { body }), headers }, delivery);
      const documentId = idOf(operation, documents);
      return documentId === undefined || typeof init.body !== "string"
        ? send(init.body)
        : sendById(documents, documentId, init.body, send);
    },
  });
}

/** Mutations whose repetition isn't the same: the server keeps no tokens. Where the fields aren't plain, nothing is assumed. */
const unkeyed: ReadonlySet<string> = new Set(["signIn", "refreshSession", "signOut"]);

function takesKey({ query }: Operation): boolean {
  return query.definitions.every(
    (definition) => !("operation" in definition) || definition.selectionSet.selections.every(isKeyedField),
  );
}

function isKeyedField(selection: { readonly kind: unknown; readonly name?: { readonly value: string } }): boolean {
  return selection.kind === "Field" && selection.name !== undefined && !unkeyed.has(selection.name.value);
}

/** `cacheExchange` adds `__typename` everywhere: what didn't have it is another document then, of the same name. */
function idOf({ query, context }: Operation, documents: DocumentIds): string | undefined {
  const { document } = context as DeliveryContext;
  if (typeof document !== "object" || document === null) return undefined;
  const isUnchanged =
    Reflect.get(document, "definitions") === query.definitions ||
    stringifyDocument(document as Operation["query"]) === stringifyDocument(query);
  return isUnchanged ? documents.of(document) : undefined;
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
