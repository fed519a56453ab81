import { PassThrough } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { DownloadRefusal, DownloadSink, LeadExportService } from "../leads/lead-export.service.ts";
import { AppError } from "../operations/app-error.ts";
import { HttpRefusal } from "./http-refusal.ts";

/** How long a receiver may take nothing: meanwhile a connection to the database waits for him. */
const idleMs = 60_000;

/** Serves the files of exportLeads at their links. */
export function addDownloadRoute(app: FastifyInstance, exports: LeadExportService): void {
  app.route<{ Params: { token: string } }>({
    method: "GET",
    url: "/downloads/leads/:token",
    exposeHeadRoute: false, // each download is a journal entry; a look at the headers would be one, too
    handler: (request, reply) => send(request, reply, exports),
  });
}

async function send(
  request: FastifyRequest<{ Params: { token: string } }>,
  reply: FastifyReply,
  exports: LeadExportService,
): Promise<FastifyReply> {
  const body = new PassThrough({ highWaterMark: 256 * 1024 });
  reply.raw.once("close", () => body.destroy());
  let hasBegun = false;
  const sink: DownloadSink = {
    begin({ fileName, mediaType }) {
      hasBegun = true;
      void reply
        .header("content-type", mediaType)
        .header("content-disposition", `attachment; filename="${fileName}"`)
        .send(body);
    },
    write: (text) => write(body, text),
  };
  try {
    const refused = await exports.download(request.params.token, request.id, sink);
    if (refused !== undefined) throw refusal(refused);
    body.end();
  } catch (error) {
    if (!hasBegun) throw error;
    // The answer has begun: breaking it off is the only way left to say that the file isn't whole.
    if (!(error instanceof ReceiverGone))
      request.server.appLog.error({ err: error, requestId: request.id }, "an export broke off");
    body.destroy();
    reply.raw.destroy();
  }
  return reply;
}

class ReceiverGone extends Error {
  override readonly name = "ReceiverGone";
}

/** Resolves when the receiver has taken enough for more. */
function write(body: PassThrough, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    if (body.destroyed) return reject(new ReceiverGone());
    if (body.write(text)) return resolve();
    const settle = (finish: () => void) => {
      clearTimeout(timer);
      body.removeListener("drain", onDrain).removeListener("close", onClose);
      finish();
    };
    const onDrain = () => settle(resolve);
    const onClose = () => settle(() => reject(new ReceiverGone()));
    const timer = setTimeout(onClose, idleMs);
    body.once("drain", onDrain).once("close", onClose);
  });
}

function refusal(refused: DownloadRefusal): Error {
  switch (refused) {
    case "UNKNOWN_LINK":
      return new HttpRefusal(404, "There is nothing at this address.");
    case "EXPIRED_LINK":
      return new HttpRefusal(410, "The link has expired. Ask for another one with exportLeads.");
    case "NOT_ALLOWED":
      return new HttpRefusal(410, "Whoever this link was made for may no longer export leads.");
    case "TOO_MANY":
      return new AppError("UNAVAILABLE", "Too many downloads are going on. Try again soon.");
  }
}
