import { payload, type TestApp, type TestTenant } from "./app.ts";

/** An access token of the tenant's owner, who may more than any key. */
export async function ownerToken(
  app: Pick<TestApp, "graphql" | "tenant">,
  tenant: TestTenant = app.tenant,
): Promise<string> {
  const input = { email: tenant.ownerEmail, password: tenant.ownerPassword };
  const query = "mutation ($input: SignInInput!) { signIn(input: $input) { tokens { accessToken } } }";
  const answer = await app.graphql(query, { input }, null);
  return payload<{ tokens: { accessToken: string } }>(answer, "signIn").tokens.accessToken;
}
