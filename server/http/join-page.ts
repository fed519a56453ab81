import type { FastifyInstance } from "fastify";
import { addSecretPage } from "./secret-page.ts";

/** The page that the link in a welcome mail opens: it takes a password and accepts the invitation. */
export function addJoinPage(app: FastifyInstance): void {
  addSecretPage(app, {
    path: "join",
    mutation:
      "mutation AcceptInvite($input: AcceptInviteInput!) { done: acceptInvite(input: $input) { userErrors { message } } }",
    texts: {
      en: {
        title: "Your login",
        name: "Your name",
        password: "Choose a password",
        submit: "Make my login",
        done: "Your login is ready: sign in with your e-mail address and this password.",
      },
      fr: {
        title: "Votre accès",
        name: "Votre nom",
        password: "Choisissez un mot de passe",
        submit: "Créer mon accès",
        done: "Votre accès est prêt\u00a0: connectez-vous avec votre adresse e-mail et ce mot de passe.",
      },
    },
    fields: ({ name, password }) =>
      `<label>${name} <input name="name" autocomplete="name" required maxlength="200" /></label>
        <label>${password} <input name="password" type="password" autocomplete="new-password" required /></label>`,
  });
  app.get("/join/style.css", (_request, reply) => reply.type("text/css; charset=utf-8").send(style));
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
