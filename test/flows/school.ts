import { expect } from "@jest/globals";
import type { Email } from "postal-mime";
import { payload, startApp, type TestApp } from "../app.ts";
import { openShop, some } from "../billing.ts";
import { everyDay, mutate } from "../calendar.ts";
import { TestClock } from "../clock.ts";
import { memberPassword } from "../people.ts";
import { waitFor } from "../wait-for.ts";

/** Somebody with a login of his own. */
export interface Person {
  readonly email: string;
  /** Reads, as this person. */
  ask<Value>(query: string, variables?: Record<string, unknown>): Promise<Value>;
  /** Runs a mutation with one input, as this person. */
  do<Payload>(field: string, input: object, selection: string): Promise<Payload>;
}

/** A tutoring school in Tunis, open, with its people: each acts by the login that he was given. */
export interface School extends AsyncDisposable {
  readonly app: TestApp;
  readonly clock: TestClock;
  readonly owner: Person;
  /** Two of the team: what one records the other approves. */
  readonly sonia: Person;
  readonly karim: Person;
  /** Ids of plans and packs by their keys. */
  readonly offers: Readonly<Record<string, string>>;
  /** Amel with her son Sami, as the school's web page enrols them. */
  enrol(): Promise<Family>;
  /** The coach "Hélios", there every day from 8 to 20 in Tunis, and his lessons: an hour for one credit. */
  hire(): Promise<Staffed>;
  /** Moves the clock, and lets the server do what has come due. */
  at(instant: string): Promise<void>;
  /** The newest mail to somebody with such a subject, once it has gone out. */
  mail(to: string, subject: RegExp): Promise<Email>;
  /** Subjects of all mails to somebody, in the order in which they were due. */
  subjects(to: string): Promise<string[]>;
  account(clientId: string): Promise<Account>;
  /** Types of the journal's latest entries, oldest first. */
  journal(types: readonly string[]): Promise<string[]>;
}

export interface Family {
  readonly client: Person;
  readonly learner: Person;
  readonly clientId: string;
  readonly learnerId: string;
}

export interface Staffed {
  readonly coach: Person;
  readonly coachId: string;
  readonly sessionTypeId: string;
}

export interface Account {
  readonly balance: number;
  readonly held: number;
  readonly usable: number;
}

const clientEmail = "amel@example.com";
const learnerEmail = "sami@example.com";
const coachEmail = "helios@example.com";
/** A token lives for 15 minutes of the clock. */
const tokenMs = 10 * 60_000;

export async function openSchool(start: string): Promise<School> {
  const clock = new TestClock(start);
  const app = await startApp({ clock });
  const graphql: TestApp["graphql"] = (query, variables, credential) => app.graphql(query, variables, credential);

  function login(email: string, password = memberPassword): Person & { token(): Promise<string> } {
    let known: { readonly token: string; readonly at: number } | undefined;
    const token = async () => {
      const at = clock.now().getTime();
      if (known === undefined || Math.abs(at - known.at) > tokenMs)
        known = { token: await signIn(email, password), at };
      return known.token;
    };
    return {
      email,
      token,
      async ask<Value>(query: string, variables?: Record<string, unknown>) {
        const { data, errors } = await graphql(query, variables, await token());
        if (errors !== undefined) throw new Error(JSON.stringify(errors));
        return data as Value;
      },
      do: async (field, input, selection) => mutate(graphql, field, input, selection, await token()),
    };
  }

  async function signIn(email: string, password: string): Promise<string> {
    const query = "mutation ($input: SignInInput!) { signIn(input: $input) { tokens { accessToken } } }";
    const answer = await graphql(query, { input: { email, password } }, null);
    return some(payload<{ tokens: { accessToken: string } | null }>(answer, "signIn").tokens, answer).accessToken;
  }

  const mails = async (to: string) => (await app.mails()).filter((mail) => mail.to?.[0]?.address === to);

  async function mail(to: string, subject: RegExp): Promise<Email> {
    let found: Email | undefined;
    await waitFor(
      async () => {
        await app.runDue();
        found = (await mails(to)).findLast((each) => subject.test(each.subject ?? ""));
        return found !== undefined;
      },
      `a mail ${String(subject)} to ${to}`,
    );
    return some(found, to);
  }

  /** Chooses a password on the page that the welcome mail leads to. */
  async function accept(email: string): Promise<Person> {
    const { text } = await mail(email, /^Bienvenue/);
    const link = some(/http:\S+\/join#\S+/.exec(text ?? ""), text)[0];
    const secret = new URLSearchParams(new URL(link).hash.slice(1));
    const input = { token: secret.get("token"), name: secret.get("name") ?? email, password: memberPassword };
    const query = "mutation ($input: AcceptInviteInput!) { acceptInvite(input: $input) { userErrors { code } } }";
    const { userErrors } = payload<{ userErrors: unknown[] }>(await graphql(query, { input }, null), "acceptInvite");
    if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
    return login(email);
  }

  async function invite(email: string): Promise<Person> {
    const { token } = await owner.do<{ token: string }>("inviteMember", { email, role: "ASSISTANT" }, "token");
    const query = "mutation ($input: AcceptInviteInput!) { acceptInvite(input: $input) { userErrors { code } } }";
    await graphql(query, { input: { token, name: email, password: memberPassword } }, null);
    return login(email);
  }

  const owner = login(app.tenant.ownerEmail, app.tenant.ownerPassword);
  const settings = { name: "Nexus Réussite", timeZone: "Africa/Tunis", locale: "fr-TN", currency: "TND" };
  await owner.do("updateTenant", { ...settings, defaultCountry: "TN" }, "tenant { id }");
  const offers = await openShop(graphql, await owner.token());
  const [sonia, karim] = [await invite("sonia@example.com"), await invite("karim@example.com")];

  return {
    app,
    clock,
    owner,
    sonia,
    karim,
    offers,
    mail,
    async enrol() {
      const input = {
        client: {
          name: "Amel Ben Salah",
          email: clientEmail,
          phone: "+216 20 123 456",
          timeZone: "Africa/Tunis",
          locale: "fr-TN",
        },
        learners: [
          { name: "Sami", email: learnerEmail, grade: "Terminale", goals: ["Mention bien"], subjects: ["Maths"] },
        ],
        consent: [{ purpose: "terms", textVersion: "2026-09" }],
      };
      const query = "mutation ($input: EnrollInput!) { enroll(input: $input) { accepted userErrors { code } } }";
      const answer = await graphql(query, { input }, app.tenant.publishableKey);
      const { accepted, userErrors } = payload<{ accepted: boolean; userErrors: unknown[] }>(answer, "enroll");
      if (!accepted) throw new Error(JSON.stringify(userErrors));
      const [client, learner] = [await accept(clientEmail), await accept(learnerEmail)];
      const own = "{ clients(first: 5) { nodes { id } } learners(first: 5) { nodes { id } } }";
      const { clients, learners } = await client.ask<Record<"clients" | "learners", { nodes: { id: string }[] }>>(own);
      return {
        client,
        learner,
        clientId: some(clients.nodes[0], clients).id,
        learnerId: some(learners.nodes[0], learners).id,
      };
    },
    async hire() {
      const profile = {
        pseudonym: "Hélios",
        name: "Hédi Trabelsi",
        email: coachEmail,
        subjects: ["Maths"],
        modes: ["ONLINE"],
      };
      const { coach } = await owner.do<{ coach: { id: string } }>("createCoach", profile, "coach { id }");
      const week = { coachId: coach.id, weeklyHours: everyDay("08:00", "20:00"), timeZone: "Africa/Tunis" };
      await owner.do("setAvailability", week, "cursor");
      const type = { kind: "ONLINE", name: "Maths", durationMin: 60, gridMin: 30, creditCost: 1, coachIds: [coach.id] };
      const made = await owner.do<{ sessionType: { id: string } }>("createSessionType", type, "sessionType { id }");
      return { coach: await accept(coachEmail), coachId: coach.id, sessionTypeId: made.sessionType.id };
    },
    async at(instant) {
      clock.set(instant);
      await app.runDue();
    },
    subjects: async (to) => (await mails(to)).map(({ subject }) => subject ?? ""),
    async account(clientId) {
      const query = "query ($id: ID!) { creditAccount(clientId: $id) { balance held usable } }";
      return (await sonia.ask<{ creditAccount: Account }>(query, { id: clientId })).creditAccount;
    },
    async journal(types) {
      const query = "query ($types: [String!]) { journal(types: $types, last: 50) { nodes { type } } }";
      const { journal } = await owner.ask<{ journal: { nodes: { type: string }[] } }>(query, { types });
      return journal.nodes.map(({ type }) => type);
    },
    async [Symbol.asyncDispose]() {
      await expectPublicIds(app);
      await app[Symbol.asyncDispose]();
    },
  };
}

/** Who reads the journal knows rows by their public ids: nothing that it tells holds one of the database's. */
async function expectPublicIds(app: TestApp): Promise<void> {
  const answer = await app.graphql("{ journal(last: 250) { nodes { type data } } }");
  const { nodes } = payload<{ nodes: { type: string; data: unknown }[] }>(answer, "journal");
  // A login is no object of the API.
  const uuid = /(?<!"authSessionId":")[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/;
  expect(nodes.filter(({ data }) => uuid.test(JSON.stringify(data)))).toEqual([]);
}

export const codesOf = ({ userErrors }: { readonly userErrors: readonly { readonly code: string }[] }): string[] =>
  userErrors.map(({ code }) => code);

/** A mail's invitation, with its folded lines unfolded (RFC 5545); undefined when it has none. */
export function invitationIn({ attachments }: Email): string | undefined {
  const content = attachments.find(({ mimeType }) => mimeType === "text/calendar")?.content;
  const text = typeof content === "string" || content === undefined ? content : new TextDecoder().decode(content);
  return text?.replaceAll(/\r?\n[ \t]/g, "");
}
