for (const [id, command] of [
  ["opt-out", "optOut"],
  ["opt-in", "optIn"],
  ["ignore", "ignore"],
]) {
  document.getElementById(id).addEventListener("click", () => nexora(command));
}
