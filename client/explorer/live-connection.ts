import type { ExecutionResult } from "graphql";
import { type Client, createClient } from "graphql-ws";

export interface LiveRequest {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Record<string, unknown> | undefined;
}

const firstPauseMs = 500;
const longestPauseMs = 10_000;

/** One WebSocket for all subscriptions of the page, opened by the first and closed after the last. */
export class LiveConnection {
  readonly #graphqlUrl: URL;
  readonly #headers: () => Promise<Record<string, string>>;
  #client: Client | undefined;

  /** `headers` is asked at each connection, so a renewed token is used. */
  constructor(graphqlUrl: URL, headers: () => Promise<Record<string, string>>) {
    this.#graphqlUrl = graphqlUrl;
    this.#headers = headers;
  }

  /**
   * The updates of a subscription. When the connection breaks it goes on by itself; with a variable `$after` it resumes
   * where it was, so nothing is missed.
   */
  follow({ query, operationName, variables }: LiveRequest): AsyncIterable<ExecutionResult> {
    let lastCursor: string | undefined;
    const canResume = /\$after\b/.test(query);
    const updates = this.#connect().iterate<Record<string, unknown>, Record<string, unknown>>({
      query,
      operationName,
      // A getter: graphql-ws sends this object again when it reconnects.
      get variables() {
        return canResume && lastCursor !== undefined ? { ...variables, after: lastCursor } : variables;
      },
    });
    async function* remembering() {
      for await (const result of updates) {
        const cursor = result.extensions?.["cursor"]; // the server tells it with each update, selected or not
        if (typeof cursor === "string") lastCursor = cursor;
        yield result as ExecutionResult; // GraphiQL only prints the errors: they needn't be instances
      }
    }
    const iterator = remembering();
    return {
      [Symbol.asyncIterator]: () => ({
        next: () => iterator.next(),
        // A generator that waits for the next update doesn't hear its own return(): end what it waits for.
        return: async () => {
          await updates.return?.();
          return { done: true, value: undefined };
        },
      }),
    };
  }

  /** Ends all subscriptions: they belong to the credential that opened the socket. */
  async close(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    await client?.dispose();
  }

  #connect(): Client {
    const url = new URL(this.#graphqlUrl);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    this.#client ??= createClient({
      url: url.href,
      connectionParams: this.#headers,
      retryAttempts: Number.POSITIVE_INFINITY,
      retryWait: (retries) => pause(Math.random() * Math.min(longestPauseMs, firstPauseMs * 2 ** retries)),
      // The server leaving without a word must not leave the page waiting.
      keepAlive: 20_000,
      on: { error: () => undefined },
    });
    return this.#client;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
