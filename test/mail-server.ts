import type { AddressInfo, Socket } from "node:net";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer } from "smtp-server";

/** What the server does with the next message. */
export type Reaction = "ACCEPT" | "LATER" | "REFUSE" | "VANISH_BEFORE" | "VANISH_AFTER";

export interface MailServer extends AsyncDisposable {
  readonly url: string;
  /** What has been accepted, also by a server that told nobody. */
  readonly accepted: { readonly to: string; readonly email: Email }[];
  /** In this order; afterwards it accepts. */
  readonly reactions: Reaction[];
  /** How many messages were begun. */
  readonly attempts: number;
}

/** A real SMTP server on a port of its own. */
export async function startMailServer(login?: { readonly user: string; readonly pass: string }): Promise<MailServer> {
  const accepted: MailServer["accepted"] = [];
  const reactions: Reaction[] = [];
  let attempts = 0;
  const sockets = new Set<Socket>();
  const vanish = () => {
    for (const socket of sockets) socket.destroy();
  };
  const receive = async (stream: Readable, to: string, answer: (error?: Error) => void) => {
    const raw = await text(stream);
    const reaction = reactions.shift() ?? "ACCEPT";
    if (reaction === "LATER") return answer(Object.assign(new Error("greylisted"), { responseCode: 451 }));
    if (reaction === "REFUSE") return answer(Object.assign(new Error("no such person"), { responseCode: 550 }));
    accepted.push({ to, email: await PostalMime.parse(raw) });
    if (reaction === "VANISH_AFTER") return vanish();
    answer();
  };
  const server = new SMTPServer({
    authOptional: login === undefined,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    hideSTARTTLS: true,
    onAuth({ username, password }, _session, done) {
      const isRight = username === login?.user && password === login?.pass;
      done(isRight ? null : new Error("wrong login"), isRight ? { user: username } : undefined);
    },
    onRcptTo(_address, _session, done) {
      attempts += 1;
      if (reactions[0] === "VANISH_BEFORE") {
        reactions.shift();
        return vanish();
      }
      done();
    },
    onData(stream, session, done) {
      void receive(stream, session.envelope.rcptTo[0]?.address ?? "", done);
    },
  });
  server.server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  server.on("error", () => undefined); // of connections that we cut
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  const credentials = login === undefined ? "" : `${login.user}:${encodeURIComponent(login.pass)}@`;
  return {
    url: `smtp://${credentials}127.0.0.1:${port}`,
    accepted,
    reactions,
    get attempts() {
      return attempts;
    },
    async [Symbol.asyncDispose]() {
      vanish();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
