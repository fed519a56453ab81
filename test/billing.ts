import { randomUUID } from "node:crypto";
import { payload, type TestApp } from "./app.ts";

export type Graphql = TestApp["graphql"];

export interface Answer {
  readonly payment: PaymentAnswer | null;
  readonly subscription: SubscriptionAnswer | null;
  readonly receipt: { readonly id: string } | null;
  readonly refund: { readonly id: string; readonly creditsTaken: number; readonly creditsOwed: number } | null;
  readonly userErrors: readonly { readonly code: string }[];
}

export interface PaymentAnswer {
  readonly id: string;
  readonly state: string;
  readonly transferState: string;
  readonly reference: string;
  readonly purpose: string;
  readonly credits: number;
  readonly amount: { readonly amountMinor: number; readonly currency: string; readonly amount: string };
  readonly received: { readonly amountMinor: number };
  readonly instructions: readonly { readonly label: string; readonly value: string }[];
}

export interface SubscriptionAnswer {
  readonly id: string;
  readonly state: string;
  readonly periodStartsAt: string | null;
  readonly periodEndsAt: string | null;
  readonly plan: { readonly key: string };
  readonly nextPlan: { readonly key: string } | null;
}

export const paymentFields = `id state transferState reference purpose credits amount { amountMinor currency amount } received { amountMinor }
  instructions { label value }`;
export const subscriptionFields = "id state periodStartsAt periodEndsAt plan { key } nextPlan { key }";

const selections: Readonly<Record<string, string>> = {
  subscribe: `subscription { ${subscriptionFields} } payment { ${paymentFields} }`,
  changePlan: `subscription { ${subscriptionFields} } payment { ${paymentFields} }`,
  cancelSubscription: `subscription { ${subscriptionFields} }`,
  resumeSubscription: `subscription { ${subscriptionFields} }`,
  purchasePack: `payment { ${paymentFields} }`,
  cancelPayment: `payment { ${paymentFields} }`,
  confirmTransfer: `payment { ${paymentFields} } receipt { id }`,
  confirmLocalPayment: `payment { ${paymentFields} } receipt { id }`,
  approvePayment: `payment { ${paymentFields} }`,
  voidLocalPayment: `payment { ${paymentFields} } receipt { id }`,
  voidTransfer: `payment { ${paymentFields} } receipt { id }`,
  refundPayment: `payment { ${paymentFields} } refund { id creditsTaken creditsOwed }`,
};

/** Runs one of billing's mutations. */
export async function bill(graphql: Graphql, field: string, input: object, credential?: string): Promise<Answer> {
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${field}(input: $input) { ${selections[field] ?? "cursor"} userErrors { code } } }`;
  const {
    payment = null,
    subscription = null,
    receipt = null,
    refund = null,
    userErrors,
  } = payload<Partial<Answer>>(await graphql(query, { input }, credential), field);
  return { payment, subscription, receipt, refund, userErrors: userErrors ?? [] };
}

/** What there must be in an answer; throws with what there is. */
export function some<Value>(value: Value | null | undefined, answer: unknown): Value {
  if (value == null) throw new Error(`it isn't there: ${JSON.stringify(answer)}`);
  return value;
}

/** Bank details, and the example's catalogue. Returns the offers' ids by their keys. */
export async function openShop(graphql: Graphql, ownerToken: string): Promise<Record<string, string>> {
  const bankDetails = { beneficiary: "Lycée Hélios", iban: "FR14 2004 1010 0505 0001 3M02 606", bic: "BNPAFRPP" };
  const settings = await graphql(
    "mutation ($input: UpdateBillingSettingsInput!) { updateBillingSettings(input: $input) { userErrors { code } } }",
    { input: { bankDetails, approvalOver: [{ amountMinor: 250_000, currency: "TND" }] } },
    ownerToken,
  );
  const { userErrors } = payload<{ userErrors: unknown[] }>(settings, "updateBillingSettings");
  if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
  const added = await graphql(
    "mutation { addExampleCatalogue(input: { confirms: true }) { plans { id key } packs { id key } } }",
    {},
    ownerToken,
  );
  const { plans, packs } = payload<{ plans: Offer[]; packs: Offer[] }>(added, "addExampleCatalogue");
  return Object.fromEntries([...plans, ...packs].map(({ id, key }) => [key, id]));
}

interface Offer {
  readonly id: string;
  readonly key: string;
}

export async function newClient(
  graphql: Graphql,
  email = `${randomUUID()}@example.com`,
  { sendsLogin = false }: { readonly sendsLogin?: boolean } = {},
): Promise<string> {
  const answer = await graphql(
    "mutation ($input: CreateClientInput!) { createClient(input: $input) { client { id } userErrors { code } } }",
    { input: { name: "Amina", email, sendsLogin } },
  );
  return some(payload<{ client: { id: string } | null }>(answer, "createClient").client, answer).id;
}

export async function signIn(app: TestApp): Promise<string> {
  const { ownerEmail: email, ownerPassword: password } = app.tenant;
  const answer = await app.graphql(
    "mutation ($input: SignInInput!) { signIn(input: $input) { tokens { accessToken } } }",
    { input: { email, password } },
    null,
  );
  return payload<{ tokens: { accessToken: string } }>(answer, "signIn").tokens.accessToken;
}

/** Somebody of the team; his access token. */
export async function newMember(app: TestApp, ownerToken: string, role = "ASSISTANT"): Promise<string> {
  const invited = await app.graphql(
    "mutation ($input: InviteMemberInput!) { inviteMember(input: $input) { token } }",
    { input: { email: `${randomUUID()}@example.com`, role } },
    ownerToken,
  );
  const { token } = payload<{ token: string }>(invited, "inviteMember");
  const accepted = await app.graphql(
    "mutation ($input: AcceptInviteInput!) { acceptInvite(input: $input) { tokens { accessToken } } }",
    { input: { token, name: "Staff", password: "correct horse battery staple" } },
    null,
  );
  return payload<{ tokens: { accessToken: string } }>(accepted, "acceptInvite").tokens.accessToken;
}

export async function creditsOf(graphql: Graphql, clientId: string): Promise<{ balance: number; usable: number }> {
  const answer = await graphql("query ($id: ID!) { creditAccount(clientId: $id) { balance usable } }", {
    id: clientId,
  });
  return payload(answer, "creditAccount");
}
