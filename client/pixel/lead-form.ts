import { toLeadInput } from "./lead-input.ts";
import { safely } from "./safely.ts";
import { key, serverUrl } from "./settings.ts";
import { uuid } from "./uuid.ts";
import { anonymousId, firstTouch, lastTouch } from "./visitor.ts";

interface UserError {
  readonly message: string;
  readonly field: readonly string[];
}

const query = "mutation($input:CaptureLeadInput!){captureLead(input:$input){userErrors{message field}}}";
const maxAttempts = 3;

/** Why the lead was refused; throws when the server can't be asked. Tries again with one key, so it is captured once. */
async function capture(input: object, idempotencyKey: string, attempt = 1): Promise<readonly UserError[]> {
  const answer = await fetch(serverUrl("graphql"), {
    method: "POST",
    credentials: "omit",
    headers: {
      authorization: `Bearer ${key}`,
      "content-type": "application/json",
      "idempotency-key": idempotencyKey,
    },
    body: JSON.stringify({ query, variables: { input } }),
  }).catch(() => undefined);
  const status = answer?.status ?? 503;
  if (attempt < maxAttempts && (status === 429 || status > 499)) {
    const waitSeconds = Number(answer?.headers.get("retry-after")) || attempt;
    await new Promise((resolve) => setTimeout(resolve, waitSeconds * 1_000));
    return capture(input, idempotencyKey, attempt + 1);
  }
  const { data } = ((await answer?.json()) ?? {}) as { data: { captureLead: { userErrors: UserError[] } } };
  return data.captureLead.userErrors;
}

const all = (form: HTMLFormElement, selector: string) => [...form.querySelectorAll<HTMLInputElement>(selector)];

/** Shows each message where the form has a place for it: `data-nexora-error="email"`, otherwise `data-nexora-error`. */
function showErrors(form: HTMLFormElement, errors: readonly UserError[]): void {
  for (const input of all(form, "[aria-invalid]")) input.removeAttribute("aria-invalid");
  for (const place of all(form, "[data-nexora-error]")) {
    place.hidden = true;
    place.textContent = "";
  }
  for (const { field, message } of errors) {
    const [name = ""] = field.slice(-1);
    const [place] = [...all(form, `[data-nexora-error="${name}"]`), ...all(form, '[data-nexora-error=""]')];
    if (place) {
      place.hidden = false;
      place.append(message, " ");
    }
    for (const input of all(form, `[name="${name}"]`)) input.setAttribute("aria-invalid", "true");
  }
}

/** Sends a form's lead and shows what came of it; `data-nexora-state` tells style sheets. */
export function submitLead(form: HTMLFormElement): void {
  const { dataset } = form;
  if (dataset["nexoraState"] !== "sending") void send(form, dataset).catch(() => undefined);
}

async function send(form: HTMLFormElement, dataset: DOMStringMap): Promise<void> {
  dataset["nexoraState"] = "sending";
  const fields = new FormData(form);
  // <input type="checkbox" data-nexora-consent="newsletter" data-nexora-version="2026-11">
  const consent = all(form, "[data-nexora-consent]").flatMap(({ name, checked, dataset: its }) => {
    fields.delete(name);
    return checked ? { purpose: its["nexoraConsent"], textVersion: its["nexoraVersion"] || "1" } : [];
  });
  const input = toLeadInput([...fields], consent, anonymousId(), firstTouch(), lastTouch());
  const errors = await capture(input, uuid()).catch(() => [
    { message: dataset["nexoraFailed"] ?? "Please try again.", field: [] },
  ]);
  const isDone = !errors[0];
  safely(() => showErrors(form, errors)); // a name may be no selector
  dataset["nexoraState"] = isDone ? "done" : "failed";
  if (isDone) form.reset();
  for (const place of all(form, "[data-nexora-success]")) place.hidden = !isDone;
  form.dispatchEvent(new CustomEvent("nexora:lead", { bubbles: true, detail: { errors } }));
}
