/**
 * What runs on a page of secret-page.ts: sends the secret and what the form asks for as the input of the form's mutation.
 * Small enough to be sent as it is written.
 */
export const secretPageScript = `"use strict";
const secret = new URLSearchParams(location.hash.slice(1));
const form = document.querySelector("form");
const status = document.querySelector("[role=status]");
const button = form.querySelector("button");
for (const field of form.querySelectorAll("input")) field.value = secret.get(field.name) ?? "";
// The secret is out of the address, and of the history, as soon as the page has it.
history.replaceState(null, "", location.pathname);
if (!secret.has("token")) {
  form.hidden = true;
  status.textContent = status.dataset.noLink;
}

async function send(input) {
  const response = await fetch("graphql", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: form.dataset.mutation, variables: { input } }),
  });
  const { data } = await response.json();
  return data.done.userErrors;
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  button.disabled = true;
  try {
    const problems = await send({ token: secret.get("token"), ...Object.fromEntries(new FormData(form)) });
    status.textContent = problems.length > 0 ? problems.map((problem) => problem.message).join(" ") : status.dataset.done;
    form.hidden = problems.length === 0;
  } catch {
    status.textContent = status.dataset.failed;
  } finally {
    button.disabled = false;
  }
});
`;
