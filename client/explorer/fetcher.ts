import type { GraphiQLProps } from "graphiql";
import { type ExecutionResult, getOperationAST, type OperationDefinitionNode, parse } from "graphql";
import type { Account } from "./account.ts";
import { type GraphqlRequest, isCredentialRefused, sendRequest } from "./graphql-request.ts";
import type { LiveConnection } from "./live-connection.ts";

type Fetcher = GraphiQLProps["fetcher"];

/** How GraphiQL reaches the server: subscriptions over the WebSocket, everything else over HTTP. */
export function createFetcher(account: Account, live: LiveConnection): Fetcher {
  return ({ query, operationName, variables }, options) => {
    const operation = operationOf(query, operationName);
    const request = { query, operationName: operation?.name?.value ?? operationName ?? null, variables };
    if (operation?.operation === "subscription") {
      return live.follow({ ...request, variables: variables as Record<string, unknown> | undefined });
    }
    return fetchOnce(account, request, options?.headers as Record<string, string> | undefined);
  };
}

async function fetchOnce(
  account: Account,
  request: GraphqlRequest,
  typedHeaders: Readonly<Record<string, string>> | undefined,
): Promise<ExecutionResult> {
  const send = async () =>
    sendRequest<Record<string, unknown>>(request, { ...(await account.headers()), ...typedHeaders });
  const result = await send();
  // A token can end early: its signing key was replaced, or this computer's clock is wrong.
  const isWorthAnotherTry = isCredentialRefused(result) && (await account.renew());
  // GraphiQL's types want instances of GraphQLError, but it only prints them.
  return (isWorthAnotherTry ? await send() : result) as ExecutionResult;
}

/** A moment after the text was replaced, GraphiQL still has the name and the parsed document of the one before. */
function operationOf(query: string, operationName: string | null | undefined): OperationDefinitionNode | null {
  try {
    const document = parse(query);
    return getOperationAST(document, operationName) ?? getOperationAST(document) ?? null;
  } catch {
    return null; // the server says what is wrong with it, and where
  }
}
