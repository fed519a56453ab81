import { describe, expect, it } from "@jest/globals";
import { auditServer } from "graphql-http";
import { startApp } from "../../test/app.ts";

describe("the audits of GraphQL over HTTP (graphql-http)", () => {
  it("all pass with a credential", async () => {
    await using app = await startApp();
    const authorization = `Bearer ${app.tenant.secretKey}`;
    const results = await auditServer({
      url: `${app.url}/graphql`,
      fetchFn: (url: string, init?: RequestInit) => fetch(url, { ...init, headers: withHeader(init, authorization) }),
    });
    const failed = results.filter((result) => result.status !== "ok");
    expect(
      failed.map(({ id, name, status, ...rest }) => ({
        id,
        name,
        status,
        reason: "reason" in rest ? rest.reason : "",
      })),
    ).toEqual([]);
    expect(results).toHaveLength(61);
  });
});

function withHeader(init: RequestInit | undefined, authorization: string): Headers {
  const headers = new Headers(init?.headers);
  headers.set("authorization", authorization);
  return headers;
}
