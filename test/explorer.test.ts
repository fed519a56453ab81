import { spawnSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it, jest } from "@jest/globals";
import type { Browser, Page } from "playwright-core";
import { startApp, type TestApp } from "./app.ts";
import { openPage, startBrowser } from "./browser.ts";

// The explorer as a person uses it: the real page in a real browser against the real server.

jest.setTimeout(90_000); // each test loads the whole editor into a fresh browser profile

let app: TestApp;
let browser: Browser;

beforeAll(async () => {
  // Up to date after `npm ci`; a developer may have changed the page since.
  const build = spawnSync(process.execPath, ["scripts/build-explorer.mjs"], { encoding: "utf8" });
  if (build.status !== 0) throw new Error(build.stdout + build.stderr);
  [app, browser] = await Promise.all([startApp(), startBrowser()]);
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await app?.[Symbol.asyncDispose]();
});

async function signIn(page: Page, password = app.tenant.ownerPassword): Promise<void> {
  await page.goto(`${app.url}/explorer`);
  await page.getByLabel("E-mail").fill(app.tenant.ownerEmail);
  await page.getByLabel("Password").fill(password);
  await page.keyboard.press("Enter");
}

/** Or throws with what the page says instead. */
async function expectSignedIn(page: Page): Promise<void> {
  const problem = page.getByRole("alert").filter({ hasText: /\w/ });
  await page.getByText("owner of").or(problem).waitFor();
  if (await problem.isVisible()) throw new Error((await problem.textContent()) ?? "");
}

async function useKey(page: Page, key: string): Promise<void> {
  await page.goto(`${app.url}/explorer`);
  await page.getByLabel("Secret or publishable key").fill(key);
  await page.getByRole("button", { name: "Use this key" }).click();
}

async function openExample(page: Page, title: string): Promise<void> {
  await page.getByRole("button", { name: "Examples" }).click();
  await page.getByRole("menuitem", { name: title }).click();
}

async function run(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Execute query" }).click();
}

/** Waits until the answer's pane shows the text. */
async function expectAnswer(page: Page, text: string): Promise<void> {
  await page.locator(".result-window .view-lines", { hasText: text }).waitFor();
}

const captureLead = `mutation ($input: CaptureLeadInput!) { captureLead(input: $input) { accepted userErrors { message } } }`;

/** Another caller: leads over HTTP until disposed. */
function captureLeads(): AsyncDisposable {
  let isDone = false;
  const done = (async () => {
    for (let count = 0; !isDone && count < 50; count += 1) {
      const { data } = await app.graphql(captureLead, { input: { email: `live-${count}@example.com` } });
      expect(data).toMatchObject({ captureLead: { accepted: true } });
      await sleep(200);
    }
  })();
  return {
    async [Symbol.asyncDispose]() {
      isDone = true;
      await done;
    },
  };
}

it("signs in, runs a query, and sees a subscription deliver what another caller does", async () => {
  await using watched = await openPage(browser, app.url);
  const { page, complaints } = watched;
  await signIn(page);
  await expectSignedIn(page);

  await run(page); // the first tab asks who one is
  await expectAnswer(page, `"email": "${app.tenant.ownerEmail}"`);

  await page.getByRole("button", { name: "FollowJournal" }).click();
  await run(page);
  await using _visitors = captureLeads(); // again and again: nothing tells when the subscription has begun
  await expectAnswer(page, `"type": "lead.captured"`);

  expect(complaints).toEqual([]);
});

it("shows the schema's documentation with the scope that a field needs", async () => {
  await using watched = await openPage(browser, app.url);
  const { page, complaints } = watched;
  await useKey(page, app.tenant.secretKey);
  await page.getByText("Secret key").waitFor();
  await page.getByRole("button", { name: "Show Documentation Explorer" }).click();
  await page.getByRole("link", { name: "Query", exact: true }).click();
  await page.getByRole("link", { name: "leads", exact: true }).click();
  await page.getByText("Scope: lead:read.").first().waitFor();
  expect(complaints).toEqual([]);
});

it("runs a prepared example with the keyboard alone", async () => {
  await using watched = await openPage(browser, app.url);
  const { page, complaints } = watched;
  await useKey(page, app.tenant.secretKey);
  await page.locator("button:enabled", { hasText: "Examples" }).focus(); // enabled once the editors are there
  await page.keyboard.press("Enter");
  await page.locator("[role=menuitem]:focus").waitFor(); // the menu has the keyboard a moment after it shows
  await page.keyboard.press("End");
  await page.locator("[role=menuitem]:focus", { hasText: "Verify the journal" }).waitFor();
  await page.keyboard.press("Enter");
  await page.locator(".graphiql-query-editor .view-lines", { hasText: "Is history as it was written?" }).waitFor();
  // The editor takes the keyboard back a moment after the menu has closed: until then the keys go nowhere.
  const answer = page.locator(".result-window .view-lines", { hasText: `"valid": true` });
  for (let tries = 0; tries < 20 && !(await answer.isVisible()); tries += 1) {
    await page.keyboard.press("Control+Enter");
    await page.waitForTimeout(1_000);
  }
  await answer.waitFor();
  expect(complaints).toEqual([]);
});

it("tells a publishable key's holder why there is no documentation, and captures with it", async () => {
  await using watched = await openPage(browser, app.url);
  const { page, complaints } = watched;
  await useKey(page, app.tenant.publishableKey);
  await page.getByText("A publishable key runs its operations, but is shown no schema").waitFor();
  await openExample(page, "Capture a lead");
  await run(page);
  await expectAnswer(page, `"accepted": true`);
  expect(complaints).toEqual([]);
});

it("renews an access token that is about to expire, and uses each refresh token once", async () => {
  await using watched = await openPage(browser, app.url);
  const { page, complaints } = watched;
  await signIn(page);
  await expectSignedIn(page);
  const refreshToken = await page.evaluate(() => {
    const key = "nexora-explorer-credential";
    const credential = JSON.parse(sessionStorage.getItem(key) ?? "");
    const { refreshToken: before } = credential.tokens;
    credential.tokens.accessToken = "expired";
    credential.tokens.accessTokenExpiresAt = new Date().toISOString();
    sessionStorage.setItem(key, JSON.stringify(credential));
    return String(before);
  });
  await page.reload(); // reads the schema at once, while the query below runs: both want the new token
  await run(page);
  await expectAnswer(page, `"email": "${app.tenant.ownerEmail}"`);
  const stored = await page.evaluate(() => sessionStorage.getItem("nexora-explorer-credential") ?? "");
  expect(stored).toContain("nx_refresh_");
  expect(stored).not.toContain(refreshToken);
  expect(complaints).toEqual([]);
});

it("keeps a credential for the browser tab only, and forgets it on signing out", async () => {
  await using watched = await openPage(browser, app.url);
  const { page, complaints } = watched;
  await signIn(page);
  await expectSignedIn(page);
  await run(page);
  await expectAnswer(page, "permissions");
  const stored = () =>
    page.evaluate(() => [localStorage, sessionStorage].map((storage) => Object.entries(storage).join("\n")));
  const [local, session] = await stored();
  expect(local).not.toMatch(/eyJ|nx_refresh_/);
  expect(local).not.toContain(app.tenant.ownerPassword);
  expect(session).toMatch(/nx_refresh_/);
  expect(session).not.toContain(app.tenant.ownerPassword);

  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("button", { name: "Sign in or use a key" }).waitFor();
  expect((await stored()).join(" ")).not.toMatch(/eyJ|nx_refresh_/);
  expect(complaints).toEqual([]);
});

it("says that the e-mail or the password is wrong", async () => {
  await using watched = await openPage(browser, app.url);
  const { page, complaints } = watched;
  await signIn(page, "not the password");
  await page.getByRole("alert").filter({ hasText: /\w/ }).waitFor();
  await page.getByLabel("Password").waitFor();
  expect(complaints).toEqual([]);
});
