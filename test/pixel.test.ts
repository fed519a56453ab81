import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from "@jest/globals";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { serveSite, type Site } from "../examples/site/serve-site.ts";
import { payload, startApp, type TestApp } from "./app.ts";
import { startBrowser } from "./browser.ts";
import { type CollectRecorder, type RecordedEvent, startRecorder } from "./collect-recorder.ts";
import { eventsOf } from "./events.ts";
import { waitFor } from "./wait-for.ts";

// The pixel as visitors have it: the built file in a real browser, on the example site, which is another origin than the server.

jest.setTimeout(60_000);

const pixelFile = fileURLToPath(new URL("../dist/pixel/pixel.js", import.meta.url));
/** Room for as much as an experiment needs, within the 4 kB that are promised. */
const maxBytes = 4_000;

let app: TestApp;
let browser: Browser;
let recorder: CollectRecorder;
/** Of one test only, as its key. */
let site: Site;
let key: string;
let keys = 0;

beforeAll(async () => {
  // Up to date after `npm ci`; a developer may have changed it since.
  const build = spawnSync(process.execPath, ["scripts/build-pixel.mjs"], { encoding: "utf8" });
  if (build.status !== 0) throw new Error(build.stdout + build.stderr);
  [app, browser, recorder] = await Promise.all([startApp(), startBrowser(), startRecorder(pixelFile)]);
}, 60_000);

beforeEach(async () => {
  keys += 1;
  key = `pk_test_${String(keys).padStart(8, "0")}`;
  recorder.reset(key);
  site = await serveSite({ server: recorder.url, key });
});

afterEach(async () => {
  await site[Symbol.asyncDispose]();
});

afterAll(async () => {
  await browser?.close();
  await recorder?.[Symbol.asyncDispose]();
  await app?.[Symbol.asyncDispose]();
});

/** A visitor with a profile of his own, and what his pages complained about. */
async function newVisitor(options: BrowserContextOptions = {}, url = site.url) {
  const context: BrowserContext = await browser.newContext(options);
  const complaints: string[] = [];
  context.on("weberror", (error) => complaints.push(error.error().message));
  const open = async (path: string): Promise<Page> => {
    const page = await context.newPage();
    await page.goto(url + path);
    return page;
  };
  return { context, open, complaints, [Symbol.asyncDispose]: () => context.close() };
}

const isPage = ({ type }: RecordedEvent) => type === "page";
const named = (name: string) => (event: RecordedEvent) => event.event === name;
const paths = (events: readonly RecordedEvent[]) => events.map(({ context }) => context.page.path);
const stored = (page: Page) => page.evaluate("Object.keys(localStorage).map((name) => name.slice(16))");

it("has 4 kB", async () => {
  const content = await readFile(pixelFile);
  expect(gzipSync(content, { level: 9 }).length).toBeLessThanOrEqual(maxBytes);
});

describe("a page view", () => {
  it("says where, from where, and by which campaign", async () => {
    await using visitor = await newVisitor({ locale: "fr-FR", timezoneId: "Europe/Paris" });
    const page = await visitor.context.newPage();
    const path = "/pricing?utm_source=news&utm_medium=email&utm_campaign=spring&gclid=abc";
    await page.goto(site.url + path, { referer: "https://search.example/" });
    const [event] = await recorder.events(1);
    expect(event).toMatchObject({
      type: "page",
      messageId: expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/),
      anonymousId: expect.any(String),
      properties: { visitId: expect.any(String) },
      context: {
        page: {
          url: site.url + path,
          path: "/pricing",
          title: "Pricing · Atlas Tutoring",
          referrer: "https://search.example/",
        },
        screen: { width: 1280, height: 720 },
        locale: "fr-FR",
        timezone: "Europe/Paris",
        campaign: { source: "news", medium: "email", name: "spring" },
        library: { name: "nexora-pixel" },
      },
    });
    expect(recorder.calls[0]).toMatchObject({ key, contentType: "text/plain;charset=UTF-8" });
    expect(recorder.calls[0]?.cookie).toBeUndefined();
    expect(visitor.complaints).toEqual([]);
  });

  it("is each new path of a single-page app, once, also backwards", async () => {
    await using visitor = await newVisitor();
    const page = await visitor.open("/app");
    await page.getByRole("link", { name: "Algebra" }).click();
    await page.evaluate("history.replaceState(null, '', '?sort=date'); history.pushState(null, '', '#top')");
    await page.getByRole("link", { name: "All courses" }).click();
    await page.goBack();
    await page.evaluate("nexora('track', 'end')");
    await recorder.events(1, named("end"));
    const views = await recorder.events(4, isPage);
    expect(paths(views)).toEqual(["/app", "/app/algebra", "/app", "/app/algebra"]);
    expect(views.map(({ context }) => context.page.title.split(" ")[0])).toEqual([
      "Courses",
      "Algebra",
      "Courses",
      "Algebra",
    ]);
    expect(views[1]?.context.page.referrer).toBe(`${site.url}/app`);
    expect(new Set(views.map(({ properties }) => properties["visitId"])).size).toBe(1);
    expect(await recorder.events(1, named("Page Engaged"))).toMatchObject([
      { properties: { engagedMs: expect.any(Number) }, context: { page: { path: "/app" } } },
      {},
      {},
    ]);
  });

  it("is counted once when the script is there twice", async () => {
    await using visitor = await newVisitor();
    const page = await visitor.open("/");
    await page.addScriptTag({ url: `${recorder.url}/pixel.js` });
    await page.evaluate("nexora('track', 'end')");
    await recorder.events(1, named("end"));
    expect(await recorder.events(1, isPage)).toHaveLength(1);
  });
});

describe("what a visitor does", () => {
  it("is told by the page's elements, and by calls from before the script is there", async () => {
    await using visitor = await newVisitor();
    const page = await visitor.context.newPage();
    await page.route("**/pixel.js", async (route) => {
      await page.waitForFunction("window.nexora"); // browsers fetch scripts before it is their turn
      await page.evaluate("nexora('track', 'Early', { n: 1 })");
      await route.continue();
    });
    await page.goto(`${site.url}/pricing`);
    await page.getByLabel("Looking").fill("physics");
    await recorder.events(1, named("Early"));
    await page.getByRole("link", { name: "Begin" }).nth(1).click();
    await page.waitForURL("**/contact?plan=term");
    const [chosen] = await recorder.events(1, named("Plan chosen"));
    expect(chosen).toMatchObject({ properties: { plan: "term" }, context: { page: { path: "/pricing" } } });
    await page.goBack();
    await page.getByRole("button", { name: "Search" }).click();
    expect(await recorder.events(1, named("Searched"))).toMatchObject([{ properties: { place: "pricing" } }]);
  });

  it("belongs to who signed in, until he leaves", async () => {
    await using visitor = await newVisitor();
    const page = await visitor.open("/");
    await page.evaluate(`nexora("identify", 7, { plan: "pro" }); nexora("alias", "seven"); nexora("track", "bought");
      nexora("reset"); nexora("track", "left")`);
    const [, identified, aliased, bought, left] = await recorder.events(5);
    expect(identified).toMatchObject({ type: "identify", userId: "7", traits: { plan: "pro" } });
    expect(aliased).toMatchObject({ type: "alias", userId: "seven", previousId: "7" });
    expect(bought).toMatchObject({ userId: "seven", anonymousId: identified?.anonymousId });
    expect(left?.userId).toBeUndefined();
    expect(left?.anonymousId).not.toBe(bought?.anonymousId);
  });

  it("is one visit in all tabs until 30 silent minutes have passed", async () => {
    await using visitor = await newVisitor();
    const [page, other] = [await visitor.open("/"), await visitor.open("/pricing")];
    await recorder.events(2, isPage);
    const silentFor = (minutes: number) =>
      page.evaluate(`{ const name = Object.keys(localStorage).find((name) => name.endsWith(".visit"));
        localStorage.setItem(name, localStorage.getItem(name).split(" ")[0] + " " + (Date.now() - ${minutes} * 60_000)) }`);
    await silentFor(29);
    await other.evaluate("nexora('track', 'same')");
    await silentFor(31);
    await other.evaluate("nexora('track', 'next'); nexora('track', 'end')");
    const [first, second, same, next, end] = await recorder.events(5);
    const visitOf = (event?: RecordedEvent) => event?.properties["visitId"];
    expect([second, same].map(visitOf)).toEqual([visitOf(first), visitOf(first)]);
    expect(visitOf(next)).not.toBe(visitOf(first));
    expect(visitOf(end)).toBe(visitOf(next));
    expect(new Set([first, second, same, next, end].map((event) => event?.anonymousId)).size).toBe(1);
  });

  it("never breaks the page, whatever it is", async () => {
    await using visitor = await newVisitor();
    const page = await visitor.open("/");
    await recorder.events(1, isPage);
    await page.evaluate(`{ const loop = {}; loop.self = loop; nexora("track", "loop", loop); nexora("track", "big", { n: 1n });
      nexora("toString"); nexora(); nexora("consent"); nexora("track", "huge", { text: "x".repeat(1e6) });
      document.dispatchEvent(new MouseEvent("click")); nexora("track", "end") }`);
    await recorder.events(1, named("end"));
    expect(await recorder.events(2)).toHaveLength(2);
    expect(visitor.complaints).toEqual([]);
  });
});

describe("an event", () => {
  it("outlives the page that is closed right after it", async () => {
    await using visitor = await newVisitor();
    const page = await visitor.open("/");
    await recorder.events(1, isPage);
    await page.evaluate("nexora('track', 'Last words')");
    await page.close({ runBeforeUnload: true });
    expect(await recorder.events(1, named("Last words"))).toHaveLength(1);
    await recorder.events(1, named("Page Engaged"));
  });

  it("waits while the visitor is offline, also for the next page", async () => {
    await using visitor = await newVisitor();
    const [page, other] = [await visitor.open("/"), await visitor.open("/pricing")];
    await recorder.events(2, isPage);
    await visitor.context.setOffline(true);
    await page.evaluate("nexora('track', 'stays')");
    await other.evaluate("nexora('track', 'is closed')");
    await other.close();
    await visitor.context.setOffline(false);
    await visitor.open("/contact");
    await recorder.events(1, named("stays"));
    expect(await recorder.events(1, named("is closed"))).toMatchObject([{ context: { page: { path: "/pricing" } } }]);
    await waitFor(async () => !JSON.stringify(await stored(page)).includes('"q.'));
  });

  it("is sent again after a while when the server is busy, and at once when the network is back", async () => {
    await using visitor = await newVisitor();
    recorder.status = 503;
    const page = await visitor.open("/");
    await waitFor(() => recorder.calls.length === 1);
    recorder.status = 429;
    await page.evaluate("nexora('track', 'second')");
    await waitFor(() => recorder.calls.length === 2);
    recorder.status = 200;
    await waitFor(async () => {
      await page.evaluate("dispatchEvent(new Event('online'))");
      return recorder.calls.length > 2;
    });
    expect(await recorder.events(2)).toMatchObject([{ type: "page" }, { event: "second" }]);
    const [first, ...again] = recorder.calls;
    for (const { events } of again) expect(events[0]).toEqual(first?.events[0]);
  });

  it("is given up when the server refuses it for what it is", async () => {
    await using visitor = await newVisitor();
    recorder.status = 400;
    const page = await visitor.open("/");
    await waitFor(() => recorder.calls.length === 1);
    recorder.status = 200;
    await page.evaluate("nexora('track', 'second')");
    expect(await recorder.events(1)).toMatchObject([{ event: "second" }]);
  });
});

describe("privacy", () => {
  it.each([
    [
      "Global Privacy Control",
      "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true })",
    ],
    ["Do Not Track", "Object.defineProperty(Navigator.prototype, 'doNotTrack', { get: () => '1' })"],
  ])("%s: no identifier, nothing stored", async (_name, script) => {
    await using visitor = await newVisitor();
    await visitor.context.addInitScript(script);
    const page = await visitor.open("/pricing?utm_source=news&gclid=abc");
    await page.evaluate("nexora('identify', 'ada'); nexora('track', 'end')");
    const events = await recorder.events(2);
    expect(events.map(({ type }) => type)).toEqual(["page", "track"]);
    for (const event of events) {
      expect(event).not.toHaveProperty("anonymousId");
      expect(event).not.toHaveProperty("userId");
      expect(event.properties).toEqual({});
      expect(event.context.page.url).toBe(`${site.url}/pricing`);
      expect(event.context.campaign).toEqual({ source: "news" });
    }
    expect(await stored(page)).toEqual([]);
  });

  it("data-cookieless: nothing is stored before consent", async () => {
    await using cookieless = await serveSite({
      server: recorder.url,
      key,
      attributes: "data-cookieless",
    });
    await using visitor = await newVisitor({}, cookieless.url);
    const page = await visitor.open("/");
    const [first] = await recorder.events(1);
    expect(first).not.toHaveProperty("anonymousId");
    expect(await stored(page)).toEqual([]);
    await page.evaluate("nexora('consent', { analytics: true }); nexora('track', 'agreed')");
    const [agreed] = await recorder.events(1, named("agreed"));
    expect(agreed).toMatchObject({
      anonymousId: expect.any(String),
      context: { consent: { categoryPreferences: { analytics: true } } },
    });
    await page.evaluate("nexora('consent', { analytics: false }); nexora('track', 'refused')");
    const [refused] = await recorder.events(1, named("refused"));
    expect(refused).not.toHaveProperty("anonymousId");
    expect(await stored(page)).toEqual(["consent"]);
  });

  it("data-consent: what happens waits for an answer", async () => {
    await using asking = await serveSite({ server: recorder.url, key, attributes: "data-consent" });
    await using visitor = await newVisitor({}, asking.url);
    await using other = await newVisitor({}, asking.url);
    const [yes, no] = [await visitor.open("/"), await other.open("/")];
    await no.evaluate("nexora('consent', { analytics: false }); nexora('track', 'no')");
    expect(await stored(yes)).toEqual([]);
    await yes.evaluate("nexora('track', 'yes'); nexora('consent', { analytics: true })");
    const events = await recorder.events(2);
    expect(events.map(({ type, event }) => event ?? type)).toEqual(["page", "yes"]);
    expect(new Set(events.map(({ anonymousId }) => anonymousId)).size).toBe(1);
    expect(recorder.calls).toHaveLength(1);
  });

  it("nobody is counted who opted out, until he opts in again; nor who is ignored", async () => {
    await using visitor = await newVisitor();
    const page = await visitor.open("/privacy");
    const [before] = await recorder.events(1);
    await page.getByRole("button", { name: "Don't count me" }).click();
    expect(await stored(page)).toEqual(["off"]);
    await visitor.open("/pricing");
    await page.getByRole("button", { name: "Count me", exact: true }).click();
    await page.getByRole("button", { name: "leave me out" }).click();
    await page.evaluate("nexora('track', 'own'); nexora('ignore', false); nexora('track', 'end')");
    const [end] = await recorder.events(1, named("end"));
    expect(end?.anonymousId).not.toBe(before?.anonymousId);
    expect(await recorder.events(2)).toHaveLength(2);
  });

  it("works in a frame without any storage", async () => {
    await using visitor = await newVisitor();
    const page = await visitor.context.newPage();
    await page.goto(`${recorder.url}/nothing`);
    await page.setContent(`<iframe sandbox="allow-scripts" src="${site.url}/pricing"></iframe>`);
    expect(paths(await recorder.events(1, isPage))).toEqual(["/pricing"]);
    expect(visitor.complaints).toEqual([]);
  });
});

describe("a lead form", () => {
  let real: Site;

  beforeAll(async () => {
    real = await serveSite({ server: app.url, key: app.tenant.publishableKey });
  });

  afterAll(async () => {
    await real?.[Symbol.asyncDispose]();
  });

  const lead = async (email: string) => {
    const answer = await app.graphql(
      `query ($email: String!) { leads(filter: { email: { eq: $email } }) { nodes {
        name source message attributes origin { landingPage referrer utmSource } consents { purpose textVersion } } } }`,
      { email },
    );
    return payload<{ nodes: Record<string, unknown>[] }>(answer, "leads").nodes;
  };

  it("makes a lead of a visitor, with how he came and what he agreed to", async () => {
    await using visitor = await newVisitor({}, real.url);
    const page = await visitor.open("/?utm_source=news&gclid=abc");
    await page.waitForFunction("nexora.isReady");
    await page.goto(`${real.url}/contact?utm_source=friend`);
    await page.getByLabel("E-mail").fill("nobody");
    await page.getByRole("button", { name: "Send" }).click();
    await page
      .locator("[data-nexora-error=email]")
      .filter({ hasText: /e-mail/i })
      .waitFor();
    expect(await page.getByLabel("E-mail").getAttribute("aria-invalid")).toBe("true");
    expect(await page.getByRole("status").isVisible()).toBe(false);

    await page.getByLabel("Name").fill("Ada");
    await page.getByLabel("E-mail").fill("ada@example.com");
    await page.getByLabel("Level").selectOption("University");
    await page.getByLabel("What is it about?").fill("Proofs");
    await page.getByRole("checkbox").check();
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByText("Thank you").waitFor();
    expect(await page.getByLabel("E-mail").inputValue()).toBe("");
    await page.close({ runBeforeUnload: true });
    const visitorIds = async () =>
      (await eventsOf(app.database.ownerUrl, app.tenant)).map(({ name, type, visitor_id: id }) => [name ?? type, id]);
    await waitFor(async () => (await visitorIds()).length >= 4, "4 stored events");
    const events = await visitorIds();
    expect(events.map(([name]) => name)).toEqual(["page", "Page Engaged", "page", "Page Engaged"]);
    const anonymousId = events[0]?.[1];
    expect(new Set(events.map(([, id]) => id)).size).toBe(1);
    expect(await lead("ada@example.com")).toEqual([
      {
        name: "Ada",
        source: "website",
        message: "Proofs",
        attributes: {
          level: "University",
          gclid: "abc",
          anonymousId,
          lastLandingPage: `${real.url}/contact?utm_source=friend`,
          lastUtmSource: "friend",
        },
        origin: { landingPage: `${real.url}/?utm_source=news&gclid=abc`, referrer: null, utmSource: "news" },
        consents: [{ purpose: "newsletter", textVersion: "2026-11" }],
      },
    ]);
    expect(visitor.complaints).toEqual([]);
  });

  it("thanks a robot that fills what nobody sees, and keeps nothing", async () => {
    await using visitor = await newVisitor({}, real.url);
    const page = await visitor.open("/contact");
    await page.getByLabel("E-mail").fill("robot@example.com");
    await page.locator("[name=honeypot]").fill("yes", { force: true });
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByText("Thank you").waitFor();
    expect(await lead("robot@example.com")).toEqual([]);
  });

  it("is sent also when the script comes late", async () => {
    await using visitor = await newVisitor({}, real.url);
    const page = await visitor.context.newPage();
    const { promise: isSubmitted, resolve } = Promise.withResolvers<void>();
    await page.route("**/pixel.js", async (route) => {
      await isSubmitted;
      await route.continue();
    });
    await page.goto(`${real.url}/contact`, { waitUntil: "commit" });
    await page.getByLabel("E-mail").fill("early@example.com");
    await page.getByRole("button", { name: "Send" }).click();
    resolve();
    await page.getByText("Thank you").waitFor();
    expect(page.url()).toBe(`${real.url}/contact`);
    expect(await lead("early@example.com")).toHaveLength(1);
  });

  it("says when it can't be sent", async () => {
    await using visitor = await newVisitor({}, real.url);
    const page = await visitor.open("/contact");
    await page.waitForFunction("nexora.isReady");
    await page.route("**/graphql", (route) => route.fulfill({ status: 403, body: "{}" }));
    await page.getByLabel("E-mail").fill("ada@example.com");
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByText("We can't be reached right now").waitFor();
  });
});
