// After a page load with errors the summary takes the focus, so that it is read; a form is sent once.
document.querySelector("[data-focus]")?.focus();
for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", () => {
    for (const button of form.querySelectorAll("button")) setTimeout(() => (button.disabled = true));
    setTimeout(() => form.querySelectorAll("button").forEach((button) => (button.disabled = false)), 8000);
  });
}
// On a phone the filters are folded until asked for; without script they stand open.
for (const fold of document.querySelectorAll(".filters__fold")) {
  if (matchMedia("(max-width: 59.99rem)").matches) fold.open = false;
}
for (const form of document.querySelectorAll("form.filters")) {
  form.addEventListener("submit", () => {
    for (const input of form.querySelectorAll("select")) if (!input.value) input.disabled = true;
  });
}
