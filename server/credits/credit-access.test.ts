import { expect, it } from "@jest/globals";
import { payload, startApp } from "../../test/app.ts";
import { openMailbox } from "../../test/people.ts";

it("shows a client his own credits, without the team's notes, and nobody else's; he changes none", async () => {
  await using app = await startApp();
  await using mailbox = await openMailbox(app);
  const create = async (email: string) => {
    const input = { name: "A client", email };
    const query = "mutation ($input: CreateClientInput!) { createClient(input: $input) { client { id } } }";
    const { client } = payload<{ client: { id: string } }>(await app.graphql(query, { input }), "createClient");
    const granted = await app.graphql(
      "mutation ($input: GrantCreditsInput!) { grantCredits(input: $input) { account { entries { nodes { id } } } } }",
      { input: { clientId: client.id, amount: 3, reason: "he complained" } },
    );
    const { account } = payload<{ account: { entries: { nodes: { id: string }[] } } }>(granted, "grantCredits");
    return { clientId: client.id, entryId: account.entries.nodes[0]?.id };
  };
  const own = await create("own@example.com");
  const other = await create("other@example.com");
  const token = await mailbox.join("own@example.com");

  const read = "query ($id: ID!) { creditAccount(clientId: $id) { usable entries { nodes { amount reason } } } }";
  expect((await app.graphql(read, { id: own.clientId }, token)).data).toEqual({
    creditAccount: { usable: 3, entries: { nodes: [{ amount: 3, reason: null }] } },
  });
  expect((await app.graphql(read, { id: own.clientId })).data).toMatchObject({
    creditAccount: { entries: { nodes: [{ reason: "he complained" }] } },
  });
  expect((await app.graphql(read, { id: other.clientId }, token)).data).toEqual({ creditAccount: null });
  const ids = [own.entryId, other.entryId];
  const nodes = await app.graphql("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", { ids }, token);
  expect(nodes.data).toEqual({ nodes: [{ id: own.entryId }, null] });
  const grant = await app.graphql(
    "mutation ($input: GrantCreditsInput!) { grantCredits(input: $input) { userErrors { code } } }",
    { input: { clientId: own.clientId, amount: 1_000 } },
    token,
  );
  expect(grant.errors?.[0]?.extensions["code"]).toBe("FORBIDDEN");
});
