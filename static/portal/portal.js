/* What a page gains with script; each works without it. No state, nothing sent: htmx does the rest.
   1. A message can be closed. 2. A link with data-dialog opens its dialogue instead of the page that asks the same.
      Fetched into #dialogue by htmx, it opens by itself.
   3. The counter of a text follows what is typed. 4. The summary of a refused form takes the focus. */
"use strict";

const spaced = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, "\u00a0");

function prepare(root) {
  for (const button of root.querySelectorAll("[data-close]")) button.hidden = false;
}

document.addEventListener("click", (event) => {
  const close = event.target.closest("[data-close]");
  if (close) close.closest(".toast, .notice").remove();
  const opener = event.target.closest("a[data-dialog]");
  const dialog = opener && document.getElementById(opener.dataset.dialog);
  if (dialog && dialog.showModal && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    dialog.showModal();
  }
  const print = event.target.closest("[data-print]");
  if (print) window.print();
});

document.addEventListener("input", (event) => {
  const counter = document.querySelector(`[data-counter-for="${CSS.escape(event.target.id || "-")}"] [data-count]`);
  if (counter) counter.textContent = spaced(event.target.value.trim().length);
});

document.addEventListener("DOMContentLoaded", () => {
  prepare(document);
  const summary = document.querySelector(".errors[autofocus]");
  if (summary) summary.focus();
});
document.addEventListener("htmx:afterSwap", (event) => {
  prepare(document);
  const asked = event.target.id === "dialogue" && event.target.querySelector("dialog");
  if (asked) asked.showModal();
  const summary = event.target.querySelector && event.target.querySelector(".errors");
  if (summary) summary.focus();
});
