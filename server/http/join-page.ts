import type { FastifyInstance } from "fastify";
import Negotiator from "negotiator";
import { joinScript } from "./join-script.ts";

interface Texts {
  readonly title: string;
  readonly name: string;
  readonly password: string;
  readonly submit: string;
  readonly done: string;
  readonly noLink: string;
  readonly failed: string;
}

const texts: Readonly<Record<"en" | "fr", Texts>> = {
  en: {
    title: "Your login",
    name: "Your name",
    password: "Choose a password",
    submit: "Make my login",
    done: "Your login is ready: sign in with your e-mail address and this password.",
    noLink: "This page needs the link from your mail. Open it once more from there.",
    failed: "That didn't work. Please try again in a moment.",
  },
  fr: {
    title: "Votre accès",
    name: "Votre nom",
    password: "Choisissez un mot de passe",
    submit: "Créer mon accès",
    done: "Votre accès est prêt : connectez-vous avec votre adresse e-mail et ce mot de passe.",
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
 * The page that the link in a welcome mail opens: it takes a password and accepts the invitation. The invitation's secret
 * stands behind the #, so it reaches neither this server's log nor anybody else's before that.
 */
export function addJoinPage(app: FastifyInstance): void {
  const pages = new Map(languages.map((language) => [language, render(language)]));
  app.get("/join", (request, reply) => {
    const [language = "en"] = new Negotiator(request).languages([...languages]);
    return reply
      .header("content-security-policy", contentSecurityPolicy)
      .header("vary", "accept-language")
      .type("text/html; charset=utf-8")
      .send(pages.get(language === "fr" ? "fr" : "en"));
  });
  app.get("/join/script.js", (_request, reply) => reply.type("text/javascript; charset=utf-8").send(joinScript));
  app.get("/join/style.css", (_request, reply) => reply.type("text/css; charset=utf-8").send(style));
}

function render(language: keyof typeof texts): string {
  const { title, name, password, submit, done, noLink, failed } = texts[language];
  return `<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${title}</title>
    <link rel="stylesheet" href="join/style.css" />
    <script src="join/script.js" defer></script>
  </head>
  <body>
    <main>
      <h1>${title}</h1>
      <form>
        <label>${name} <input name="name" autocomplete="name" required maxlength="200" /></label>
        <label>${password} <input name="password" type="password" autocomplete="new-password" required /></label>
        <button>${submit}</button>
      </form>
      <p role="status" data-done="${done}" data-no-link="${noLink}" data-failed="${failed}"></p>
    </main>
  </body>
</html>
`;
}

const style = `body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; color: #1b1b1f; background: #f6f6f8; }
main { max-width: 24rem; margin: 10vh auto; padding: 2rem; background: #fff; border-radius: 0.75rem; }
h1 { margin: 0 0 1rem; font-size: 1.5rem; }
label { display: block; margin-bottom: 1rem; }
input { display: block; box-sizing: border-box; width: 100%; margin-top: 0.25rem; padding: 0.5rem; font: inherit; border: 1px solid #8a8a94; border-radius: 0.375rem; }
button { width: 100%; padding: 0.625rem; font: inherit; color: #fff; background: #2b4acb; border: 0; border-radius: 0.375rem; cursor: pointer; }
button:disabled { opacity: 0.5; }
[hidden] { display: none; }
`;
