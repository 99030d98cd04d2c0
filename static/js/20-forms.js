// After a page load with errors the summary takes the focus, so that it is read; a form is sent once.
document.querySelector("[data-focus]")?.focus();
// What was typed is kept in the draft, so coming back here asks for the page anew instead of sending the form again.
if (document.querySelector("form[data-kept]")) history.replaceState(history.state, "", location.href);
for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", () => {
    for (const button of form.querySelectorAll("button")) setTimeout(() => (button.disabled = true));
    setTimeout(() => form.querySelectorAll("button").forEach((button) => (button.disabled = false)), 8000);
  });
}
// The filters are folded until asked for. On a wide page they stand open: by the style sheet where the browser
// can, else by this.
for (const fold of document.querySelectorAll(".filters__fold")) {
  if (matchMedia("(min-width: 60rem)").matches) fold.open = true;
}
for (const form of document.querySelectorAll("form.filters")) {
  form.addEventListener("submit", () => {
    for (const input of form.querySelectorAll("select")) if (!input.value) input.disabled = true;
  });
}
