import type { FastifyInstance, FastifyRequest } from "fastify";
import Negotiator from "negotiator";
import type { Clock } from "../clock.ts";
import type { Click } from "../links/click-counter.ts";
import { readClickSource } from "../links/click-source.ts";
import { isPrefetch } from "../operations/visitor-headers.ts";
import { isOpen, type LinkPlace } from "../links/link-places.ts";

type Language = "en" | "fr";
type Told = "GONE" | "UNKNOWN";

const texts: Readonly<Record<Language, Readonly<Record<Told, { readonly title: string; readonly text: string }>>>> = {
  en: {
    GONE: { title: "This link has ended", text: "Whoever shared it may have a new one for you." },
    UNKNOWN: { title: "There is no such link", text: "Please check the address: a sign may be missing." },
  },
  fr: {
    GONE: {
      title: "Ce lien n'est plus actif",
      text: "La personne qui l'a partagé en a peut-être un nouveau pour vous.",
    },
    UNKNOWN: {
      title: "Ce lien n'existe pas",
      text: "Veuillez vérifier l'adresse\u00a0: il y manque peut-être un signe.",
    },
  },
};

const contentSecurityPolicy =
  "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export interface LinkRedirectOptions {
  readonly places: { find(slug: string): Promise<LinkPlace | null> };
  readonly clicks: { count(click: Click): void };
  readonly clock: Clock;
  /** Whether what stands in front of the server sets headers that it is believed, such as the country. */
  readonly isProxied: boolean;
}

/** Short links. They lead where the team has said, and nowhere that a request says. */
export function addLinkRedirect(app: FastifyInstance, { places, clicks, clock, isProxied }: LinkRedirectOptions): void {
  // HEAD, too: fastify adds it.
  app.get<{ Params: { slug: string } }>("/l/:slug", async (request, reply) => {
    const place = await places.find(request.params.slug);
    const now = clock();
    if (place === null || !isOpen(place, now)) {
      const language = languageOf(request);
      return reply
        .status(place === null ? 404 : 410)
        .header("content-security-policy", contentSecurityPolicy)
        .header("vary", "accept-language")
        .type("text/html; charset=utf-8")
        .send(render(language, place === null ? "UNKNOWN" : "GONE"));
    }
    if (request.method === "GET" && !isPrefetch(request.headers)) {
      const { tenantId, linkId } = place;
      const source = sourceOf(request) ?? place.source;
      clicks.count({ tenantId, linkId, at: now, ...readClickSource(request.headers, { source, isProxied }) });
    }
    // 302, and kept by nobody: the link may lead elsewhere tomorrow. The target may know as much of the page before as if that
    // had led there itself, which is what browsers tell by default.
    return reply.header("referrer-policy", "strict-origin-when-cross-origin").redirect(place.target, 302);
  });
}

/** Where the short link itself was put, by its own query: one link may stand in several places. */
function sourceOf({ query }: FastifyRequest): string | undefined {
  if (typeof query !== "object" || query === null || !("utm_source" in query)) return undefined;
  const source: unknown = query.utm_source;
  return typeof source === "string" ? source : undefined;
}

function languageOf(request: FastifyRequest): Language {
  const [language] = new Negotiator(request).languages(["en", "fr"]);
  return language === "fr" ? "fr" : "en";
}

function render(language: Language, told: Told): string {
  const { title, text } = texts[language][told];
  return `<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="robots" content="noindex" />
    <title>${title}</title>
    <link rel="stylesheet" href="../join/style.css" />
  </head>
  <body>
    <main>
      <h1>${title}</h1>
      <p role="status">${text}</p>
    </main>
  </body>
</html>
`;
}
