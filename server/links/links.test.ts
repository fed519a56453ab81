import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import jsQR from "jsqr";
import pg from "pg";
import { PNG } from "pngjs";
import { payload, startApp, type TestApp, type TestTenant } from "../../test/app.ts";
import { TestClock } from "../../test/clock.ts";
import { recordStatements } from "../../test/recorded-statements.ts";
import { waitFor } from "../../test/wait-for.ts";

let app: TestApp;
let owner: pg.Client;
let other: TestTenant;
const clock = new TestClock("2026-11-21T10:00:00Z");

beforeAll(async () => {
  app = await startApp({ clock, env: { TRUST_PROXY: "true" } });
  owner = new pg.Client({ connectionString: app.database.ownerUrl });
  await owner.connect();
  other = await app.createTenant();
}, 60_000);

afterAll(async () => {
  await owner.end();
  await app[Symbol.asyncDispose]();
});

const browser = "Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

const fields = `link { id version slug shortUrl url target utm { source medium campaign term content } title tags expiresAt isArchived }
  userErrors { code field } cursor`;

interface Answered {
  readonly link: {
    readonly id: string;
    readonly version: number;
    readonly slug: string;
    readonly shortUrl: string;
    readonly url: string;
    readonly target: string;
    readonly title: string | null;
    readonly expiresAt: string | null;
    readonly isArchived: boolean;
  } | null;
  readonly userErrors: readonly { readonly code: string; readonly field: readonly string[] | null }[];
  readonly cursor: string | null;
}

async function change(field: string, input: object, credential?: string): Promise<Answered> {
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${field}(input: $input) { ${fields} } }`;
  return payload<Answered>(await app.graphql(query, { input }, credential), field);
}

async function create(input: object = {}, credential?: string) {
  const { link, userErrors } = await change("createLink", { url: "https://example.com/", ...input }, credential);
  if (link === null) throw new Error(JSON.stringify(userErrors));
  return link;
}

const codes = ({ userErrors }: Answered) => userErrors.map(({ code, field }) => [code, field?.slice(1).join(".")]);
const newSlug = () => `s-${randomUUID()}`;

function open(slug: string, headers: Readonly<Record<string, string>> = {}, method = "GET"): Promise<Response> {
  return fetch(`${app.url}/l/${slug}`, { method, redirect: "manual", headers: { "user-agent": browser, ...headers } });
}

const counts = `total bots byDevice { device clicks } bySource { referrer source clicks } byCountry { country clicks }
  series(zone: $zone) { day clicks }`;

interface Counted {
  readonly total: number;
  readonly bots: number;
  readonly byDevice: readonly unknown[];
  readonly bySource: readonly unknown[];
  readonly byCountry: readonly unknown[];
  readonly series: readonly unknown[];
}

async function clicksOf(id: string, variables: object = {}, credential?: string): Promise<Counted> {
  const query = `query ($id: ID!, $from: DateTime, $to: DateTime, $zone: String) {
    link(id: $id) { clicks(from: $from, to: $to) { ${counts} } } }`;
  return payload<{ clicks: Counted }>(await app.graphql(query, { id, ...variables }, credential), "link").clicks;
}

/** Clicks are written down a moment later. */
async function countedUpTo(id: string, clicks: number): Promise<void> {
  await waitFor(async () => {
    const { total, bots } = await clicksOf(id);
    return total + bots === clicks;
  }, `${clicks} clicks`);
}

describe("a short link", () => {
  it("leads to its address, with UTM parameters", async () => {
    const link = await create({
      url: "https://example.com/offre?b=1%20+2&a#top",
      utm: { source: "été 2026", campaign: "  ", medium: "e-mail" },
      title: " Summer ",
    });
    expect(link).toMatchObject({
      url: "https://example.com/offre?b=1%20+2&a#top",
      target: "https://example.com/offre?b=1%20+2&a&utm_source=%C3%A9t%C3%A9%202026&utm_medium=e-mail#top",
      shortUrl: `${app.url}/l/${link.slug}`,
      utm: { source: "été 2026", medium: "e-mail", campaign: null },
      title: "Summer",
      version: 1,
    });
    expect(link.slug).toMatch(/^[2-9b-z]{7}$/);
    const answer = await open(link.slug);
    expect(answer.status).toBe(302);
    expect(answer.headers.get("location")).toBe(link.target);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect((await open(link.slug.toUpperCase())).status).toBe(302);
  });

  it("counts who takes it, without anything that is a person's", async () => {
    const { id, slug } = await create({ utm: { source: "newsletter" } });
    await open(slug, {
      referer: "https://www.blog.example/post?reader=7",
      "cf-ipcountry": "tn",
      "x-forwarded-for": "203.0.113.7",
    });
    await open(slug, { referer: "https://www.blog.example/", "cf-ipcountry": "TN" });
    await open(`${slug}?utm_source=poster%00`, {
      "user-agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Mobile/15E148",
    });
    await open(slug, { "user-agent": "Googlebot/2.1 (+http://www.google.com/bot.html)" });
    await open(slug, {}, "HEAD");
    await open(slug, { "sec-purpose": "prefetch;prerender" });
    await countedUpTo(id, 4);
    const today = "2026-11-21";
    expect(await clicksOf(id)).toEqual({
      total: 3,
      bots: 1,
      byDevice: [
        { device: "DESKTOP", clicks: 2 },
        { device: "MOBILE", clicks: 1 },
        { device: "BOT", clicks: 1 },
      ],
      bySource: [
        { referrer: "blog.example", source: "newsletter", clicks: 2 },
        { referrer: null, source: "poster", clicks: 1 },
      ],
      byCountry: [
        { country: "TN", clicks: 2 },
        { country: null, clicks: 1 },
      ],
      series: [{ day: today, clicks: 3 }],
    });
    const { rows } = await owner.query("SELECT * FROM link_click");
    expect(JSON.stringify(rows)).not.toMatch(/reader|127\.0\.0\.1|203\.0\.113/);
  });

  it("is one tenant's: of two who want a slug at the same time one gets it", async () => {
    const slug = newSlug();
    const answers = await Promise.all(
      [app.tenant.secretKey, other.secretKey, app.tenant.secretKey, other.secretKey].map((key) =>
        change("createLink", { url: "https://example.com/", slug: slug.toUpperCase() }, key),
      ),
    );
    expect(answers.filter(({ link }) => link?.slug === slug)).toHaveLength(1);
    const losers = answers.filter(({ link }) => link === null);
    expect(losers.map((answer) => [...codes(answer), answer.cursor])).toEqual(
      Array.from({ length: 3 }, () => [["SLUG_TAKEN", "slug"], null]),
    );
  });

  it("is another tenant's secret: neither its id nor its clicks can be read", async () => {
    const { id } = await create();
    const query = "query ($id: ID!) { link(id: $id) { slug } node(id: $id) { id } }";
    const own = await app.graphql(query, { id });
    expect(own.data).toEqual({ link: { slug: expect.any(String) as unknown }, node: { id } });
    expect((await app.graphql(query, { id }, other.secretKey)).data).toEqual({ link: null, node: null });
    for (const field of ["updateLink", "archiveLink", "restoreLink"]) {
      expect(codes(await change(field, { id }, other.secretKey))).toEqual([["NOT_FOUND", "id"]]);
    }
    const publishable = await app.graphql(query, { id }, app.tenant.publishableKey);
    expect(publishable.errors?.map(({ extensions }) => extensions["code"])).toContain("FORBIDDEN");
  });

  it("changes where it leads at once, keeps its slug, and refuses what somebody else has changed", async () => {
    const link = await create({ url: "https://example.com/a", utm: { source: "x" }, title: "A", tags: ["one", "one"] });
    await open(link.slug);
    const changed = await change("updateLink", { id: link.id, expectedVersion: 1, url: "https://example.com/b" });
    expect(changed.link).toMatchObject({
      version: 2,
      slug: link.slug,
      target: "https://example.com/b?utm_source=x",
      title: "A",
      tags: ["one"],
    });
    expect((await open(link.slug)).headers.get("location")).toBe("https://example.com/b?utm_source=x");
    const late = await change("updateLink", { id: link.id, expectedVersion: 1, title: "B" });
    expect([codes(late), late.link?.version]).toEqual([[["CONFLICT", "expectedVersion"]], 2]);
    const emptied = await change("updateLink", { id: link.id, utm: null, title: null, tags: null });
    expect(emptied.link).toMatchObject({ target: "https://example.com/b", title: null, tags: [], version: 3 });
    const same = await change("updateLink", { id: link.id, url: "https://example.com/b" });
    expect([same.link?.version, same.cursor]).toEqual([3, null]);
  });

  it("leads nowhere once it is archived, and again when that is undone", async () => {
    const link = await create();
    await open(link.slug);
    const archived = await change("archiveLink", { id: link.id });
    expect(archived.link).toMatchObject({ isArchived: true, version: 2 });
    expect((await change("archiveLink", { id: link.id })).link?.version).toBe(2);
    const gone = await open(link.slug, { "accept-language": "fr-FR,fr;q=0.9,en;q=0.8" });
    expect([gone.status, gone.headers.get("location")]).toEqual([410, null]);
    expect(await gone.text()).toMatch(/lang="fr"[^]*n'est plus actif/);
    expect(codes(await change("createLink", { url: "https://example.com/", slug: link.slug }))).toEqual([
      ["SLUG_TAKEN", "slug"],
    ]);
    expect((await change("restoreLink", { id: link.id })).link).toMatchObject({ isArchived: false, version: 3 });
    expect((await open(link.slug)).status).toBe(302);
  });

  it("ends at its instant, whatever was remembered of it", async () => {
    const link = await create({ expiresAt: new Date(clock.now().getTime() + 3_600_000).toISOString() });
    expect((await open(link.slug)).status).toBe(302);
    clock.advance({ hours: 1 });
    const gone = await open(link.slug, { "accept-language": "de" });
    expect([gone.status, gone.headers.get("content-type")]).toEqual([410, "text/html; charset=utf-8"]);
    expect(await gone.text()).toMatch(/lang="en"[^]*This link has ended/);
    expect((await change("updateLink", { id: link.id, title: "Over" })).userErrors).toEqual([]);
    const past = new Date(clock.now().getTime() - 1_000).toISOString();
    expect(codes(await change("updateLink", { id: link.id, expiresAt: past }))).toEqual([
      ["EXPIRES_AT_INVALID", "expiresAt"],
    ]);
    await change("updateLink", { id: link.id, expiresAt: null });
    expect((await open(link.slug)).status).toBe(302);
  });

  it.each([["never-made"], ["x"], ["%2F%2Fevil.example"], ["..%2F..%2Fetc"], ["a".repeat(99)], ["%00"]])(
    "that doesn't exist is a page, and no redirect: %s",
    async (slug) => {
      const answer = await open(`${slug}?url=https://evil.example`);
      expect([answer.status, answer.headers.get("location")]).toEqual([404, null]);
      expect(await answer.text()).toContain("There is no such link");
    },
  );

  it.each([
    ["URL_INVALID", "url", { url: "javascript:alert(1)" }],
    ["URL_INVALID", "url", { url: "data:text/html,x" }],
    ["URL_INVALID", "url", { url: "ftp://example.com/" }],
    ["URL_INVALID", "url", { url: "//example.com/" }],
    ["URL_INVALID", "url", { url: "https://bank.example@evil.example/" }],
    ["URL_INVALID", "url", { url: "https://user:pass@example.com/" }],
    ["URL_INVALID", "url", { url: "https://" }],
    ["URL_INVALID", "url", { url: `https://example.com/${"x".repeat(2_000)}` }],
    ["URL_INVALID", "url", { url: `https://example.com/${"x".repeat(1_950)}`, utm: { source: "x".repeat(100) } }],
    ["UTM_INVALID", "utm.source", { utm: { source: "x".repeat(201) } }],
    ["UTM_INVALID", "utm.term", { utm: { term: "a\nb" } }],
    ["TITLE_INVALID", "title", { title: " " }],
    ["TAGS_INVALID", "tags", { tags: Array.from({ length: 51 }, (_, n) => `tag ${n}`) }],
    ["SLUG_INVALID", "slug", { slug: "a" }],
    ["SLUG_INVALID", "slug", { slug: "été" }],
    ["SLUG_RESERVED", "slug", { slug: "Admin" }],
    ["EXPIRES_AT_INVALID", "expiresAt", { expiresAt: "2020-01-01T00:00:00Z" }],
  ])("is refused with %s (%s)", async (code, field, input) => {
    const answer = await change("createLink", { url: "https://example.com/", ...input });
    expect([codes(answer), answer.link, answer.cursor]).toEqual([[[code, field]], null, null]);
  });

  it("can't lead to a short link of the same server", async () => {
    expect(codes(await change("createLink", { url: `${app.url}/l/abc` }))).toEqual([["URL_INVALID", "url"]]);
    expect((await change("createLink", { url: `${app.url}/explorer` })).userErrors).toEqual([]);
  });

  it("tells the journal of its changes, and not of its clicks", async () => {
    const { id, slug } = await create({ title: "Old" });
    await open(slug);
    await change("updateLink", { id, title: "New" });
    await change("archiveLink", { id });
    await change("restoreLink", { id });
    const query = `query ($types: [String!]) { journal(last: 4, types: $types) { nodes { type data subject { id } } } }`;
    const types = ["link.created", "link.updated", "link.archived", "link.restored"];
    const { nodes } = payload<{ nodes: { type: string; data: unknown }[] }>(
      await app.graphql(query, { types }),
      "journal",
    );
    expect(nodes).toEqual([
      { type: "link.created", data: expect.objectContaining({ slug, title: "Old" }) as unknown, subject: { id } },
      { type: "link.updated", data: { before: { title: "Old" }, after: { title: "New" } }, subject: { id } },
      { type: "link.archived", data: {}, subject: { id } },
      { type: "link.restored", data: {}, subject: { id } },
    ]);
  });
});

describe("clicks", () => {
  it("are told by the day of a zone, days without any included, and by period", async () => {
    clock.set("2026-03-01T22:50:00Z");
    const { id, slug } = await create();
    await open(slug); // 23:50 in Tunis
    clock.set("2026-03-01T23:05:00Z");
    await open(slug); // 00:05
    await open(slug);
    clock.set("2026-03-03T12:00:00Z");
    await open(slug);
    await countedUpTo(id, 4);
    expect((await clicksOf(id, { zone: "Africa/Tunis" })).series).toEqual([
      { day: "2026-03-01", clicks: 1 },
      { day: "2026-03-02", clicks: 2 },
      { day: "2026-03-03", clicks: 1 },
    ]);
    expect((await clicksOf(id, { zone: "UTC" })).series).toEqual([
      { day: "2026-03-01", clicks: 3 },
      { day: "2026-03-02", clicks: 0 },
      { day: "2026-03-03", clicks: 1 },
    ]);
    const period = { from: "2026-03-01T23:00:00Z", to: "2026-03-02T23:00:00Z", zone: "Africa/Tunis" };
    expect(await clicksOf(id, period)).toMatchObject({ total: 2, series: [{ day: "2026-03-02", clicks: 2 }] });
    const answer = await app.graphql(
      'query ($id: ID!) { link(id: $id) { clicks { series(zone: "Mars/Olympus") { day } } } }',
      { id },
    );
    expect(answer.errors?.[0]?.extensions["code"]).toBe("BAD_USER_INPUT");
  });

  it("of nine links take as many statements as those of three", async () => {
    clock.set("2026-12-01T00:00:00Z");
    for (let n = 0; n < 9; n += 1) await create();
    const read = (first: number) =>
      recordStatements(() =>
        app.graphql(`query ($zone: String) { links(first: ${first}) { nodes { id clicks { ${counts} } } } }`, {}),
      );
    await read(9);
    const own = (texts: readonly string[]) => texts.filter((text) => /\blink(_click)?\b/.test(text)).length;
    const [few, many] = [own(await read(3)), own(await read(9))];
    expect(few).toBe(5); // the links, devices, sources, countries, days
    expect(many).toBe(few);
  });

  it("are written down when the server stops, by two servers into the same rows; the second follows what the first changes", async () => {
    const { id, slug } = await create();
    const second = await startApp({ database: app.database, tenant: app.tenant, clock });
    try {
      for (const url of [app.url, second.url, second.url]) {
        await fetch(`${url}/l/${slug}`, { redirect: "manual", headers: { "user-agent": browser } });
      }
      await change("archiveLink", { id });
      const look = () => fetch(`${second.url}/l/${slug}`, { method: "HEAD", redirect: "manual" });
      await waitFor(async () => (await look()).status === 410, "the end of what the second server remembers");
    } finally {
      await second[Symbol.asyncDispose]();
    }
    await countedUpTo(id, 3);
    const { rows } = await owner.query("SELECT FROM link_click WHERE link_id = (SELECT id FROM link WHERE slug = $1)", [
      slug,
    ]);
    expect(rows).toHaveLength(1);
  });
});

describe("a QR code", () => {
  const qr = `query ($id: ID!, $format: QrFormat, $size: Int, $margin: Int, $errorCorrection: QrErrorCorrection) {
    link(id: $id) { qr(format: $format, size: $size, margin: $margin, errorCorrection: $errorCorrection) { mediaType content dataUrl } } }`;

  it("leads to the short address, as shapes and as dots", async () => {
    const { id, slug, shortUrl } = await create();
    for (const options of [{}, { size: 64, margin: 0 }, { size: 1_024, errorCorrection: "HIGH" }]) {
      const svg = await app.graphql(qr, { id, format: "SVG", ...options });
      expect(readSvg(payload<{ qr: { content: string } }>(svg, "link").qr.content)).toBe(shortUrl);
      const png = await app.graphql(qr, { id, format: "PNG", ...options });
      const { content, dataUrl } = payload<{ qr: { content: string; dataUrl: string } }>(png, "link").qr;
      expect(readPng(Buffer.from(content, "base64"))).toBe(shortUrl);
      expect(dataUrl).toBe(`data:image/png;base64,${content}`);
    }
    const svg = await fetch(`${app.url}/l/${slug}/qr.svg`);
    expect(svg.headers.get("content-type")).toMatch(/^image\/svg\+xml/);
    expect(readSvg(await svg.text())).toBe(shortUrl);
    const png = await fetch(`${app.url}/l/${slug}/qr.png?size=512`);
    expect(png.headers.get("content-type")).toBe("image/png");
    expect(readPng(Buffer.from(await png.arrayBuffer()))).toBe(shortUrl);
  });

  it("is refused in sizes that nobody can read or that are dear to draw, and for links that lead nowhere", async () => {
    const { id, slug } = await create();
    for (const options of [{ size: 63 }, { size: 1_025 }, { margin: -1 }, { margin: 17 }]) {
      const { errors } = await app.graphql(qr, { id, ...options });
      expect(errors?.[0]?.extensions["code"]).toBe("BAD_USER_INPUT");
    }
    const statusOf = async (path: string) => (await fetch(`${app.url}/l/${path}`)).status;
    expect(await statusOf(`${slug}/qr.png?size=300`)).toBe(400);
    expect(await statusOf("never-made/qr.svg")).toBe(404);
    await change("archiveLink", { id });
    expect(await statusOf(`${slug}/qr.svg`)).toBe(410);
  });
});

/** What a camera would read from a PNG. */
function readPng(bytes: Buffer): string | undefined {
  const { data, width, height } = PNG.sync.read(bytes);
  return jsQR.default(new Uint8ClampedArray(data), width, height)?.data;
}

/** The same from the SVG that we draw: rows of dark modules on a light ground, as `M x y h length m gap 0 …`. */
function readSvg(svg: string): string | undefined {
  const size = Number(/viewBox="0 0 (\d+) /.exec(svg)?.[1]);
  const path = /stroke="#000000" d="([^"]*)"/.exec(svg)?.[1] ?? "";
  const scale = 4;
  const quiet = 16; // of its own around it: readers need some
  const width = size * scale + 2 * quiet;
  const dots = new Uint8ClampedArray(width * width * 4).fill(255);
  let [x, y] = [0, 0];
  for (const [, command, first, second] of path.matchAll(/([Mmh])([\d.-]+)(?: ([\d.-]+))?/g)) {
    if (command === "M") [x, y] = [Number(first), Math.floor(Number(second))];
    if (command === "m") x += Number(first);
    if (command !== "h") continue;
    const length = Number(first) * scale;
    for (let row = 0; row < scale; row += 1) {
      const start = (y * scale + quiet + row) * width + x * scale + quiet;
      for (let dot = start; dot < start + length; dot += 1) dots.fill(0, dot * 4, dot * 4 + 3);
    }
    x += Number(first);
  }
  return jsQR.default(dots, width, width)?.data;
}
