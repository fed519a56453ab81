import { randomInt } from "node:crypto";

/** Digits and consonants that nobody mistakes for each other when they are read out or copied; without vowels chance writes no words. */
const alphabet = "23456789bcdfghjkmnpqrstvwxz";
/** 10^10 of them: with a million links one in ten thousand is taken already. */
const generatedLength = 7;

/** Words that look as if this server itself was speaking, or that it may want to answer one day. */
const reserved: ReadonlySet<string> = new Set([
  ...["admin", "api", "app", "assets", "auth", "explorer", "favicon", "graphql", "health", "help", "index", "join"],
  ...["login", "logout", "new", "nexora", "null", "qr", "robots", "security", "signin", "signup", "sitemap", "static"],
  ...["status", "support", "undefined", "well-known", "www"],
]);

const pattern = /^[a-z0-9][a-z0-9-]{0,62}[a-z0-9]$/;

/** A slug as it is stored and looked up; null when it can't be one. */
export function readSlug(text: string): string | null {
  const slug = text.toLowerCase();
  // "K" with a sign of its own becomes an ordinary k in lower case.
  return pattern.test(slug) && /^[\x21-\x7e]+$/.test(text) ? slug : null;
}

export function isReserved(slug: string): boolean {
  return reserved.has(slug);
}

/** A slug that nobody has chosen. `random` gives a whole number below its argument. */
export function generateSlug(random: (below: number) => number = randomInt): string {
  return Array.from({ length: generatedLength }, () => alphabet.charAt(random(alphabet.length))).join("");
}
