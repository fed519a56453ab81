import { expect, it } from "@jest/globals";
import { createClient } from "graphql-ws";
import { WebSocket } from "ws";
import { startApp } from "../../test/app.ts";

it.each([
  ["true", "203.0.113.7"],
  ["false", "127.0.0.1"],
])("the caller's address on a socket, with TRUST_PROXY=%s, is %s", async (trustProxy, expected) => {
  await using app = await startApp({ env: { TRUST_PROXY: trustProxy } });
  class ProxiedSocket extends WebSocket {
    constructor(url: string, protocols: string) {
      super(url, protocols, { headers: { "x-forwarded-for": "203.0.113.7, 10.0.0.1" } });
    }
  }
  const client = createClient({
    url: `${app.url.replace("http", "ws")}/graphql`,
    webSocketImpl: ProxiedSocket,
    connectionParams: { authorization: `Bearer ${app.tenant.secretKey}` },
    retryAttempts: 0,
  });
  const query = `mutation { captureLead(input: { email: "a@example.com", consent: { purpose: "p", textVersion: "1" } }) {
    lead { consents { address } } userErrors { message } } }`;
  const { value: result } = (await client.iterate({ query }).next()) as { value: unknown };
  await client.dispose();
  expect(result).toMatchObject({ data: { captureLead: { lead: { consents: [{ address: expected }] } } } });
});
