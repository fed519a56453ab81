import type { GraphQLAnswer, TestApp } from "./app.ts";

export interface KeyedRequest {
  readonly query: string;
  /** Sent as the header Idempotency-Key. */
  readonly key?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Undefined: the first tenant's secret key. Null: none. */
  readonly credential?: string | null;
  readonly extensions?: Readonly<Record<string, unknown>>;
  /** Gives up waiting. */
  readonly signal?: AbortSignal;
}

type Target = Pick<TestApp, "url" | "tenant">;

/** Sends one operation by HTTP, with an idempotency key. */
export async function sendKeyed(target: Target, request: KeyedRequest): Promise<GraphQLAnswer> {
  const { query, key, variables, credential = target.tenant.secretKey, extensions, signal } = request;
  const response = await fetch(`${target.url}/graphql`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(key === undefined ? {} : { "idempotency-key": key }),
      ...(credential === null ? {} : { authorization: `Bearer ${credential}` }),
    },
    body: JSON.stringify({ query, variables, extensions }),
    ...(signal === undefined ? {} : { signal }),
  });
  const { data, errors, extensions: told } = (await response.json()) as Omit<GraphQLAnswer, "status" | "headers">;
  return { status: response.status, headers: response.headers, data, errors, extensions: told };
}

/** What `extensions.idempotency` says. */
export function replayOf(answer: GraphQLAnswer): unknown {
  return answer.extensions?.["idempotency"];
}

export function codesOf({ errors = [] }: GraphQLAnswer): unknown[] {
  return errors.map(({ extensions }) => extensions["code"]);
}
