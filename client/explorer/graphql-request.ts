export interface GraphqlError {
  readonly message: string;
  readonly extensions?: Readonly<Record<string, unknown>>;
}

export interface GraphqlResult<Data = Record<string, unknown>> {
  readonly data?: Data | null;
  readonly errors?: readonly GraphqlError[];
}

export interface GraphqlRequest {
  readonly query: string;
  readonly variables?: unknown;
  readonly operationName?: string | null;
}

// Relative to the page: both stay beside each other behind a proxy that adds a path.
export const graphqlUrl = new URL("graphql", document.baseURI);

/** Sends one operation over HTTP. Throws when there is no GraphQL answer at all. */
export async function sendRequest<Data>(
  request: GraphqlRequest,
  headers: Readonly<Record<string, string>>,
): Promise<GraphqlResult<Data>> {
  const response = await fetch(graphqlUrl, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "application/graphql-response+json, application/json;q=0.9",
      ...headers,
    },
    body: JSON.stringify(request),
  });
  const text = await response.text();
  try {
    return JSON.parse(text) as GraphqlResult<Data>;
  } catch {
    throw new Error(`The server answered ${response.status} without JSON: ${text.slice(0, 200)}`);
  }
}

/** Whether the server refused the credential itself, rather than what was asked with it. */
export function isCredentialRefused({ errors }: Pick<GraphqlResult, "errors">): boolean {
  return errors?.some((error) => error.extensions?.["code"] === "UNAUTHENTICATED") ?? false;
}
