import { expect, it } from "@jest/globals";
import { startApp, payload } from "./app.ts";
import { TestClock } from "./clock.ts";

it("tells requests what is now", async () => {
  const clock = new TestClock("2031-02-03T10:00:00Z");
  await using app = await startApp({ clock });
  const { ownerEmail: email, ownerPassword: password } = app.tenant;
  const signIn = `mutation ($email: String!, $password: String!) {
    signIn(input: { email: $email, password: $password }) { tokens { accessToken accessTokenExpiresAt } }
  }`;
  const { tokens } = payload<{ tokens: { accessToken: string; accessTokenExpiresAt: string } }>(
    await app.graphql(signIn, { email, password }, null),
    "signIn",
  );
  expect(tokens.accessTokenExpiresAt).toBe("2031-02-03T10:15:00.000Z");

  const viewer = () => app.graphql("{ viewer { permissions } }", {}, tokens.accessToken);
  clock.advance({ minutes: 14 });
  expect((await viewer()).errors).toBeUndefined();
  clock.advance({ minutes: 2 });
  expect((await viewer()).errors?.[0]?.extensions["code"]).toBe("UNAUTHENTICATED");
});

it("ends links when they said that they would", async () => {
  const clock = new TestClock("2031-02-03T10:00:00Z");
  await using app = await startApp({ clock });
  const { ownerEmail: email, ownerPassword: password } = app.tenant;
  const signedIn = await app.graphql(
    "mutation ($input: SignInInput!) { signIn(input: $input) { tokens { accessToken } } }",
    { input: { email, password } },
    null,
  );
  const { tokens } = payload<{ tokens: { accessToken: string } }>(signedIn, "signIn");
  const answer = await app.graphql(
    "mutation { exportLeads(input: { format: CSV }) { downloadUrl expiresAt userErrors { message } } }",
    {},
    tokens.accessToken,
  );
  const { downloadUrl, expiresAt } = payload<{ downloadUrl: string; expiresAt: string }>(answer, "exportLeads");
  expect(expiresAt).toBe("2031-02-03T10:15:00.000Z");
  expect((await fetch(downloadUrl)).status).toBe(200);
  clock.set("2031-02-03T10:15:00Z");
  expect((await fetch(downloadUrl)).status).toBe(410);
});
