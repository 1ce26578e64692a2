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

  // ---- after an answer the focus is where it was, or where the next task is now

  let asked = null; // { item, place, what } of the request under way
  document.addEventListener("htmx:beforeRequest", (e) => {
    const form = e.detail.elt;
    if (form.tagName !== "FORM" || e.detail.target?.id !== "inbox") return;
    const item = form.closest(".inbox-item");
    const button = document.activeElement?.closest?.("button, summary");
    const what = item?.contains(button) ? button.dataset.do : "";
    asked = item ? { item: item.id, place: items().indexOf(item), what, had: item.contains(document.activeElement) } : null;
    for (const menu of document.querySelectorAll("#inbox details.menu[open]")) menu.open = false;
    form.closest("[data-takes-back]") && form.closest(".notice").remove();
  });
  document.addEventListener("htmx:afterSettle", () => {
    if (!asked) return;
    const { item, place: was, what, had } = asked;
    asked = null;
    if (!had) return;
    const same = document.getElementById(item);
    const all = items();
    const next = same || all[Math.min(was, all.length - 1)];
    const focus = next ? (same && what && $(`[data-do="${what}"]`, same)) || titleOf(next) : $("#main");
    focus.focus({ preventScroll: true });
    next?.scrollIntoView({ block: "nearest" });
  });

  document.addEventListener("change", (e) => {
    const form = e.target.closest("[data-filter]");
    if (form) form.requestSubmit();
  });
})();
