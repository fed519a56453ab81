import { describe, expect, test } from "@jest/globals";
import { startApp, type TestApp } from "../../test/app.ts";
import { follow } from "../../test/live.ts";

const entries = `subscription ($after: Cursor, $types: [String!]) {
  journal(after: $after, types: $types) {
    __typename
    ... on JournalEntry { position type cursor }
    ... on Lagged { missed resumeAt }
  }
}`;

interface Entry {
  readonly __typename: string;
  readonly position: string;
  readonly type: string;
  readonly cursor: string;
}

async function capture(app: TestApp, count = 1): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    const { errors } = await app.graphql(
      `mutation ($email: String!) { captureLead(input: { email: $email }) { accepted userErrors { message } } }`,
      { email: `lead-${Math.random()}@example.com` },
    );
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
  }
}

function entriesOf(results: readonly { readonly data?: Record<string, unknown> | null }[]): Entry[] {
  return results.map(({ data }) => data?.["journal"] as Entry);
}

describe("subscriptions over graphql-transport-ws", () => {
  test("follow the journal from now on, after the server has told the place", async () => {
    await using app = await startApp();
    const { url, tenant } = app;
    await capture(app, 2);
    await using followed = follow({ url, credential: tenant.secretKey, query: entries });
    await followed.live();
    await capture(app, 3);
    const delivered = entriesOf(await followed.until(3));
    const [first] = delivered;
    expect(delivered.map(({ type }) => type)).toEqual(["lead.captured", "lead.captured", "lead.captured"]);
    expect(delivered.map(({ position }) => Number(position) - Number(first?.position))).toEqual([0, 1, 2]);
  });

  test("replay from a cursor and go on live", async () => {
    await using app = await startApp();
    const { url, tenant } = app;
    const place = (await app.graphql(`{ eventCursor }`)).data?.["eventCursor"];
    await capture(app, 5);
    await using followed = follow({ url, credential: tenant.secretKey, query: entries, variables: { after: place } });
    await followed.until(5);
    await capture(app, 2);
    const results = await followed.until(7);
    const positions = entriesOf(results).map(({ position }) => Number(position));
    expect(positions).toEqual(positions.map((_, index) => (positions[0] ?? 0) + index));
    // Each message says which one came before it.
    const cursors = entriesOf(results).map(({ cursor }) => cursor);
    expect(results.map(({ extensions }) => extensions?.["cursor"])).toEqual(cursors);
    expect(results.map(({ extensions }) => extensions?.["previous"])).toEqual([place, ...cursors.slice(0, -1)]);
  });
});
