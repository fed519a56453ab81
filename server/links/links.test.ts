import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import pg from "pg";
import { payload, startApp, type TestApp, type TestTenant } from "../../test/app.ts";
import { TestClock } from "../../test/clock.ts";
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

async function clicksIn(linkId: string): Promise<unknown[]> {
  const { rows } = await owner.query<Record<string, unknown>>(
    `SELECT to_char(quarter AT TIME ZONE 'UTC', 'HH24:MI') AS quarter, referrer, source, device, country, clicks::int FROM link_click
      WHERE link_id = (SELECT id FROM link WHERE slug = $1) ORDER BY quarter, device, source`,
    [linkId],
  );
  return rows;
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
    const { slug } = await create({ utm: { source: "newsletter" } });
    await open(slug, { referer: "https://www.blog.example/post?reader=7", "cf-ipcountry": "tn" });
    await open(slug, { referer: "https://www.blog.example/", "cf-ipcountry": "TN" });
    await open(`${slug}?utm_source=poster%00`, {
      "user-agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Mobile/15E148",
    });
    await open(slug, { "user-agent": "Googlebot/2.1 (+http://www.google.com/bot.html)" });
    await open(slug, {}, "HEAD");
    await open(slug, { "sec-purpose": "prefetch;prerender" });
    await waitFor(async () => (await clicksIn(slug)).length === 3);
    const quarter = "10:00";
    expect(await clicksIn(slug)).toEqual([
      { quarter, referrer: "", source: "newsletter", device: "BOT", country: "", clicks: 1 },
      { quarter, referrer: "blog.example", source: "newsletter", device: "DESKTOP", country: "TN", clicks: 2 },
      { quarter, referrer: "", source: "poster", device: "MOBILE", country: "", clicks: 1 },
    ]);
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
});
