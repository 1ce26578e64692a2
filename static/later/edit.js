// One field of a card is changed in its place: in a small form that stays beside the
// card, whatever news do to it meanwhile.
(() => {
  "use strict";
  const { $ } = relevo;
  const words = JSON.parse($("#board").dataset.say);
  const cardOf = (task) => document.getElementById(at) || $(`#board .card[id^="t-${task}"]`);
  const titleOf = (card) => $(".card-title", card);
  const parse = (html) => new DOMParser().parseFromString(html, "text/html");

  const box = Object.assign(document.createElement("div"), { id: "card-edit", popover: "manual", tabIndex: -1 });
  $("#main").append(box);
  let task = "", at = "", turn = 0; // at: which of the task's cards
  const isOpen = () => box.matches(":popover-open");

  /** edit opens the form of one field of a card; without a field, what there is to do. */
  relevo.edit = async (card, field) => {
    if (isOpen() && !await leave()) return;
    at = card.id;
    task = at.slice(2, 38);
    const mine = ++turn;
    if (field === "title" && !matchMedia("(pointer: coarse)").matches) { open(titleForm(card), field); return; } // at once: one types on
    const answer = await fetch(`/tasks/${task}/card${field && "/" + field}`, { headers: { "HX-Request": "true" } }).catch(() => null);
    if (mine !== turn) return;
    const page = answer && parse(await answer.text());
    const form = page && $(field ? "#card-form" : "#card-actions", page);
    if (!form) { relevo.notify($(".notice-body", page || document.createElement("i"))?.textContent.trim() || relevo.words.lost, "problem"); return; }
    open(document.importNode(form, true), field || "actions");
  };

  function titleForm(card) {
    const form = Object.assign(document.createElement("form"), { className: "card-form", id: "card-form", action: `/tasks/${task}/card/title`, method: "post" });
    form.dataset.field = "title";
    const label = words.title.replace("{task}", $(".key", card).textContent);
    form.setAttribute("aria-label", label);
    const version = Object.assign(document.createElement("input"), { type: "hidden", name: "version", value: card.dataset.version });
    const method = Object.assign(document.createElement("input"), { type: "hidden", name: "_method", value: "PUT" });
    const text = Object.assign(document.createElement("textarea"), { className: "input", id: "card-title", name: "title", rows: 1, maxLength: 200, required: true });
    text.setAttribute("aria-label", label);
    text.defaultValue = titleOf(card).textContent;
    form.append(method, version, text);
    return form;
  }

  function open(content, kind) {
    box.replaceChildren(content);
    box.dataset.kind = kind;
    box.setAttribute("role", kind === "actions" ? "group" : "dialog");
    box.setAttribute("aria-label", content.getAttribute("aria-label"));
    if (!isOpen()) box.showPopover();
    stand();
    const first = $("[autofocus], textarea, [type=radio]:checked", box) || $("input:not([type=hidden]), a, button", box);
    first?.focus();
    first?.select?.();
  }

  /** stand keeps the form beside its card: over the title, or below the card's head. */
  function stand() {
    const card = cardOf(task);
    if (!isOpen() || !card) return;
    if (matchMedia("(width <= 48rem)").matches) { box.style.cssText = ""; return; } // at the foot of the screen
    const title = box.dataset.kind === "title";
    const at = (title ? titleOf(card) : $(".card-top", card)).getBoundingClientRect(), own = card.getBoundingClientRect();
    box.style.inlineSize = title ? `${own.width - 8}px` : "";
    const size = box.getBoundingClientRect();
    const top = title ? at.top - 9 : at.bottom + 2, left = title ? own.left + 4 : own.right - size.width;
    box.style.insetBlockStart = `${Math.max(8, Math.min(top, innerHeight - size.height - 8))}px`;
    box.style.insetInlineStart = `${Math.max(8, Math.min(left, innerWidth - size.width - 8))}px`;
  }
  addEventListener("scroll", stand, { capture: true, passive: true });
  addEventListener("resize", stand);
  box.addEventListener("input", stand);
  document.addEventListener("relevo:cards", () => {
    if (!isOpen()) return;
    if (cardOf(task)) stand();
    else if (!dirty()) close();
  });

  const form = () => $("form", box);
  /** dirty reports whether something is chosen or typed that is not saved. */
  function dirty() {
    return !!form() && (!!$(".notice, .wrong", box) || [...form().elements].some((f) => f.type === "checkbox" || f.type === "radio" ? f.checked !== f.defaultChecked
      : /^(date|textarea)$/.test(f.type) && f.value !== f.defaultValue));
  }

  function close() {
    const card = cardOf(task), had = box.contains(document.activeElement) || document.activeElement === document.body;
    turn++;
    box.hidePopover();
    box.replaceChildren();
    if (had) (card ? titleOf(card) : $("#main")).focus({ preventScroll: true });
  }

  /** leave saves what is not saved; it tells whether one may go on. */
  async function leave() {
    if (!dirty()) { close(); return true; }
    return save();
  }

  let saving = null;
  function save(button) { return saving ||= put(button).finally(() => { saving = null; }); }
  async function put(button) {
    const sent = form();
    const body = new URLSearchParams(new FormData(sent));
    if (button?.name) body.set(button.name, button.value);
    try {
      const answer = await fetch(sent.action, { method: "POST", body, headers: { "HX-Request": "true" } });
      if (answer.ok) {
        relevo.did?.(answer);
        close();
        await relevo.catchUp();
        return true;
      }
      const page = parse(await answer.text()), again = $("#card-form", page);
      if (again) { open(document.importNode(again, true), again.dataset.field); return false; }
      relevo.notify($(".notice-body", page)?.textContent.replace(/\s+/g, " ").trim() || relevo.words.oops, "problem");
      close();
      relevo.catchUp();
    } catch {
      relevo.notify(relevo.words.lost, "problem");
    }
    return false;
  }

  box.addEventListener("submit", (e) => { e.preventDefault(); save(e.submitter); });
  box.addEventListener("click", (e) => {
    const act = e.target.closest("[data-field]:not(form)"), card = cardOf(task);
    if (e.target.closest("[data-leave]")) { e.preventDefault(); close(); return; }
    if (act && card) { e.preventDefault(); close(); relevo.edit(card, act.dataset.field); return; }
    if (e.target.closest("[data-pick]") && card) { close(); relevo.later("pick").then(() => relevo.pick.toggle(card), () => {}); return; }
    const beside = e.target.closest("a[data-panel]");
    if (beside && card && !e.ctrlKey && !e.metaKey && !e.shiftKey) {
      e.preventDefault();
      close();
      relevo.openPanel(beside.getAttribute("href"), titleOf(card));
      return;
    }
    // A priority is one of a few: the click that chooses it says all.
    if (e.target.matches("[type=radio]") && e.detail > 0) save();
  });
  document.addEventListener("pointerdown", (e) => {
    if (isOpen() && !box.contains(e.target)) leave();
  }, true);
  box.addEventListener("focusout", (e) => { if (isOpen() && e.relatedTarget && !box.contains(e.relatedTarget)) leave(); });
  box.addEventListener("keydown", (e) => {
    if (e.isComposing) return;
    if (e.key === "Escape") { close(); stop(e); return; }
    if (e.key === "Enter" && !e.target.matches("a, button")) { e.preventDefault(); save(); return; }
    const list = [...box.querySelectorAll(".card-choice input, .menu-item")];
    if (["ArrowDown", "ArrowUp"].includes(e.key) && list.includes(document.activeElement) && document.activeElement.type !== "radio") {
      list[(list.indexOf(document.activeElement) + (e.key === "ArrowDown" ? 1 : -1) + list.length) % list.length].focus();
      stop(e);
      return;
    }
    // The digits choose a priority; the letters of the list do what stands beside them.
    const digit = $(`[name=priority][value="${CSS.escape(e.key)}"]`, box);
    if (digit) { digit.checked = true; save(); stop(e); return; }
    if (box.dataset.kind === "actions" && e.key.length === 1 && !e.ctrlKey && !e.metaKey && !e.altKey && document.body.dataset.keys !== "off") {
      const act = list.find((item) => $("kbd", item)?.textContent.toLowerCase() === e.key.toLowerCase());
      if (act) { act.click(); stop(e); }
    }
  });
  function stop(e) { e.preventDefault(); e.stopPropagation(); }
})();
