import type { FastifyInstance } from "fastify";
import { addSecretPage } from "./secret-page.ts";

/** The page that the link in a mail to a new address opens. */
export function addEmailPage(app: FastifyInstance): void {
  addSecretPage(app, {
    path: "confirm-email",
    mutation:
      "mutation ConfirmEmailChange($input: ConfirmEmailChangeInput!) { done: confirmEmailChange(input: $input) { userErrors { message } } }",
    texts: {
      en: {
        title: "Your e-mail address",
        submit: "Confirm this address",
        done: "Your address is confirmed. Sign in with it from now on.",
      },
      fr: {
        title: "Votre adresse e-mail",
        submit: "Confirmer cette adresse",
        done: "Votre adresse est confirmée. Connectez-vous désormais avec elle.",
      },
    },
    fields: () => "",
  });
}
