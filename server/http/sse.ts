import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { JournalRecord } from "../journal/entry.ts";
import { AppError } from "../operations/app-error.ts";
import type { Context } from "../operations/context.ts";
import type { PreparedOperation } from "../operations/prepare-operation.ts";
import { publicError, statusOf } from "../operations/public-error.ts";
import { createContext, credentialOf } from "./request-context.ts";
import { readStreamRequest } from "./sse-request.ts";
import { EventStream } from "./sse-stream.ts";
import type { WebSocketOptions } from "./websocket.ts";

export interface EventStreamsOptions extends Omit<
  WebSocketOptions,
  "maxConnectionsPerPrincipal" | "sweepMs" | "trustProxy"
> {
  readonly heartbeatMs?: number;
  readonly maxStreams?: number;
}

export interface EventStreams {
  readonly size: number;
  observe(record: JournalRecord): void;
  /** Ends all streams; their clients come back to another process. */
  close(): void;
}

/** GraphQL over server-sent events: graphql-sse's protocol (PROTOCOL.md, distinct connections mode), with ids. */
export function addEventStreams(app: FastifyInstance, options: EventStreamsOptions): EventStreams {
  const streams = new GraphqlStreams(options);
  app.route({
    method: ["GET", "POST"],
    url: options.path,
    handler: (request, reply) => streams.answer(request, reply),
  });
  return streams;
}

class GraphqlStreams implements EventStreams {
  readonly #options: EventStreamsOptions;
  readonly #streams = new Set<EventStream>();
  readonly #heartbeat: NodeJS.Timeout;
  #isClosing = false;

  constructor(options: EventStreamsOptions) {
    this.#options = options;
    this.#heartbeat = setInterval(() => this.#beat(), options.heartbeatMs ?? 12_000);
    this.#heartbeat.unref();
  }

  get size(): number {
    return this.#streams.size;
  }

  observe(record: JournalRecord): void {
    if (!this.#options.validity.observe(record)) return;
    for (const stream of this.#streams) {
      if (stream.principal.tenantId === record.tenantId) void this.#check(stream);
    }
  }

  close(): void {
    this.#isClosing = true;
    clearInterval(this.#heartbeat);
    for (const stream of this.#streams) stream.cut();
  }

  /** Refuses with the same errors and statuses as GraphQL over HTTP, before the stream begins. */
  async answer(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { authenticator, pipeline, log } = this.#options;
    const principal = await authenticator.authenticate(credentialOf(request.headers), {
      origin: request.headers.origin,
      address: request.ip,
    });
    const { variables, ...text } = readStreamRequest(request);
    if (this.#isClosing || this.#streams.size >= (this.#options.maxStreams ?? 20_000)) {
      throw new AppError("UNAVAILABLE", "No further stream can be opened here now. Try again soon.");
    }
    const ended = new AbortController();
    reply.raw.once("close", () => ended.abort());
    const context = createContext(request, principal, ended.signal);
    const formatError = (error: unknown) => publicError(error, { requestId: request.id }, log);
    try {
      const prepared = pipeline.prepareText(principal, { ...text, variables });
      if (prepared.operation.operation === "mutation" && request.method === "GET") {
        throw new AppError("BAD_USER_INPUT", "A GET can't change anything.", { reason: "REQUEST" });
      }
      if (principal.kind === "ANONYMOUS")
        throw new AppError("UNAUTHENTICATED", "A stream needs a credential.", { reason: "CREDENTIAL" });
      const stream = new EventStream(reply.raw, principal, formatError);
      const run = await this.#open(prepared, context, stream, request.headers["last-event-id"]);
      reply.hijack();
      this.#streams.add(stream);
      reply.raw.once("close", () => this.#streams.delete(stream));
      stream.begin({ "x-request-id": request.id });
      run();
      return reply;
    } catch (error) {
      const errors = error instanceof AggregateError ? (error.errors as unknown[]) : [error];
      const formatted = errors.map(formatError);
      return reply.status(statusOf(formatted[0]?.extensions?.["code"])).send({ errors: formatted });
    }
  }

  /** Prepares everything that can be refused; what it returns starts to write. */
  async #open(
    prepared: PreparedOperation,
    context: Context,
    sink: EventStream,
    lastEventId: string | string[] | undefined,
  ): Promise<() => void> {
    if (prepared.operation.operation !== "subscription") return () => void this.#execute(prepared, context, sink);
    const resumeAfter = typeof lastEventId === "string" ? lastEventId : undefined;
    const subscription = await this.#options.subscriptions.open({ prepared, context, sink, resumeAfter });
    if (context.signal.aborted) subscription.close();
    context.signal.addEventListener("abort", () => subscription.close(), { once: true });
    return () => subscription.start();
  }

  async #execute(prepared: PreparedOperation, context: Context, stream: EventStream): Promise<void> {
    const { executor, beforeExecution, log } = this.#options;
    try {
      await beforeExecution(context, prepared.rootFields);
      const result = await executor.execute({ ...prepared, context });
      const errors = result.errors?.map((error) => publicError(error, context, log));
      stream.sendResult(JSON.stringify({ ...result, ...(errors === undefined ? {} : { errors }) }));
      stream.complete();
    } catch (error) {
      stream.fail(error);
    }
  }

  #beat(): void {
    for (const stream of this.#streams) {
      stream.beat();
      void this.#check(stream);
    }
  }

  async #check(stream: EventStream): Promise<void> {
    try {
      if (!(await this.#options.validity.isStillValid(stream.principal))) stream.cut();
    } catch (error) {
      this.#options.log.warn({ err: error }, "a stream's credential couldn't be checked");
    }
  }
}
