import { randomUUID } from "node:crypto";
import {
  type ExecutionArgs,
  type ExecutionResult,
  type FormattedExecutionResult,
  GraphQLError,
  type GraphQLFormattedError,
} from "graphql";
import { makeServer, type Server, type SubscribePayload } from "graphql-ws";
import type { Log } from "../log.ts";
import { AppError } from "../operations/app-error.ts";
import { type Context, LoaderCache } from "../operations/context.ts";
import type { Executor } from "../operations/executor.ts";
import type { OperationPipeline, PreparedOperation } from "../operations/prepare-operation.ts";
import { publicError } from "../operations/public-error.ts";
import type { Subscriptions } from "../operations/subscribe.ts";
import type { Authenticator } from "./authenticator.ts";
import { closeCodes, type SocketConnection } from "./websocket-connection.ts";
import { SocketFeed } from "./websocket-feed.ts";

export interface SocketOperationsOptions {
  readonly pipeline: OperationPipeline;
  readonly executor: Executor;
  readonly subscriptions: Subscriptions;
  readonly authenticator: Authenticator;
  readonly log: Log;
  /** Runs between preparing and executing a query or mutation. */
  readonly beforeExecution: (context: Context, rootFields: readonly string[]) => Promise<void> | undefined;
  /** Whether this principal may have one more connection. */
  readonly admit: (connection: SocketConnection) => boolean;
}

/** Ends the connection with a close code instead of an answer. */
export class CloseSocket extends Error {
  readonly reason: (typeof closeCodes)[keyof typeof closeCodes];

  constructor(reason: (typeof closeCodes)[keyof typeof closeCodes]) {
    super(reason.reason);
    this.reason = reason;
  }
}

/** What our onSubscribe hands to our execute and subscribe. */
interface PreparedArgs extends ExecutionArgs {
  readonly prepared: PreparedOperation;
  readonly contextValue: Context;
  readonly feed?: SocketFeed;
}

const maxOperations = 100;

/** graphql-transport-ws (its PROTOCOL.md, done by graphql-ws) with our pipeline, our executor and the hub's feeds. */
export function createSocketProtocol(options: SocketOperationsOptions): Server<SocketConnection> {
  const { pipeline, executor, subscriptions, log } = options;
  return makeServer<Record<string, unknown>, SocketConnection>({
    connectionInitWaitTimeout: 5_000,
    onConnect: async ({ extra: connection, connectionParams }) => {
      await authenticate(options, connection, connectionParams?.["authorization"] ?? connection.authorization);
      if (!options.admit(connection)) throw new CloseSocket(closeCodes.tooMany);
    },
    onPing: async ({ extra: connection, acknowledged }, payload) => {
      // A new credential in time, so that the connection outlives the old one.
      if (acknowledged && payload?.["authorization"] !== undefined) {
        await renew(options, connection, payload["authorization"]);
      }
    },
    async onSubscribe({ extra: connection }, id, payload) {
      const contextValue = socketContext(connection);
      connection.operations += 1;
      try {
        if (connection.operations > maxOperations) {
          throw new AppError("RATE_LIMITED", `A socket carries ${maxOperations} operations at a time.`, {
            reason: "OPERATIONS",
          });
        }
        const prepared = pipeline.prepareText(connection.principal, requestOf(payload));
        const args = { schema: pipeline.schema, document: prepared.document, prepared, contextValue };
        if (prepared.operation.operation !== "subscription") return args;
        const feed = new SocketFeed(connection, id);
        feed.subscription = await subscriptions.open({ prepared, context: contextValue, sink: feed });
        return { ...args, feed };
      } catch (error) {
        connection.operations -= 1;
        return graphQLErrors(error);
      }
    },
    subscribe: (args) => {
      const { feed } = args as PreparedArgs;
      if (feed === undefined) throw new Error("a subscription without a feed");
      return feed;
    },
    execute: async (args) => {
      const { prepared, contextValue } = args as PreparedArgs;
      try {
        await options.beforeExecution(contextValue, prepared.rootFields);
        return await executor.execute({ ...prepared, context: contextValue });
      } catch (error) {
        return { errors: graphQLErrors(error) };
      }
    },
    onNext: (_ctx, _id, _payload, args, result): FormattedExecutionResult | undefined => {
      if (result.errors === undefined) return undefined;
      const { contextValue } = args as PreparedArgs;
      return {
        ...(result as ExecutionResult),
        errors: result.errors.map((error) => publicError(error, contextValue, log)),
      };
    },
    onError: (_ctx, _id, _payload, errors): readonly GraphQLFormattedError[] => {
      const requestId = randomUUID();
      return errors.map((error) => publicError(error, { requestId }, log));
    },
    onComplete: ({ extra: connection }) => {
      connection.operations -= 1;
    },
  });
}

async function authenticate(
  { authenticator, log }: SocketOperationsOptions,
  connection: SocketConnection,
  authorization: unknown,
): Promise<void> {
  try {
    const principal = await authenticator.authenticate(
      typeof authorization === "string" ? authorization : undefined,
      connection,
    );
    // Who isn't known has no right to any subscription.
    if (principal.kind === "ANONYMOUS") throw new CloseSocket(closeCodes.unauthorized);
    connection.authenticated(principal);
  } catch (error) {
    if (error instanceof CloseSocket) throw error;
    if (error instanceof AppError) throw new CloseSocket(closeCodes.unauthorized);
    log.warn({ err: error }, "a socket's credential couldn't be checked");
    throw new CloseSocket(closeCodes.unavailable);
  }
}

/** The groups that the connection is in go with its rights, so the new credential has to have the same. */
async function renew(
  options: SocketOperationsOptions,
  connection: SocketConnection,
  authorization: unknown,
): Promise<void> {
  const before = connection.principal;
  await authenticate(options, connection, authorization);
  const { principal } = connection;
  if (rightsKey(principal) !== rightsKey(before)) throw new CloseSocket(closeCodes.credentialEnded);
}

function rightsKey(principal: SocketConnection["principal"]): string {
  if (principal.kind === "ANONYMOUS") return "";
  const who =
    principal.kind === "MEMBER"
      ? [principal.memberId, principal.role]
      : [principal.keyId, ...(principal.kind === "API_KEY" ? principal.scopes : [])];
  return JSON.stringify([principal.kind, principal.tenantId, ...who]);
}

function socketContext(connection: SocketConnection): Context {
  return {
    principal: connection.principal,
    requestId: randomUUID(),
    address: connection.address,
    userAgent: connection.userAgent,
    now: new Date(),
    signal: connection.signal,
    loaders: new LoaderCache(),
  };
}

function requestOf({ query, operationName, variables }: SubscribePayload) {
  return { query, operationName: operationName ?? null, variables: variables ?? null };
}

/** graphql-ws closes the socket when a hook throws, and takes errors as an answer when they are GraphQLErrors. */
function graphQLErrors(error: unknown): GraphQLError[] {
  const errors = error instanceof AggregateError ? (error.errors as unknown[]) : [error];
  return errors.map((each) =>
    each instanceof GraphQLError
      ? each
      : new GraphQLError("masked", { originalError: each instanceof Error ? each : new Error(String(each)) }),
  );
}
