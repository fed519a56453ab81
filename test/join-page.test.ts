import { afterAll, beforeAll, expect, it, jest } from "@jest/globals";
import type { Browser } from "playwright-core";
import { payload, startApp, type TestApp } from "./app.ts";
import { openPage, startBrowser } from "./browser.ts";
import { type Mailbox, memberPassword, openMailbox } from "./people.ts";

// The links in mails that lead to a page of the server, as the person who got them uses them.

jest.setTimeout(60_000);

let app: TestApp;
let mailbox: Mailbox;
let browser: Browser;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), startBrowser()]);
  mailbox = await openMailbox(app);
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await mailbox?.[Symbol.asyncDispose]();
  await app?.[Symbol.asyncDispose]();
});

it("makes a login of a mailed link", async () => {
  const email = "amel@example.com";
  await app.graphql(
    "mutation ($input: EnrollInput!) { enroll(input: $input) { accepted } }",
    { input: { client: { name: "Amel <b>", email }, learners: [{ name: "Sami" }] } },
    app.tenant.publishableKey,
  );
  await using watched = await openPage(browser, app.url);
  const { page, complaints } = watched;
  await page.goto(await mailbox.link(email));
  expect(page.url()).toBe(`${app.url}/join`);
  expect(await page.getByLabel("Your name").inputValue()).toBe("Amel <b>");
  await page.getByLabel("Choose a password").fill("short");
  await page.getByRole("button").click();
  await page.getByText("password").and(page.getByRole("status")).waitFor();
  await page.getByLabel("Choose a password").fill(memberPassword);
  await page.getByRole("button").click();
  await page.getByText("Your login is ready").waitFor();
  expect(complaints).toEqual([]);
  const signedIn = await app.graphql(
    "mutation ($input: SignInInput!) { signIn(input: $input) { member { role } userErrors { code } } }",
    { input: { email, password: memberPassword } },
    null,
  );
  expect(payload(signedIn, "signIn")).toEqual({ member: { role: "CLIENT" }, userErrors: [] });
});

it("confirms a new address by a mailed link and a click, once", async () => {
  const [email, newEmail] = ["leila@example.com", "leila.new@example.com"];
  await app.graphql(
    "mutation ($input: EnrollInput!) { enroll(input: $input) { accepted } }",
    { input: { client: { name: "Leila", email }, learners: [{ name: "Ines" }] } },
    app.tenant.publishableKey,
  );
  await app.graphql(
    "mutation ($input: ChangeEmailInput!) { changeEmail(input: $input) { isPending } }",
    { input: { email: newEmail, password: memberPassword } },
    await mailbox.join(email),
  );
  await using watched = await openPage(browser, app.url);
  const { page, complaints } = watched;
  const link = await mailbox.link(newEmail);
  await page.goto(link);
  expect(page.url()).toBe(`${app.url}/confirm-email`);
  await page.getByRole("button", { name: "Confirm this address" }).click();
  await page.getByText("Your address is confirmed").waitFor();
  const signedIn = await app.graphql(
    "mutation ($input: SignInInput!) { signIn(input: $input) { userErrors { code } } }",
    { input: { email: newEmail, password: memberPassword } },
    null,
  );
  expect(payload(signedIn, "signIn")).toEqual({ userErrors: [] });
  await page.goto("about:blank");
  await page.goto(link);
  await page.getByRole("button").click();
  await page.getByText("link").and(page.getByRole("status")).waitFor();
  expect(complaints).toEqual([]);
});

it("says what is missing without a link, in the reader's language", async () => {
  const context = await browser.newContext({ locale: "fr-FR" });
  const page = await context.newPage();
  await page.goto(`${app.url}/join`);
  await page.getByText("Cette page a besoin du lien").waitFor();
  expect(await page.getByRole("button").isVisible()).toBe(false);
  await context.close();
});
