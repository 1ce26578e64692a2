// Comments: who can be mentioned comes up after an @, a quote goes into what one
// writes, Ctrl or ⌘ with Enter sends. All of it works without, too.
(() => {
  "use strict";
  const { $ } = window.relevo;
  let box = null, at = -1; // the text one writes in while the list is up; the option one is at

  const list = () => $("#mentions");
  const shown = () => [...list().querySelectorAll("[role=option]:not([hidden])")];

  // What is written after the last @ before the caret, if a name may begin there.
  function written(field) {
    const before = field.value.slice(0, field.selectionStart);
    return /(?:^|[^\p{L}\p{N}])@([\p{L}\p{N}'’-]*(?: [\p{L}\p{N}'’-]*)?)$/u.exec(before)?.[1];
  }

  function look(field) {
    const typed = written(field);
    if (typed === undefined || !list()) { hide(); return; }
    const wanted = typed.toLocaleLowerCase();
    for (const option of list().querySelectorAll("[role=option]")) {
      const name = option.dataset.name.toLocaleLowerCase();
      option.hidden = !(name.startsWith(wanted) || name.split(" ").some((word) => word.startsWith(wanted)));
    }
    const some = shown();
    if (!some.length || some.length === 1 && some[0].dataset.name === typed) { hide(); return; }
    if (box !== field || list().hidden) {
      box = field;
      field.setAttribute("aria-controls", "mentions-list");
      field.setAttribute("aria-autocomplete", "list");
      $("#mentions-status").textContent = $("#mentions-status").dataset.some;
    }
    if (list().previousElementSibling !== field) field.after(list());
    list().hidden = false;
    point(0);
  }
  function hide() {
    if (list()) list().hidden = true;
    box?.removeAttribute("aria-activedescendant");
    if ($("#mentions-status")) $("#mentions-status").textContent = "";
    box = null;
    at = -1;
  }
  function point(to) {
    const all = shown();
    at = (to + all.length) % all.length;
    for (const option of list().querySelectorAll("[role=option]")) option.setAttribute("aria-selected", String(option === all[at]));
    all[at].scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", all[at].id);
  }
  function choose(option) {
    const field = box, typed = written(field);
    hide();
    if (typed === undefined) return;
    field.setRangeText(option.dataset.name + " ", field.selectionStart - typed.length, field.selectionStart, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    hide();
    field.focus();
  }

  document.addEventListener("input", (e) => { if (e.target.matches?.("[data-mentions]")) look(e.target); });
  document.addEventListener("focusout", (e) => { if (e.target === box) setTimeout(hide, 150); });
  document.addEventListener("mousedown", (e) => {
    const option = e.target.closest?.("#mentions [role=option]");
    if (option && box) { e.preventDefault(); choose(option); }
  });
  document.addEventListener("keydown", (e) => {
    if (!e.target.matches?.("[data-mentions]") || e.isComposing) return;
    if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) {
      e.preventDefault();
      e.target.form.requestSubmit();
      return;
    }
    if (box !== e.target || list()?.hidden !== false) return;
    switch (e.key) {
      case "ArrowDown": point(at + 1); break;
      case "ArrowUp": point(at - 1); break;
      case "Enter": case "Tab": choose(shown()[at]); break;
      case "Escape": hide(); e.stopPropagation(); break;
      default: return;
    }
    e.preventDefault();
  }, true);

  // A quote goes to the end of what is written already.
  document.addEventListener("click", (e) => {
    const link = e.target.closest?.("a[data-quote]");
    const field = link && $("#comment");
    if (!field) return;
    e.preventDefault();
    const before = field.value.trimEnd();
    field.value = (before && before + "\n\n") + link.dataset.quote;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  });
})();
