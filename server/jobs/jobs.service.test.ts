import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { payload, startApp, type TestApp } from "../../test/app.ts";
import { insertDeadJob } from "../../test/dead-job.ts";
import { ownerToken } from "../../test/owner-token.ts";
import { queueMail } from "../../test/queue-mail.ts";
import { waitFor } from "../../test/wait-for.ts";
import { toId } from "../operations/ids.ts";

let app: TestApp;
/** Of another tenant's owner. */
let other: string;

beforeAll(async () => {
  app = await startApp();
  other = await ownerToken(app, await app.createTenant());
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

interface ShownJob {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly attempts: number;
  readonly error: string | null;
}

async function jobs(filter: object | null = null, credential?: string): Promise<ShownJob[]> {
  const query = `query ($filter: JobFilter) { jobs(filter: $filter) { totalCount nodes {
    id kind state attempts error createdAt startAfter startedAt finishedAt } } }`;
  return payload<{ nodes: ShownJob[] }>(await app.graphql(query, { filter }, credential), "jobs").nodes;
}

async function change(field: "retryJob" | "cancelJob", id: string, credential?: string) {
  const type = field === "retryJob" ? "RetryJobInput" : "CancelJobInput";
  const query = `mutation ($input: ${type}!) { ${field}(input: $input) { job { id state } userErrors { code } } }`;
  type Payload = { job: ShownJob | null; userErrors: { code: string }[] };
  return payload<Payload>(await app.graphql(query, { input: { id } }, credential), field);
}

describe("the list of jobs", () => {
  it("shows what waits and what was done, page by page", async () => {
    await queueMail(app, { cause: "jobs:1" });
    await queueMail(app, { cause: "jobs:2", dueAt: new Date(Date.now() + 86_400_000) });
    await waitFor(async () => (await jobs({ state: { eq: "COMPLETED" } })).length === 1);
    expect(await jobs({ kind: { eq: "mail" } })).toMatchObject([
      { state: "WAITING", attempts: 0, error: null, startedAt: null },
      { state: "COMPLETED", attempts: 1, error: null },
    ]);
    type List = { nodes: ShownJob[]; pageInfo: { endCursor: string; hasNextPage: boolean } };
    const page = async (after: string | null) => {
      const query =
        "query ($after: Cursor) { jobs(first: 1, after: $after) { nodes { state } pageInfo { endCursor hasNextPage } } }";
      return payload<List>(await app.graphql(query, { after }), "jobs");
    };
    const first = await page(null);
    const second = await page(first.pageInfo.endCursor);
    expect([first.nodes[0]?.state, second.nodes[0]?.state]).toEqual(["WAITING", "COMPLETED"]);
    expect(second.pageInfo.hasNextPage).toBe(false);
  });

  it("is the tenant's own", async () => {
    expect(await jobs(null, other)).toEqual([]);
    const id = (await jobs({ state: { eq: "WAITING" } }))[0]?.id ?? "";
    expect((await change("cancelJob", id, other)).userErrors).toEqual([{ code: "NOT_FOUND" }]);
    expect((await change("retryJob", id, other)).userErrors).toEqual([{ code: "NOT_FOUND" }]);
  });
});

describe("a job", () => {
  it("that waits is cancelled, and isn't retried", async () => {
    const id = (await jobs({ state: { eq: "WAITING" } }))[0]?.id ?? "";
    expect((await change("retryJob", id)).userErrors).toEqual([{ code: "NOT_RETRYABLE" }]);
    expect(await change("cancelJob", id)).toEqual({ job: { id, state: "CANCELLED" }, userErrors: [] });
    expect((await change("cancelJob", id)).userErrors).toEqual([{ code: "NOT_CANCELLABLE" }]);
  });

  it("that is dead is seen once, says why, keeps its id when it is requeued, and is then done", async () => {
    const id = toId("Job", await insertDeadJob(app));
    expect(await jobs({ state: { eq: "DEAD" } })).toMatchObject([
      { id, kind: "mail", state: "DEAD", attempts: 3, error: "the disk is full" },
    ]);
    expect(await change("retryJob", id)).toMatchObject({ job: { id }, userErrors: [] });
    await waitFor(async () => (await jobs()).some((job) => job.id === id && job.state === "COMPLETED"));
    expect(await jobs({ state: { eq: "DEAD" } })).toEqual([]);
    const node = await app.graphql("query ($id: ID!) { node(id: $id) { ... on Job { kind state } } }", { id });
    expect(node.data).toEqual({ node: { kind: "mail", state: "COMPLETED" } });
  });

  it("that is dead is cancelled when nobody wants it any more", async () => {
    const id = toId("Job", await insertDeadJob(app));
    expect(await change("cancelJob", id)).toEqual({ job: { id, state: "CANCELLED" }, userErrors: [] });
  });
});
