import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { type Client, createClient, type ExecutionResult } from "graphql-ws";
import { WebSocket } from "ws";
import type { TestApp } from "./app.ts";

/** What a subscription delivered, in order of arrival. */
export interface Followed extends AsyncDisposable {
  readonly results: ExecutionResult<Record<string, unknown>>[];
  /** Places that the server told in pings, for whatever operation. */
  readonly told: string[];
  /** Why it ended: an array of errors from the server, or the socket's close. */
  readonly ended: Promise<unknown>;
  readonly client: Client;
  /** Resolves when this many results have come; fails with what came instead. */
  until(count: number): Promise<ExecutionResult<Record<string, unknown>>[]>;
  /** Resolves when the server has told where the subscription is live from. */
  live(): Promise<string>;
  unsubscribe(): void;
}

const patienceMs = 15_000;

export interface FollowOptions {
  readonly url: string;
  readonly credential: string | null;
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  readonly connectionParams?: Record<string, unknown>;
  readonly headers?: Record<string, string>;
}

/** Subscribes with graphql-ws's client, which isn't allowed to reconnect. */
export function follow({ url, credential, query, variables, connectionParams, headers }: FollowOptions): Followed {
  const results: ExecutionResult<Record<string, unknown>>[] = [];
  const told: string[] = [];
  class Socket extends WebSocket {
    constructor(address: string, protocols: string[]) {
      super(address, protocols, { headers: headers ?? {} });
    }
  }
  const client = createClient({
    url: `${url.replace(/^http/, "ws")}/graphql`,
    webSocketImpl: Socket,
    lazy: true,
    retryAttempts: 0,
    connectionParams: connectionParams ?? (credential === null ? {} : { authorization: `Bearer ${credential}` }),
    on: {
      ping: (isReceived, payload) => {
        if (!isReceived || payload === undefined) return;
        told.push(...Object.values((payload["cursors"] ?? {}) as Record<string, string>));
      },
    },
  });
  const { promise: ended, resolve: end } = Promise.withResolvers<unknown>();
  let error: unknown;
  const unsubscribe = client.subscribe<Record<string, unknown>>(
    { query, variables: variables ?? {} },
    {
      next: (result) => void results.push(result as ExecutionResult<Record<string, unknown>>),
      error: (reason) => {
        error = reason;
        end(reason);
      },
      complete: () => end(undefined),
    },
  );
  const wait = async (isDone: () => boolean, what: string) => {
    const deadline = Date.now() + patienceMs;
    while (!isDone()) {
      if (Date.now() > deadline || error !== undefined) {
        const reason = error as { code?: number; reason?: string } | undefined;
        const why = error === undefined ? "" : ` (${reason?.code ?? ""} ${reason?.reason ?? JSON.stringify(error)})`;
        throw new Error(`${what} didn't come${why}: ${JSON.stringify(results).slice(-2_000)}`);
      }
      await sleep(2);
    }
  };
  return {
    results,
    told,
    ended,
    client,
    unsubscribe,
    async until(count) {
      await wait(() => results.length >= count, `result ${count}`);
      return results;
    },
    async live() {
      await wait(() => told.length > 0, "the place");
      return told.at(-1) ?? "";
    },
    async [Symbol.asyncDispose]() {
      unsubscribe();
      await client.dispose();
    },
  };
}

/** Follows the journal with all that a test may want to look at. */
export const followJournal = `subscription Follow($after: Cursor, $types: [String!]) {
  journal(after: $after, types: $types) {
    __typename
    ... on JournalEntry { position type cursor }
    ... on Lagged { missed resumeAt }
  }
}`;

export interface DeliveredEntry {
  readonly __typename: string;
  readonly position: string;
  readonly type: string;
  readonly cursor: string;
}

export function entriesOf(results: readonly ExecutionResult<Record<string, unknown>>[]): DeliveredEntry[] {
  return results.map(({ data }) => data?.["journal"] as DeliveredEntry);
}

/** Captures leads one after the other: an entry each. As the answer says, it tries again when all connections are taken. */
export async function capture(app: Pick<TestApp, "graphql">, count = 1, credential?: string): Promise<void> {
  for (let index = 0, refusals = 0; index < count;) {
    const { data, errors } = await app.graphql(
      `mutation ($email: String!) { captureLead(input: { email: $email }) { accepted userErrors { message } } }`,
      { email: `${randomUUID()}@example.com` },
      credential,
    );
    if (data != null) index += 1;
    else if (errors?.[0]?.extensions?.["code"] !== "UNAVAILABLE" || refusals > 20) {
      throw new Error(JSON.stringify(errors));
    } else {
      refusals += 1;
      await sleep(100);
    }
  }
}

export async function eventually(isTrue: () => boolean, what: string, withinMs = patienceMs): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!isTrue()) {
    if (Date.now() > deadline) throw new Error(`not within ${withinMs / 1_000} s: ${what}`);
    await sleep(2);
  }
}
