import { describe, expect, it } from "@jest/globals";
import { isPrefetch } from "../operations/visitor-headers.ts";
import { deviceOf, readClickSource } from "./click-source.ts";

const chrome = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0";

describe("what a click tells", () => {
  it.each([
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chrome} Safari/537.36`, "DESKTOP"],
    ["Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0", "DESKTOP"],
    [`Mozilla/5.0 (Linux; Android 15; Pixel 9) ${chrome} Mobile Safari/537.36`, "MOBILE"],
    [
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1",
      "MOBILE",
    ],
    [`Mozilla/5.0 (Linux; Android 14; SM-X710) ${chrome} Safari/537.36`, "TABLET"],
    [
      "Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Mobile/15E148 Safari/604.1",
      "TABLET",
    ],
    ["Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "BOT"],
    ["facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)", "BOT"],
    ["curl/8.5.0", "BOT"],
    ["", "BOT"],
  ])("%s is %s", (userAgent, device) => {
    expect(deviceOf(userAgent)).toBe(device);
  });

  it("is a page's host, a source and a country, and nothing else of the request", () => {
    const headers = {
      "user-agent": `Mozilla/5.0 (X11; Linux x86_64) ${chrome} Safari/537.36`,
      referer: "https://www.Blog.example:8443/secret/page?token=1",
      "cf-ipcountry": "tn",
      "x-forwarded-for": "203.0.113.7",
    };
    const told = { referrer: "blog.example", source: "news", device: "DESKTOP", country: "TN" };
    expect(readClickSource(headers, { source: " news\0 ", isProxied: true })).toEqual(told);
    expect(readClickSource(headers, { source: "news", isProxied: false })).toEqual({ ...told, country: "" });
    const odd = { ...headers, referer: "not an address", "cf-ipcountry": "XX" };
    expect(readClickSource(odd, { source: "\uD800".repeat(200), isProxied: true })).toEqual({
      ...told,
      referrer: "",
      source: "\uFFFD".repeat(100),
      country: "",
    });
  });

  it.each([
    [{ "sec-purpose": "prefetch;prerender" }, true],
    [{ purpose: "prefetch" }, true],
    [{ "x-purpose": "preview" }, true],
    [{ "x-moz": "prefetch" }, true],
    [{ purpose: "navigate" }, false],
    [{}, false],
  ])("%j looks ahead: %s", (headers, expected) => {
    expect(isPrefetch(headers)).toBe(expected);
  });
});
