// Keeps calls until the pixel is there.
window.nexora =
  window.nexora ||
  function () {
    (nexora.q = nexora.q || []).push(arguments);
  };
