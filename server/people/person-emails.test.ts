import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { payload, startApp, type TestApp } from "../../test/app.ts";
import { mutate } from "../../test/calendar.ts";
import { TestClock } from "../../test/clock.ts";
import { type Mailbox, memberPassword, openMailbox } from "../../test/people.ts";
import { createFamily } from "../../test/sessions.ts";

const clock = new TestClock();
const monday = "2026-11-23T10:00:00Z";

let app: TestApp;
let graphql: TestApp["graphql"];
let mailbox: Mailbox;

beforeAll(async () => {
  clock.set(monday);
  app = await startApp({ clock });
  graphql = (query, variables, credential) => app.graphql(query, variables, credential);
  mailbox = await openMailbox(app);
});

beforeEach(() => clock.set(monday));

afterAll(async () => {
  await mailbox[Symbol.asyncDispose]();
  await app[Symbol.asyncDispose]();
});

const newEmail = () => `${randomUUID()}@example.com`;

interface Outcome {
  readonly isPending?: boolean;
  readonly email?: string | null;
  readonly accepted?: boolean;
  readonly userErrors: readonly { readonly code: string }[];
}

const codesOf = ({ userErrors }: Outcome) => userErrors.map(({ code }) => code);
const change = (input: object, credential?: string) =>
  mutate<Outcome>(graphql, "changeEmail", input, "isPending", credential);

const resend = (email: string) =>
  mutate<Outcome>(graphql, "resendLogin", { email }, "accepted", app.tenant.publishableKey);

/** The secret of the newest link that was mailed to somebody. */
async function secretFor(email: string): Promise<string> {
  return new URLSearchParams(new URL(await mailbox.link(email)).hash.slice(1)).get("token") ?? "";
}

/** Nobody is signed in where a mail is read. */
async function confirm(token: string): Promise<Outcome> {
  const query =
    "mutation ($input: ConfirmEmailChangeInput!) { confirmEmailChange(input: $input) { email userErrors { code } } }";
  return payload<Outcome>(await app.graphql(query, { input: { token } }, null), "confirmEmailChange");
}

async function canSignIn(email: string): Promise<boolean> {
  const query = "mutation ($input: SignInInput!) { signIn(input: $input) { member { id } } }";
  const answer = await app.graphql(query, { input: { email, password: memberPassword } }, null);
  return payload<{ member: unknown }>(answer, "signIn").member !== null;
}

test("somebody changes his own address with his password, once the new one is confirmed", async () => {
  const { clientId, clientEmail } = await createFamily(graphql, 0);
  const token = await mailbox.join(clientEmail);
  const email = newEmail();
  expect(codesOf(await change({ email }, token))).toEqual(["PASSWORD_WRONG"]);
  expect(codesOf(await change({ email, password: "something else entirely" }, token))).toEqual(["PASSWORD_WRONG"]);
  expect(codesOf(await change({ email: "amel", password: memberPassword }, token))).toEqual(["EMAIL_INVALID"]);
  const asked = await change({ email: email.toUpperCase(), password: memberPassword }, token);
  expect(asked).toEqual({ isPending: true, userErrors: [] });
  expect(await mailbox.kinds(email)).toEqual(["EMAIL_CHANGE"]);
  expect(await mailbox.kinds(clientEmail)).toEqual(["WELCOME"]);
  const secret = await secretFor(email);
  expect(codesOf(await confirm(`${secret.slice(0, -4)}AAAA`))).toEqual(["TOKEN_INVALID"]);
  clock.advance({ minutes: 24 * 60 });
  expect(codesOf(await confirm(secret))).toEqual(["TOKEN_INVALID"]);
  clock.advance({ minutes: -1 });
  expect(await confirm(secret)).toEqual({ email, userErrors: [] });
  expect(codesOf(await confirm(secret))).toEqual(["TOKEN_INVALID"]);
  expect(await mailbox.kinds(clientEmail)).toEqual(["WELCOME", "EMAIL_CHANGED"]);
  expect([await canSignIn(email), await canSignIn(clientEmail)]).toEqual([true, false]);
  const seen = await graphql("query ($id: ID!) { client(id: $id) { email } }", { id: clientId });
  expect(seen.data).toEqual({ client: { email } });
  const valid = await graphql("{ verifyJournal { valid } }");
  expect(valid.data).toEqual({ verifyJournal: { valid: true } });
});

test("an address that somebody else has isn't taken, and only the team is told before it is confirmed", async () => {
  const one = await createFamily(graphql, 0);
  const other = await createFamily(graphql, 0);
  const token = await mailbox.join(one.clientEmail);
  expect(codesOf(await change({ id: one.clientId, email: other.clientEmail }))).toEqual(["EMAIL_TAKEN"]);
  const asked = await change({ email: other.clientEmail, password: memberPassword }, token);
  expect(asked).toEqual({ isPending: true, userErrors: [] });
  expect(codesOf(await confirm(await secretFor(other.clientEmail)))).toEqual(["EMAIL_TAKEN"]);
  const stranger = { id: other.clientId, email: newEmail(), password: memberPassword };
  expect(codesOf(await change(stranger, token))).toEqual(["NOT_FOUND"]);
  for (let count = 0; count < 4; count += 1) await change({ email: newEmail(), password: memberPassword }, token);
  const last = { email: newEmail(), password: memberPassword };
  expect(codesOf(await change(last, token))).toEqual(["TOO_MANY_REQUESTS"]);
  expect(await mailbox.kinds(last.email)).toEqual([]);
});

test("the team changes an address at once when nobody signs in with it, and the login goes to the new one", async () => {
  const { clientId, clientEmail } = await createFamily(graphql, 0);
  const earlier = await secretFor(clientEmail);
  const email = newEmail();
  expect(await change({ id: clientId, email })).toEqual({ isPending: false, userErrors: [] });
  expect(await mailbox.kinds(email)).toEqual(["WELCOME"]);
  const joining = { token: earlier, name: "Nobody", password: memberPassword };
  const joined = await graphql(
    "mutation ($input: AcceptInviteInput!) { acceptInvite(input: $input) { userErrors { code } } }",
    { input: joining },
    null,
  );
  expect(codesOf(payload(joined, "acceptInvite"))).toEqual(["TOKEN_INVALID"]);
  await mailbox.join(email);
  const seen = await graphql("query ($id: ID!) { client(id: $id) { email hasLogin } }", { id: clientId });
  expect(seen.data).toEqual({ client: { email, hasLogin: true } });
  const pending = newEmail();
  expect(await change({ id: clientId, email: pending })).toEqual({ isPending: true, userErrors: [] });
  expect(await confirm(await secretFor(pending))).toEqual({ email: pending, userErrors: [] });
});

test("a login is mailed once more, at most once in an hour, and the answer is the same for everybody", async () => {
  const { clientEmail } = await createFamily(graphql, 0);
  const first = await secretFor(clientEmail);
  const member = (await createFamily(graphql, 0)).clientEmail;
  await mailbox.join(member);
  const unknown = newEmail();
  const same = { accepted: true, userErrors: [] };
  for (const email of [clientEmail, member, unknown]) expect(await resend(email)).toEqual(same);
  expect(await mailbox.kinds(clientEmail)).toEqual(["WELCOME"]);
  clock.advance({ minutes: 60 });
  for (const email of [clientEmail, member, unknown]) expect(await resend(email)).toEqual(same);
  expect(await mailbox.kinds(clientEmail)).toEqual(["WELCOME", "WELCOME"]);
  expect(await mailbox.kinds(member)).toEqual(["WELCOME", "DUPLICATE_ENROLMENT"]);
  expect(await mailbox.kinds(unknown)).toEqual([]);
  expect(await secretFor(clientEmail)).not.toBe(first);
  await mailbox.join(clientEmail);
  expect(codesOf(await resend("nobody"))).toEqual(["EMAIL_INVALID"]);
});
