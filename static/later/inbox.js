// The inbox by keyboard, and where the focus goes when something has left it.
(() => {
  "use strict";
  const { $ } = window.relevo;
  const items = () => [...document.querySelectorAll("#inbox .inbox-item")];
  const titleOf = (item) => $("h2 a", item);

  // News keeps what is open, and what somebody is filling in.
  Idiomorph.defaults.ignoreActiveValue = true;
  Idiomorph.defaults.callbacks.beforeAttributeUpdated = (name, node) => !(name === "open" && node.nodeName === "DETAILS");

  let at = ""; // the task last at hand
  let place = 0; // and where it stood
  document.addEventListener("focusin", (e) => {
    const item = e.target.closest?.("#inbox .inbox-item");
    if (item) { at = item.id; place = items().indexOf(item); }
  });
  const current = () => document.activeElement?.closest?.("#inbox .inbox-item") || document.getElementById(at);

  function go(step) {
    const all = items();
    if (all.length === 0) return;
    const here = current();
    const next = here ? all[all.indexOf(here) + step] : all[Math.min(place, all.length - 1)];
    if (!next) return;
    titleOf(next).focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }

  // What a key does is what the button does that has its name.
  const deeds = { e: "clear", u: "read", s: "snooze", m: "mute" };

  document.addEventListener("keydown", (e) => {
    if (e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey || e.shiftKey || document.body.dataset.keys === "off" || $("dialog[open]")) return;
    if (e.target.closest("input, textarea, select, [contenteditable], #panel, details.menu[open]")) return;
    const key = e.key.length === 1 ? e.key.toLowerCase() : e.key;
    const onTitle = e.target.closest(".inbox-item h2");
    if (key === "j" || (key === "ArrowDown" && onTitle)) { e.preventDefault(); go(1); return; }
    if (key === "k" || (key === "ArrowUp" && onTitle)) { e.preventDefault(); go(-1); return; }
    const button = deeds[key] && current()?.querySelector(`[data-do="${deeds[key]}"]`);
    if (!button) return;
    e.preventDefault();
    if (button.tagName === "SUMMARY") {
      button.parentElement.open = true;
      $(".menu-item", button.parentElement).focus();
    } else {
      button.form.requestSubmit(button);
    }
  });

  // ---- after an answer, or news, the focus is where it was, or where the next task is

  let held = null; // { item, place, what } that had the focus before the list changed
  const focused = () => {
    const control = document.activeElement, item = control?.closest?.("#inbox .inbox-item");
    return item ? { item: item.id, place: items().indexOf(item), what: control.dataset.do || "" } : null;
  };

  document.addEventListener("htmx:beforeRequest", (e) => {
    if (e.detail.elt.tagName !== "FORM" || e.detail.target?.id !== "inbox") return;
    const menu = $("#inbox details.menu[open]");
    if (menu?.contains(document.activeElement)) $("summary", menu).focus({ preventScroll: true });
    if (menu) menu.open = false;
    const note = e.detail.elt.matches("[data-takes-back]") && e.detail.elt.closest(".notice");
    if (!note) return;
    if (note.contains(document.activeElement)) held = { item: "inbox-" + e.detail.elt.getAttribute("action").split("/")[2], place: 0, what: "" };
    note.remove();
  });
  document.addEventListener("htmx:beforeSwap", (e) => {
    if (e.detail.target?.id === "inbox") held = focused() || held;
  });
  document.addEventListener("htmx:afterSettle", () => {
    if (!held || focused()) { held = null; return; }
    if (document.activeElement !== document.body) return; // one has gone on
    const same = document.getElementById(held.item), all = items();
    const next = same || all[Math.min(held.place, all.length - 1)];
    const to = next ? (same && held.what && $(`[data-do="${held.what}"]`, same)) || titleOf(next) : $("#main");
    held = null;
    to.focus({ preventScroll: true });
    next?.scrollIntoView({ block: "nearest" });
  });

  // A menu at the foot of the page is seen whole.
  document.addEventListener("toggle", (e) => {
    if (e.target.matches("#inbox details.menu[open]")) e.target.lastElementChild.scrollIntoView({ block: "nearest" });
  }, true);

  document.addEventListener("change", (e) => {
    const form = e.target.closest("[data-narrow]");
    if (form) form.requestSubmit();
  });
})();
