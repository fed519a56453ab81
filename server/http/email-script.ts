/** What runs on the page of email-page.ts. Small enough to be sent as it is written. */
export const emailScript = `"use strict";
const secret = new URLSearchParams(location.hash.slice(1));
const form = document.querySelector("form");
const status = document.querySelector("[role=status]");
const button = form.querySelector("button");
// The secret is out of the address, and of the history, as soon as the page has it.
history.replaceState(null, "", location.pathname);
if (!secret.has("token")) {
  form.hidden = true;
  status.textContent = status.dataset.noLink;
}

const query = "mutation ConfirmEmailChange($input: ConfirmEmailChangeInput!) { confirmEmailChange(input: $input) { userErrors { message } } }";

async function confirm(input) {
  const response = await fetch("graphql", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables: { input } }),
  });
  const { data } = await response.json();
  return data.confirmEmailChange.userErrors;
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  button.disabled = true;
  try {
    const problems = await confirm({ token: secret.get("token") });
    status.textContent = problems.length > 0 ? problems.map((problem) => problem.message).join(" ") : status.dataset.done;
    form.hidden = problems.length === 0;
  } catch {
    status.textContent = status.dataset.failed;
  } finally {
    button.disabled = false;
  }
});
`;
