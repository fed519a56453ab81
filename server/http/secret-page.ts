import type { FastifyInstance } from "fastify";
import Negotiator from "negotiator";
import { secretPageScript } from "./secret-page-script.ts";

type Language = "en" | "fr";

export interface SecretPageTexts {
  readonly title: string;
  readonly submit: string;
  readonly done: string;
}

export interface SecretPage<Texts extends SecretPageTexts> {
  /** Where it is, and the name of its script's folder. */
  readonly path: "join" | "confirm-email";
  /** The mutation that is sent, `done` for an alias, with the secret as `token` and the fields in its input. */
  readonly mutation: string;
  readonly texts: Readonly<Record<Language, Texts>>;
  /** HTML of what is asked for besides the secret. */
  fields(texts: Texts): string;
}

const commonTexts = {
  en: {
    noLink: "This page needs the link from your mail. Open it once more from there.",
    failed: "That didn't work. Please try again in a moment.",
  },
  fr: {
    noLink: "Cette page a besoin du lien de votre e-mail. Ouvrez-le à nouveau depuis celui-ci.",
    failed: "Cela n'a pas fonctionné. Veuillez réessayer dans un instant.",
  },
} as const;

const languages = ["en", "fr"] as const;

/** Nothing but the page's own script and style, which speak with this origin alone. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/**
 * A page that a mail's link opens and that acts with the link's secret when one says so: programs that look into mails open
 * links, too. The secret stands behind the #, so it reaches neither this server's log nor anybody else's before that.
 */
export function addSecretPage<Texts extends SecretPageTexts>(app: FastifyInstance, page: SecretPage<Texts>): void {
  const rendered = new Map(languages.map((language) => [language, render(page, language)]));
  app.get(`/${page.path}`, (request, reply) => {
    const [language] = new Negotiator(request).languages([...languages]);
    return reply
      .header("content-security-policy", contentSecurityPolicy)
      .header("vary", "accept-language")
      .type("text/html; charset=utf-8")
      .send(rendered.get(language === "fr" ? "fr" : "en"));
  });
  app.get(`/${page.path}/script.js`, (_request, reply) =>
    reply.type("text/javascript; charset=utf-8").send(secretPageScript),
  );
}

function render<Texts extends SecretPageTexts>(page: SecretPage<Texts>, language: Language): string {
  const { title, submit, done } = page.texts[language];
  const { noLink, failed } = commonTexts[language];
  return `<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${title}</title>
    <link rel="stylesheet" href="join/style.css" />
    <script src="${page.path}/script.js" defer></script>
  </head>
  <body>
    <main>
      <h1>${title}</h1>
      <form data-mutation="${page.mutation}">
        ${page.fields(page.texts[language])}
        <button>${submit}</button>
      </form>
      <p role="status" data-done="${done}" data-no-link="${noLink}" data-failed="${failed}"></p>
    </main>
  </body>
</html>
`;
}
