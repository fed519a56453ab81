import type { FastifyInstance } from "fastify";
import Negotiator from "negotiator";
import { emailScript } from "./email-script.ts";

interface Texts {
  readonly title: string;
  readonly submit: string;
  readonly done: string;
  readonly noLink: string;
  readonly failed: string;
}

const texts: Readonly<Record<"en" | "fr", Texts>> = {
  en: {
    title: "Your e-mail address",
    submit: "Confirm this address",
    done: "Your address is confirmed. Sign in with it from now on.",
    noLink: "This page needs the link from your mail. Open it once more from there.",
    failed: "That didn't work. Please try again in a moment.",
  },
  fr: {
    title: "Votre adresse e-mail",
    submit: "Confirmer cette adresse",
    done: "Votre adresse est confirmée. Connectez-vous désormais avec elle.",
    noLink: "Cette page a besoin du lien de votre e-mail. Ouvrez-le à nouveau depuis celui-ci.",
    failed: "Cela n'a pas fonctionné. Veuillez réessayer dans un instant.",
  },
};

const languages = Object.keys(texts) as (keyof typeof texts)[];

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
 * The page that the link in a mail to a new address opens. It asks for a click, since programs that look into mails open links,
 * too; the secret stands behind the #.
 */
export function addEmailPage(app: FastifyInstance): void {
  const pages = new Map(languages.map((language) => [language, render(language)]));
  app.get("/confirm-email", (request, reply) => {
    const [language = "en"] = new Negotiator(request).languages([...languages]);
    return reply
      .header("content-security-policy", contentSecurityPolicy)
      .header("vary", "accept-language")
      .type("text/html; charset=utf-8")
      .send(pages.get(language === "fr" ? "fr" : "en"));
  });
  app.get("/confirm-email/script.js", (_request, reply) =>
    reply.type("text/javascript; charset=utf-8").send(emailScript),
  );
}

function render(language: keyof typeof texts): string {
  const { title, submit, done, noLink, failed } = texts[language];
  return `<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${title}</title>
    <link rel="stylesheet" href="join/style.css" />
    <script src="confirm-email/script.js" defer></script>
  </head>
  <body>
    <main>
      <h1>${title}</h1>
      <form>
        <button>${submit}</button>
      </form>
      <p role="status" data-done="${done}" data-no-link="${noLink}" data-failed="${failed}"></p>
    </main>
  </body>
</html>
`;
}
