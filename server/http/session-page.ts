import type { FastifyInstance } from "fastify";
import { MailFormat } from "../mail/mail-format.ts";
import { languageOf } from "../mail/mail-locale.ts";
import { escapeHtml } from "../operations/escape-html.ts";
import type { SessionVisit } from "../sessions/session-links.service.ts";
import { HttpRefusal } from "./http-refusal.ts";

type Told = Exclude<SessionVisit["found"]["kind"], "ROOM">;

const texts: Readonly<Record<"en" | "fr", Readonly<Record<Told, (opensAt: string) => string>>>> = {
  en: {
    EARLY: (opensAt) => `The room opens on ${opensAt}. This page then leads you in by itself.`,
    PENDING: () => "This session isn't confirmed yet.",
    OVER: () => "This session is over.",
    GONE: () => "This session was cancelled, or you have no place in it any more.",
  },
  fr: {
    EARLY: (opensAt) => `La salle ouvre ${opensAt}. Cette page vous y conduira d'elle-même.`,
    PENDING: () => "Cette séance n'est pas encore confirmée.",
    OVER: () => "Cette séance est terminée.",
    GONE: () => "Cette séance a été annulée, ou vous n'y avez plus de place.",
  },
};

const contentSecurityPolicy =
  "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** A browser that was asleep looks again before long. */
const mostRefreshSeconds = 300;

/** The page that the link in a session's mails opens: it waits for the video room to open, and leads into it. */
export function addSessionPage(
  app: FastifyInstance,
  links: { visit(token: string): Promise<SessionVisit | null> },
): void {
  app.get<{ Params: { token: string } }>("/session/:token", async (request, reply) => {
    const visit = await links.visit(request.params.token);
    if (visit === null) throw new HttpRefusal(404, "There is nothing at this address.");
    const { found } = visit;
    // The room's name is nobody else's to keep: neither a cache's nor the page's that comes after it.
    reply.header("cache-control", "private, no-store").header("referrer-policy", "no-referrer");
    if (found.kind === "ROOM") return reply.redirect(found.url, 303);
    if (found.kind === "EARLY") reply.header("refresh", String(secondsUntil(found)));
    return reply
      .header("content-security-policy", contentSecurityPolicy)
      .type("text/html; charset=utf-8")
      .send(render(visit, found));
  });
}

function secondsUntil({ opensAt, now }: { readonly opensAt: Date; readonly now: Date }): number {
  return Math.min(Math.ceil((opensAt.getTime() - now.getTime()) / 1_000), mostRefreshSeconds);
}

function render(
  { title, startsAt, locale: preferred, timeZone }: SessionVisit,
  found: Exclude<SessionVisit["found"], { readonly kind: "ROOM" }>,
): string {
  const { language, locale } = languageOf(preferred);
  const format = new MailFormat({ locale, timeZone });
  const told = texts[language][found.kind](found.kind === "EARLY" ? format.instant(found.opensAt.toISOString()) : "");
  return `<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="robots" content="noindex" />
    <title>${escapeHtml(title)}</title>
    <link rel="stylesheet" href="../join/style.css" />
  </head>
  <body>
    <main>
      <h1>${escapeHtml(title)}</h1>
      <p>${escapeHtml(format.instant(startsAt.toISOString()))}</p>
      <p role="status">${escapeHtml(told)}</p>
    </main>
  </body>
</html>
`;
}
