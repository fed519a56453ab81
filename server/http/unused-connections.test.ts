import { once } from "node:events";
import { Agent, get, type IncomingMessage } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { text } from "node:stream/consumers";
import { expect, it } from "@jest/globals";
import { createLog } from "../log.ts";
import { createApp } from "./app.ts";

it("a connection that was opened in advance doesn't hold up the end; a request that runs is answered", async () => {
  const app = createApp({ log: createLog({ level: "silent" }), trustProxy: false });
  const asked = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<string>();
  app.get("/slow", () => {
    asked.resolve();
    return answer.promise;
  });
  await app.listen({ host: "127.0.0.1", port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const accepted = once(app.server, "connection");
  const unused = connect(port, "127.0.0.1");
  const isClosed = once(unused, "close");
  await accepted;
  const agent = new Agent(); // without keep-alive
  const request = get({ host: "127.0.0.1", port, path: "/slow", agent });
  const response = once(request, "response") as Promise<[IncomingMessage]>;
  await asked.promise;

  const end = app.close();
  await isClosed;
  answer.resolve("the answer");
  expect(await text((await response)[0])).toBe("the answer");
  await end;
}, 10_000); // the client of that connection would never give it up
