// Keeps calls, and lead forms that are sent, until the pixel is there.
window.nexora =
  window.nexora ||
  function () {
    (nexora.q = nexora.q || []).push(arguments);
  };

addEventListener("submit", (event) => {
  if (nexora.isReady || !event.target.matches("[data-nexora-lead]")) return;
  event.preventDefault();
  nexora("lead", event.target);
});
