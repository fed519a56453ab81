import { expect, test } from "@jest/globals";
import { payload, startApp } from "./app.ts";

const password = "correct horse battery staple";

interface Tokens {
  accessToken: string;
  refreshToken: string;
}

test("a team signs up, invites, works with keys, and loses access when it is taken away", async () => {
  await using app = await startApp();
  const signedUp = await app.graphql(
    `mutation { signUp(input: { tenantName: "Atlas", name: "Amina", email: "amina@example.com", password: "${password}" }) {
      tokens { accessToken refreshToken } tenant { id name currency } member { role } cursor userErrors { code }
    } }`,
    {},
    null,
  );
  const { tokens: owner, tenant } = payload<{ tokens: Tokens; tenant: { id: string } }>(signedUp, "signUp");
  expect(tenant).toMatchObject({ name: "Atlas", currency: "USD" });

  const invited = await app.graphql(
    `mutation { inviteMember(input: { email: "karim@example.com", role: COACH }) { token invitation { id role } userErrors { code } } }`,
    {},
    owner.accessToken,
  );
  const { token } = payload<{ token: string }>(invited, "inviteMember");
  const accepted = await app.graphql(
    `mutation Accept($input: AcceptInviteInput!) { acceptInvite(input: $input) {
      tokens { accessToken refreshToken } member { id role } userErrors { code message field }
    } }`,
    { input: { token, name: "Karim", password } },
    null,
  );
  const { tokens: coach, member } = payload<{ tokens: Tokens; member: { id: string } }>(accepted, "acceptInvite");

  const refused = await app.graphql(`{ members { nodes { email } } }`, {}, coach.accessToken);
  expect(refused).toMatchObject({
    status: 403,
    errors: [{ extensions: { code: "FORBIDDEN", reason: "SCOPE", scope: "member:read" } }],
  });
  const listed = await app.graphql(
    `query Team($id: ID!) { members(first: 10) { edges { cursor node { email role } } pageInfo { hasNextPage } }
      node(id: $id) { __typename id ... on Member { name } } viewer { role permissions member { email } key { id } } }`,
    { id: member.id },
    owner.accessToken,
  );
  expect(listed.errors).toBeUndefined();
  expect(listed.data).toMatchObject({
    members: { edges: [{ node: { role: "OWNER" } }, { node: { email: "karim@example.com", role: "COACH" } }] },
    node: { __typename: "Member", name: "Karim" },
    viewer: { role: "OWNER", member: { email: "amina@example.com" }, key: null },
  });
  const foreign = await app.graphql(`query ($id: ID!) { node(id: $id) { id } nodes(ids: [$id, "x"]) { id } }`, {
    id: member.id,
  });
  expect(foreign.data).toEqual({ node: null, nodes: [null, null] });

  const created = await app.graphql(
    `mutation { createApiKey(input: { name: "CRM", scopes: ["lead:read"] }) { secret key { id scopes lastFour } userErrors { code } } }`,
    {},
    owner.accessToken,
  );
  const { secret, key } = payload<{ secret: string; key: { id: string } }>(created, "createApiKey");
  const asKey = await app.graphql(`{ viewer { key { id name } member { id } permissions } }`, {}, secret);
  expect(asKey.data).toMatchObject({ viewer: { key: { id: key.id, name: "CRM" }, member: null } });
  await app.graphql(
    `mutation ($id: ID!) { revokeApiKey(input: { keyId: $id }) { key { revokedAt } } removeMember(input: { memberId: "${member.id}" }) { member { status } } }`,
    { id: key.id },
    owner.accessToken,
  );
  for (const credential of [secret, coach.accessToken]) {
    const answer = await app.graphql(`{ viewer { tenant { id } } }`, {}, credential);
    expect(answer).toMatchObject({
      status: 401,
      errors: [{ extensions: { code: "UNAUTHENTICATED", reason: "CREDENTIAL" } }],
    });
  }
});

test("too many wrong passwords are refused as RATE_LIMITED, with the time to wait", async () => {
  await using app = await startApp();
  const signIn = () =>
    app.graphql(
      `mutation { signIn(input: { email: "nobody@example.com", password: "a wrong password" }) { tokens { accessToken } userErrors { code } } }`,
      {},
      null,
    );
  const answers = await Promise.all(Array.from({ length: 15 }, signIn));
  const limited = answers.filter(({ errors }) => errors !== undefined);
  expect(limited.length).toBeGreaterThan(0); // ten, unless the machine takes seconds to begin them
  expect(limited[0]).toMatchObject({
    errors: [{ path: ["signIn"], extensions: { code: "RATE_LIMITED", reason: "SIGN_IN" } }],
  });
  expect(limited[0]?.errors?.[0]?.extensions["retryAfterMs"]).toBeGreaterThan(0);
});

test("a publishable key works from the pages of its list, and captures only", async () => {
  await using app = await startApp();
  const { ownerEmail: email, ownerPassword } = app.tenant;
  const signedIn = await app.graphql(
    `mutation ($input: SignInInput!) { signIn(input: $input) { tokens { accessToken } } }`,
    { input: { email, password: ownerPassword } },
    null,
  );
  const { tokens } = payload<{ tokens: Tokens }>(signedIn, "signIn");
  const created = await app.graphql(
    `mutation { createPublishableKey(input: { name: "site", allowedOrigins: ["https://example.com"] }) { secret } }`,
    {},
    tokens.accessToken,
  );
  const { secret } = payload<{ secret: string }>(created, "createPublishableKey");
  const from = async (origin: string) => {
    const response = await fetch(`${app.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-api-key": secret, origin },
      body: JSON.stringify({ query: "{ viewer { permissions } }" }),
    });
    const { errors } = (await response.json()) as { errors?: { extensions: { reason: string } }[] };
    return { status: response.status, reason: errors?.[0]?.extensions.reason };
  };
  expect(await from("https://evil.test")).toEqual({ status: 403, reason: "ORIGIN" });
  expect(await from("https://example.com")).toEqual({ status: 403, reason: "SCOPE" }); // known, but viewer isn't for visitors
});
