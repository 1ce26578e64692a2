// The list of shortcuts, and the way to the palette of commands. A key does
// something by itself only as long as the person has not switched that off.
(() => {
  "use strict";
  const { $ } = window.relevo;
  const dialog = $("#palette");
  if (!dialog) return;
  const keysOff = () => document.body.dataset.keys === "off";

  let script = null;
  function palette() {
    if (window.relevo.palette) { window.relevo.palette(); return; }
    if (script) return;
    script = Object.assign(document.createElement("script"), { src: dialog.dataset.script });
    script.addEventListener("load", () => window.relevo.palette());
    script.addEventListener("error", () => { script = null; window.relevo.notify(window.relevo.words.lost, "problem"); });
    document.head.append(script);
  }

  document.addEventListener("keydown", (e) => {
    if (e.key.toLowerCase() !== "k" || !(e.ctrlKey || e.metaKey) || e.shiftKey || e.altKey || keysOff()) return;
    e.preventDefault();
    palette();
  }, true);
  document.addEventListener("keydown", (e) => {
    if (e.key !== "?" || e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey || keysOff() || $("dialog[open]")) return;
    if (e.target.closest("input, textarea, select, [contenteditable]")) return;
    e.preventDefault();
    $("#shortcuts").showModal();
  });
  // w watches the task at hand, or no longer.
  document.addEventListener("keydown", (e) => {
    if (e.key.toLowerCase() !== "w" || e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey || e.shiftKey || keysOff() || $("dialog[open]")) return;
    if (e.target.closest("input, textarea, select, [contenteditable]")) return;
    const at = e.target.closest(".card, .inbox-item, .work-task"), open = $(".task[data-task]");
    const task = at ? at.id.replace(/^[a-z]+-/, "").slice(0, 36) : open?.dataset.task; // a swimlane may follow
    if (!task) return;
    e.preventDefault();
    if (open?.dataset.task === task) { $("#task-watch").form.requestSubmit(); return; }
    fetch(`/tasks/${task}/watch`, { method: "POST", headers: { "HX-Request": "true" } })
      .then((answer) => answer.ok ? answer.text() : Promise.reject(answer))
      .then((said) => window.relevo.notify(said), () => window.relevo.notify(window.relevo.words.lost, "problem"));
  });
  document.addEventListener("click", (e) => {
    if (e.target.closest("[data-shortcuts]")) { $("#shortcuts").showModal(); return; }
    if (!e.target.closest("[data-palette]") || e.button !== 0 || e.ctrlKey || e.metaKey || e.shiftKey) return;
    e.preventDefault();
    palette();
  });
})();
