import { describe, expect, it } from "@jest/globals";
import { createLog } from "./log.ts";

function record(write: (log: ReturnType<typeof createLog>) => void): string {
  let text = "";
  write(createLog({ level: "info", destination: { write: (line) => (text += line) } }));
  return text;
}

const secret = "hunter2-very-secret";
const jwt = "eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl";

describe("log", () => {
  it.each<[string, (log: ReturnType<typeof createLog>) => void]>([
    ["a password at the root", (log) => log.info({ password: secret }, "m")],
    ["a password deep inside", (log) => log.info({ a: { b: { c: { d: { newPassword: secret } } } } }, "m")],
    ["an authorization header", (log) => log.info({ req: { headers: { authorization: `Bearer ${secret}` } } }, "m")],
    ["cookies in a list", (log) => log.info({ headers: { "set-cookie": [`sid=${secret}`, `b=${secret}`] } }, "m")],
    ["an API key header", (log) => log.info({ headers: { "x-api-key": secret } }, "m")],
    ["a refresh token", (log) => log.info({ variables: { input: { refreshToken: secret } } }, "m")],
    ["a key in a child's fields", (log) => log.child({ secretKey: secret }).info("m")],
    ["a secret as bytes", (log) => log.info({ secret: { type: "Buffer", bytes: secret } }, "m")],
    ["a secret with quotes in it", (log) => log.info({ password: `"a\\"${secret}` }, "m")],
    ["JSON inside of a string", (log) => log.info({ body: JSON.stringify({ password: secret }) }, "m")],
    ["a header in a message", (log) => log.info(`sent Authorization: Bearer ${secret}`)],
    ["an API key in a message", (log) => log.info(`key nx_live_01k_${secret}`)],
    ["a refresh token in a message", (log) => log.info(`token nx_refresh_01k_${secret}`)],
    ["an invitation's token in a message", (log) => log.info(`token nx_invite_01k_${secret}`)],
    ["a token in a message", (log) => log.info(`token was ${jwt.replace("c2ln", secret)}`)],
    ["the password of a URL", (log) => log.info(`can't reach postgres://nexora:${secret}@db:5432/nexora`)],
    ["an error's message", (log) => log.error(new Error(`redis://:${secret}@cache:6379 refused`))],
  ])("hides %s", (_, write) => {
    const text = record(write);
    expect(text).toContain("[redacted]");
    expect(text).not.toContain(secret);
    expect(
      text
        .trim()
        .split("\n")
        .map((line): unknown => JSON.parse(line)),
    ).toHaveLength(1);
  });

  it("keeps what is no secret", () => {
    const text = record((log) =>
      log.info({ tokens: 42, keyId: "k1", name: "Ada", url: "http://localhost:4000/a@b" }, "m"),
    );
    expect(JSON.parse(text)).toMatchObject({ tokens: 42, keyId: "k1", name: "Ada", url: "http://localhost:4000/a@b" });
  });

  it("writes request id and tenant of a request's logger on each line", () => {
    const text = record((log) => log.child({ requestId: "r1", tenantId: "t1" }).info("served"));
    expect(JSON.parse(text)).toMatchObject({ level: "info", requestId: "r1", tenantId: "t1", msg: "served" });
  });
});
