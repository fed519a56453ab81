import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { JournalRecord } from "../journal/entry.ts";
import { AppError } from "../operations/app-error.ts";
import type { Context } from "../operations/context.ts";
import type { AdmittedOperation } from "../operations/operation-runner.ts";
import type { KnownPrincipal } from "../operations/principal.ts";
import { publicError } from "../operations/public-error.ts";
import { isAbout } from "../operations/standing-principal.ts";
import { varyByOrigin } from "./cors.ts";
import { executedHead } from "./executed-head.ts";
import { refusalType } from "./media-type.ts";
import { BodyDeadline } from "./body-deadline.ts";
import { createContext, credentialOf } from "./request-context.ts";
import { readStreamRequest } from "./sse-request.ts";
import { EventStream } from "./sse-stream.ts";
import type { WebSocketOptions } from "./websocket.ts";

export interface EventStreamsOptions extends Omit<WebSocketOptions, "sweepMs" | "trustProxy"> {
  readonly heartbeatMs?: number;
  readonly maxStreams?: number;
}

export interface EventStreams {
  readonly size: number;
  /** Bytes that wait in this process for slow streams. */
  readonly unwrittenBytes: number;
  /** Whoever lost his credential by this entry has been sent away when it resolves. */
  observe(record: JournalRecord): Promise<void> | undefined;
  /** Ends all streams; their clients come back to another process. */
  close(): void;
}

/** GraphQL over server-sent events: graphql-sse's protocol (PROTOCOL.md, distinct connections mode), with ids. */
export function addEventStreams(app: FastifyInstance, options: EventStreamsOptions): EventStreams {
  const streams = new GraphqlStreams(options);
  const bodies = new BodyDeadline(app);
  app.route({
    method: ["GET", "POST"],
    url: options.path,
    preParsing: bodies.begin,
    handler: (request, reply) => {
      bodies.arrived(request);
      return streams.answer(request, reply);
    },
  });
  return streams;
}

/** Somebody has to close a connection first, so there is no time that is right. */
const retryAfterTooManyMs = 5_000;

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

  get unwrittenBytes(): number {
    let bytes = 0;
    for (const stream of this.#streams) bytes += stream.unwrittenBytes;
    return bytes;
  }

  observe(record: JournalRecord): Promise<void> | undefined {
    if (!this.#options.validity.observe(record)) return undefined;
    const checks: Promise<void>[] = [];
    for (const stream of this.#streams) {
      if (stream.principal.tenantId !== record.tenantId) continue;
      const isConcerned = isAbout(record, stream.principal);
      const check = this.#check(stream, isConcerned);
      if (isConcerned) checks.push(check);
    }
    return checks.length === 0 ? undefined : Promise.all(checks).then(() => undefined);
  }

  close(): void {
    this.#isClosing = true;
    clearInterval(this.#heartbeat);
    for (const stream of this.#streams) stream.cut();
  }

  /** Refuses with the same errors and statuses as GraphQL over HTTP, before the stream begins. */
  async answer(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { authenticator, runner, log } = this.#options;
    const principal = await authenticator.authenticate(credentialOf(request.headers), {
      origin: request.headers.origin,
      address: request.ip,
    });
    const received = readStreamRequest(request);
    if (this.#isClosing || this.#streams.size >= (this.#options.maxStreams ?? 20_000)) {
      throw new AppError("UNAVAILABLE", "No further stream can be opened here now. Try again soon.");
    }
    const ended = new AbortController();
    reply.raw.once("close", () => ended.abort());
    const context = createContext(request, principal, ended, runner.now());
    try {
      const prepared = await runner.prepareReceived(context, received);
      if (prepared.operation.operation === "mutation" && request.method === "GET") {
        throw new AppError("BAD_USER_INPUT", "A GET can't change anything.", { reason: "REQUEST" });
      }
      if (principal.kind === "ANONYMOUS")
        throw new AppError("UNAUTHENTICATED", "A stream needs a credential.", { reason: "CREDENTIAL" });
      this.#count(principal, reply);
      const stream = new EventStream(reply.raw, principal, {
        formatError: (error) => publicError(error, context, log),
        now: runner.now,
      });
      const admitted = await runner.admit(context, prepared);
      const run = await this.#open(admitted, context, stream, request.headers["last-event-id"]);
      reply.hijack();
      this.#streams.add(stream);
      reply.raw.once("close", () => this.#streams.delete(stream));
      varyByOrigin(request, reply);
      stream.begin({
        ...request.server.securityHeadersOf(request).byName,
        ...reply.getHeaders(),
        "x-request-id": request.id,
      });
      run();
      return reply;
    } catch (error) {
      const refused = runner.refusal(context, error);
      const { status, headers } = executedHead(refused);
      const all = [...(context.answer?.headers ?? []), ...headers];
      if (status === 429) all.push(["content-type", refusalType(request.headers.accept)]);
      return reply.status(status).headers(Object.fromEntries(all)).send(refused);
    }
  }

  #count(principal: KnownPrincipal, reply: FastifyReply): void {
    const { connectionLimit } = this.#options;
    const caller = connectionLimit.take(principal);
    if (caller === undefined) {
      throw new AppError("RATE_LIMITED", `You have ${connectionLimit.most} sockets and streams here already.`, {
        reason: "CONNECTIONS",
        details: { retryAfterMs: retryAfterTooManyMs },
      });
    }
    reply.raw.once("close", () => connectionLimit.give(caller));
  }

  /** Prepares everything that can be refused; what it returns starts to write. */
  async #open(
    admitted: AdmittedOperation,
    context: Context,
    sink: EventStream,
    lastEventId: string | string[] | undefined,
  ): Promise<() => void> {
    const { runner, subscriptions } = this.#options;
    const { prepared } = admitted;
    const isDryRun = prepared.price?.isDryRun === true;
    if (prepared.operation.operation !== "subscription" || isDryRun)
      return () => void this.#execute(admitted, context, sink);
    const resumeAfter = typeof lastEventId === "string" ? lastEventId : undefined;
    const subscription = await runner.open(context, admitted, sink, (metered) =>
      subscriptions.open({ prepared, context, sink: metered, resumeAfter }),
    );
    if (context.signal.aborted) subscription.close();
    context.signal.addEventListener("abort", () => subscription.close(), { once: true });
    return () => subscription.start();
  }

  async #execute(admitted: AdmittedOperation, context: Context, stream: EventStream): Promise<void> {
    const { data, errors, extensions } = await this.#options.runner.answer(context, admitted);
    stream.sendResult(JSON.stringify({ errors, data, extensions }));
    stream.complete();
  }

  #beat(): void {
    for (const stream of this.#streams) {
      stream.beat();
      void this.#check(stream);
    }
  }

  /** `isDoubtful`: an entry says that its rights have changed. */
  async #check(stream: EventStream, isDoubtful = false): Promise<void> {
    try {
      if (!(await this.#options.validity.isStillValid(stream.principal))) stream.cut();
    } catch (error) {
      this.#options.log.warn({ err: error }, "a stream's credential couldn't be checked");
      if (isDoubtful) stream.cut();
    }
  }
}
