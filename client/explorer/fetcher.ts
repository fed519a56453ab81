import type { GraphiQLProps } from "graphiql";
import { type DocumentNode, type ExecutionResult, getOperationAST, parse } from "graphql";
import type { Account } from "./account.ts";
import { type GraphqlRequest, isCredentialRefused, sendRequest } from "./graphql-request.ts";
import type { LiveConnection } from "./live-connection.ts";

type Fetcher = GraphiQLProps["fetcher"];

/** How GraphiQL reaches the server: subscriptions over the WebSocket, everything else over HTTP. */
export function createFetcher(account: Account, live: LiveConnection): Fetcher {
  return (request, options) => {
    const document = options?.documentAST ?? parse(request.query);
    if (isSubscription(document, request.operationName)) {
      return live.follow({ ...request, variables: request.variables as Record<string, unknown> | undefined });
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

function isSubscription(document: DocumentNode, operationName: string | null | undefined): boolean {
  return getOperationAST(document, operationName)?.operation === "subscription";
}
