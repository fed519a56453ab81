import { afterAll, beforeAll, expect, it, jest } from "@jest/globals";
import type { Browser } from "playwright-core";
import { payload, startApp, type TestApp } from "./app.ts";
import { openPage, startBrowser } from "./browser.ts";
import { type Mailbox, memberPassword, openMailbox } from "./people.ts";

// The link in a welcome mail, as the person who got it uses it.

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

it("says what is missing without a link, in the reader's language", async () => {
  const context = await browser.newContext({ locale: "fr-FR" });
  const page = await context.newPage();
  await page.goto(`${app.url}/join`);
  await page.getByText("Cette page a besoin du lien").waitFor();
  expect(await page.getByRole("button").isVisible()).toBe(false);
  await context.close();
});
