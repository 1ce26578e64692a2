// What is understood of a line that becomes a task (quick.js), and the lines between
// cards (lines.js), are fetched when they are first needed.
(() => {
  "use strict";
  const { $ } = relevo;
  const board = $("#board");
  if (!board?.dataset.later) return;
  const part = (name) => relevo.fetchParts(JSON.parse(board.dataset.later)[name]);
  const lines = (act) => part("lines").then(() => act(relevo.lines), () => relevo.notify(relevo.words.lost, "problem"));

  document.addEventListener("focusin", (e) => { if (e.target.matches?.(".quick-add textarea")) part("quick").catch(() => {}); });

  const once = (e) => {
    const card = e.target.closest?.("#board .card");
    if (!card || e.pointerType === "touch") return;
    for (const type of ["pointerover", "focusin"]) document.removeEventListener(type, once);
    part("lines").then(() => { if (e.type === "focusin") relevo.lines.look(card.id.slice(2)); else relevo.lines.point(card); }, () => {});
  };
  for (const type of ["pointerover", "focusin"]) document.addEventListener(type, once);
  try { if (localStorage.getItem(`relevo:lines:${document.body.dataset.me}`)) addEventListener("load", () => part("lines").catch(() => {})); } catch { /* the browser keeps nothing */ }

  document.addEventListener("click", (e) => { if (e.target.closest?.("[data-lines]")) lines((l) => l.toggle()); });
  document.addEventListener("keydown", (e) => {
    if (e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey || document.body.dataset.keys === "off" || $("dialog[open]")) return;
    if (e.target.closest?.("input, textarea, select, [contenteditable]")) return;
    const card = e.target.closest?.("#board .card");
    if (e.key === "D" && e.shiftKey) lines((l) => l.toggle());
    else if (e.key === "c" && card && board.dataset.edit) lines((l) => l.start(card));
    else return;
    e.preventDefault();
  });
})();
