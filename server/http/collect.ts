import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { countryOf, isPrefetch } from "../operations/visitor-headers.ts";
import { AppError } from "../operations/app-error.ts";
import { authorize } from "../operations/authorize.ts";
import type { Collected, CollectorService, Envelope } from "../tracking/collector.service.ts";
import { eventLimits } from "../tracking/event-limits.ts";
import { type EventType, eventTypes } from "../tracking/event-type.ts";
import type { Authenticator } from "./authenticator.ts";
import { BodyDeadline } from "./body-deadline.ts";
import { readCollectBody } from "./collect-body.ts";
import { collectCredential } from "./collect-key.ts";
import { readEnvelope, readPixelQuery } from "./collect-envelope.ts";
import { HttpRefusal } from "./http-refusal.ts";
import { plainAddress } from "./request-context.ts";

export interface CollectOptions {
  readonly collector: Pick<CollectorService, "collect">;
  readonly authenticator: Authenticator;
  readonly now: () => Date;
  /** Whether a proxy in front sets headers that callers can't. */
  readonly isProxied: boolean;
}

/** The single letters are those of Segment's client for browsers. */
const letters: Readonly<Record<string, EventType>> = {
  t: "track",
  i: "identify",
  p: "page",
  s: "screen",
  g: "group",
  a: "alias",
};

/** What an image tag gets: one transparent point. */
const gif = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");

/** Where visitors' events arrive: our pixel's address, and those of the public clients of Segment, RudderStack and Jitsu. */
export function addCollectRoutes(app: FastifyInstance, options: CollectOptions): void {
  app.register((routes, _options, done) => {
    routes.removeAllContentTypeParsers();
    routes.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: eventLimits.bodyBytes }, (_request, body, read) =>
      read(null, body),
    );
    const bodies = new BodyDeadline(routes);
    const post = (url: string, type: EventType | undefined) =>
      routes.post(url, { preParsing: bodies.begin }, async (request, reply) => {
        bodies.arrived(request);
        const body = await readCollectBody(request.body);
        const envelope = readEnvelope(body, type);
        return answer(reply, await collect(request, reply, { credentialIn: body, envelope, options }));
      });

    post("/collect", undefined);
    for (const base of ["", "/v1"]) {
      post(`${base}/b`, undefined);
      for (const [letter, type] of Object.entries(letters)) post(`${base}/${letter}`, type);
    }
    for (const base of ["/v1", "/api/s", "/api/s/s2s"]) {
      post(`${base}/batch`, undefined);
      for (const type of eventTypes) post(`${base}/${type}`, type);
    }
    routes.get("/collect.gif", { exposeHeadRoute: false }, async (request, reply) => {
      const envelope = readPixelQuery(request.query, request.headers.referer);
      const { rejected } = await collect(request, reply, { credentialIn: undefined, envelope, options });
      for (const { message } of rejected) throw new HttpRefusal(400, message);
      return reply.header("cross-origin-resource-policy", "cross-origin").type("image/gif").send(gif);
    });
    done();
  });
}

async function collect(
  request: FastifyRequest,
  reply: FastifyReply,
  { credentialIn, envelope, options }: { credentialIn: unknown; envelope: Envelope; options: CollectOptions },
): Promise<Collected> {
  const { headers } = request;
  const credential = collectCredential(headers, credentialIn, request.query);
  const from = { origin: headers.origin ?? originOf(headers.referer), address: request.ip };
  const { authenticator } = options;
  const principal = authorize(
    authenticator.known?.(credential, from) ?? (await authenticator.authenticate(credential, from)),
    "event:collect",
  );
  request.principal = principal;
  try {
    return await options.collector.collect(envelope, {
      tenantId: principal.tenantId,
      keyId: principal.kind === "MEMBER" ? null : principal.keyId,
      receivedAt: options.now(),
      address: plainAddress(request.ip),
      userAgent: headers["user-agent"] ?? null,
      country: options.isProxied ? countryOf(headers) : null,
      // Programs send no Origin; Node sends even Sec-Fetch-Mode.
      isBrowser: headers.origin !== undefined || request.url.startsWith("/collect"),
      isPrefetch: isPrefetch(headers),
      isPrivate: one(headers["sec-gpc"]) === "1" || one(headers["dnt"]) === "1",
    });
  } catch (error) {
    if (error instanceof AppError && error.code === "UNAVAILABLE") reply.header("retry-after", "1");
    throw error;
  }
}

/** An event that stands alone and can't be taken is a wrong request; in a batch the others count. */
function answer(reply: FastifyReply, { accepted, rejected }: Collected): FastifyReply {
  const [first] = rejected;
  if (accepted === 0 && first !== undefined) throw new HttpRefusal(400, `${first.code}: ${first.message}`);
  return reply.send({ success: true, accepted, ...(first === undefined ? {} : { rejected }) });
}

function one(header: string | string[] | undefined): string {
  return typeof header === "string" ? header : "";
}

/** An image names no origin, but the page that it is on. */
function originOf(referer: string | undefined): string | undefined {
  return referer !== undefined && URL.canParse(referer) ? new URL(referer).origin : undefined;
}
