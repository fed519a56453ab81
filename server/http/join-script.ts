/** What runs on the page of join-page.ts. Small enough to be sent as it is written. */
export const joinScript = `"use strict";
const secret = new URLSearchParams(location.hash.slice(1));
const form = document.querySelector("form");
const status = document.querySelector("[role=status]");
const button = form.querySelector("button");
form.elements.name.value = secret.get("name") ?? "";
// The secret is out of the address, and of the history, as soon as the page has it.
history.replaceState(null, "", location.pathname);
if (!secret.has("token")) {
  form.hidden = true;
  status.textContent = status.dataset.noLink;
}

const query = "mutation AcceptInvite($input: AcceptInviteInput!) { acceptInvite(input: $input) { userErrors { message } } }";

async function accept(input) {
  const response = await fetch("graphql", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables: { input } }),
  });
  const { data } = await response.json();
  return data.acceptInvite.userErrors;
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  button.disabled = true;
  try {
    const { name, password } = form.elements;
    const problems = await accept({ token: secret.get("token"), name: name.value, password: password.value });
    status.textContent = problems.length > 0 ? problems.map((problem) => problem.message).join(" ") : status.dataset.done;
    form.hidden = problems.length === 0;
  } catch {
    status.textContent = status.dataset.failed;
  } finally {
    button.disabled = false;
  }
});
`;
