import { randomUUID } from "node:crypto";
import type { ExecutionArgs, FormattedExecutionResult, GraphQLFormattedError } from "graphql";
import { makeServer, type Server } from "graphql-ws";
import type { Log } from "../log.ts";
import { AnswerNotes } from "../operations/answer-notes.ts";
import { AppError } from "../operations/app-error.ts";
import { type Context, LoaderCache } from "../operations/context.ts";
import { toGraphQLErrors } from "../operations/operation-errors.ts";
import type { AdmittedOperation, OperationRunner } from "../operations/operation-runner.ts";
import type { Principal } from "../operations/principal.ts";
import { publicError } from "../operations/public-error.ts";
import { readOperation } from "../operations/received-operation.ts";
import type { Subscriptions } from "../operations/subscribe.ts";
import type { Authenticator } from "./authenticator.ts";
import { closeCodes, type SocketConnection } from "./websocket-connection.ts";
import { SocketFeed } from "./websocket-feed.ts";

export interface SocketOperationsOptions {
  readonly runner: OperationRunner;
  readonly subscriptions: Subscriptions;
  readonly authenticator: Authenticator;
  readonly log: Log;
  /** Whether this principal may have one more connection. */
  readonly admit: (connection: SocketConnection) => boolean;
  /** Whether what the connection was allowed still holds: remembered for a second. */
  readonly isStillValid: (principal: Principal) => Promise<boolean>;
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
interface AdmittedArgs extends ExecutionArgs {
  readonly admitted: AdmittedOperation;
  readonly contextValue: Context;
  readonly feed?: SocketFeed;
}

const maxOperations = 100;

/** graphql-transport-ws (its PROTOCOL.md, done by graphql-ws) with our pipeline, our executor and the hub's feeds. */
export function createSocketProtocol(options: SocketOperationsOptions): Server<SocketConnection> {
  const { runner, subscriptions, log } = options;
  const { schema } = runner.pipeline;
  // graphql-ws tells of an error with the message that it answers.
  const contexts = new WeakMap<object, Context>();
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
      const contextValue = socketContext(connection, runner.now());
      contexts.set(payload, contextValue);
      connection.operations += 1;
      try {
        if (connection.operations > maxOperations) {
          throw new AppError("RATE_LIMITED", `A socket carries ${maxOperations} operations at a time.`, {
            reason: "OPERATIONS",
          });
        }
        await checkStanding(options, connection);
        const prepared = await runner.prepareReceived(contextValue, readOperation(payload));
        const admitted = await runner.admit(contextValue, prepared);
        const { document, operationName } = prepared;
        const args = { schema, document, operationName, admitted, contextValue };
        if (prepared.operation.operation !== "subscription" || prepared.price?.isDryRun === true) return args;
        const feed = new SocketFeed(connection, id);
        feed.subscription = await runner.open(contextValue, admitted, feed, (sink) =>
          subscriptions.open({ prepared, context: contextValue, sink }),
        );
        return { ...args, feed };
      } catch (error) {
        connection.operations -= 1;
        if (error instanceof CloseSocket) throw error;
        runner.refused(contextValue);
        // graphql-ws closes the socket when a hook throws, and takes errors as an answer.
        return toGraphQLErrors(error);
      }
    },
    subscribe: (args) => {
      const { feed, admitted, contextValue } = args as AdmittedArgs;
      return feed ?? (runner.answer(contextValue, admitted) as Promise<never>); // a dry run has one answer
    },
    execute: (args) => {
      const { admitted, contextValue } = args as AdmittedArgs;
      return untilEnd(contextValue, (context) => runner.answer(context, admitted)) as Promise<never>;
    },
    // As it is: the errors are public already, no GraphQLErrors as graphql-ws expects them.
    onNext: (_ctx, _id, _payload, _args, result) => result as FormattedExecutionResult,
    onError: (_ctx, _id, payload, errors): readonly GraphQLFormattedError[] => {
      const context = contexts.get(payload) ?? { requestId: randomUUID() };
      return errors.map((error) => publicError(error, context, log));
    },
    onComplete: ({ extra: connection }) => {
      connection.operations -= 1;
    },
  });
}

/** Runs one operation with a signal of its own, which ends with the connection or at the operation's deadline. */
async function untilEnd<Result>(context: Context, run: (context: Context) => Promise<Result>): Promise<Result> {
  const ending = new AbortController();
  const abort = (reason?: unknown) => ending.abort(reason);
  const onEnd = () => abort();
  context.signal.addEventListener("abort", onEnd, { once: true });
  try {
    return await run({ ...context, signal: ending.signal, abort });
  } finally {
    context.signal.removeEventListener("abort", onEnd);
  }
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

/** An idle socket learns of a revocation at the next sweep only: nobody may have followed its tenant's journal. */
async function checkStanding({ isStillValid }: SocketOperationsOptions, connection: SocketConnection): Promise<void> {
  const { principal } = connection;
  const isValid = await isStillValid(principal);
  if (!isValid && connection.principal === principal) throw new CloseSocket(closeCodes.credentialEnded);
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

function socketContext(connection: SocketConnection, now: Date): Context {
  return {
    principal: connection.principal,
    requestId: randomUUID(),
    address: connection.address,
    userAgent: connection.userAgent,
    now,
    signal: connection.signal,
    answer: new AnswerNotes(),
    loaders: new LoaderCache(),
  };
}
