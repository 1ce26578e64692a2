// Many cards are selected, and one deed is done to all of them. What is selected is
// kept by task, not by card: a column shows only its first window, and news bring
// cards and take them away.
(() => {
  "use strict";
  const { $ } = relevo;
  const board = () => $("#board");
  const words = JSON.parse(board().dataset.say);
  const all = (selector, root = board()) => [...root.querySelectorAll(selector)];
  const taskOf = (card) => card.id.slice(2, 38); // what follows is the swimlane
  const cardOf = (task) => $(`.card[id^="t-${task}"]`, board());
  const titleOf = (card) => $(".card-title", card);

  const chosen = new Set();
  let anchor = "";      // where a range begins
  let range = [];       // what the last range took in
  let switched = false; // by the button, before anything is selected
  const on = () => switched || chosen.size > 0;

  // ---- the boxes

  /** box is a card's own: it shows under the pointer, and everywhere once one selects. */
  function box(card) {
    if (!card) return;
    let box = $(".card-pick", card);
    if (!box) {
      box = Object.assign(document.createElement("input"), { type: "checkbox", className: "card-pick", tabIndex: titleOf(card).tabIndex });
      box.setAttribute("aria-label", words.pick.replace("{task}", $(".key", card).textContent));
      const top = $(".card-top", card);
      top.insertBefore(box, $(".card-move", top));
    }
    box.checked = chosen.has(taskOf(card));
    card.toggleAttribute("data-picked", box.checked);
  }
  for (const type of ["pointerover", "focusin"]) {
    document.addEventListener(type, (e) => { if (e.pointerType !== "touch") box(e.target.closest?.("#board .card")); });
  }

  function laneBox(lane) {
    let box = $(".lane-pick", lane);
    if (!box) {
      box = Object.assign(document.createElement("input"), { type: "checkbox", className: "lane-pick" });
      box.setAttribute("aria-label", words.pickAll.replace("{column}", $("h2", lane).textContent));
      $(".lane-head", lane).prepend(box);
    }
    const cards = all(`.lane[data-lane="${lane.dataset.lane}"] .card`), some = cards.filter((card) => chosen.has(taskOf(card))).length;
    box.checked = some > 0 && some === cards.length;
    box.indeterminate = some > 0 && !box.checked;
    box.disabled = cards.length === 0;
  }

  function paint() {
    board().toggleAttribute("data-picking", on());
    const button = $("#select");
    button?.setAttribute("role", "button");
    button?.setAttribute("aria-pressed", String(on()));
    for (const card of all(".card")) if (on() || $(".card-pick", card)) box(card);
    if (on()) all(".lane:has(> .lane-head)").forEach(laneBox);
    bar();
  }
  document.addEventListener("relevo:cards", (e) => {
    for (const task of e.detail.gone || []) chosen.delete(task);
    if (!e.detail.tasks) stale = true;
    paint();
  });
  document.addEventListener("htmx:afterSettle", paint);

  // ---- choosing

  function changed() {
    paint();
    relevo.say(count());
  }
  function set(task, yes) { if (yes) chosen.add(task); else chosen.delete(task); }

  function toggle(card, yes = !chosen.has(taskOf(card))) {
    set(taskOf(card), yes);
    anchor = taskOf(card);
    range = [];
    changed();
  }

  /** reach takes in all cards from where the range began to this one, and lets go of
      what an earlier one took in. */
  function reach(card) {
    const cards = all(".lane:not([data-folded]) .card");
    const from = cards.indexOf(cardOf(anchor)), to = cards.indexOf(card);
    if (from < 0) { toggle(card, true); return; }
    for (const task of range) chosen.delete(task);
    range = cards.slice(Math.min(from, to), Math.max(from, to) + 1).map(taskOf).filter((task) => !chosen.has(task) || task === anchor);
    for (const task of range) chosen.add(task);
    changed();
  }

  /** column takes in all of a column, with what it does not show; or lets go of it. */
  async function column(lane, yes) {
    const shown = board().dataset.shown;
    const answer = await fetch(`/columns/${lane.dataset.lane}/tasks${shown ? "?" + shown : ""}`, { headers: { "HX-Request": "true" } }).catch(() => null);
    if (!answer?.ok) { relevo.notify(relevo.words.lost, "problem"); paint(); return; }
    const list = $("[data-more]", parse(await answer.text()));
    const tasks = all("[data-task]", list).map((el) => el.dataset.task);
    for (const task of tasks) set(task, yes);
    range = [];
    anchor = tasks[0] || anchor;
    changed();
    if (yes && list.dataset.more) ready.then(() => relevo.notify($("#deeds").dataset.first));
  }

  /** clear lets go of all; the focus stays on the board. */
  function clear() {
    const lost = place.contains(document.activeElement);
    chosen.clear();
    anchor = "";
    range = [];
    switched = false;
    changed();
    if (lost) ($('#board .card-title[tabindex="0"]') || $("#main")).focus({ preventScroll: true });
  }

  document.addEventListener("click", (e) => {
    const own = e.target.closest(".card-pick");
    if (own && e.shiftKey && anchor) reach(own.closest(".card"));
    else if (own) toggle(own.closest(".card"), own.checked);
    else if (e.target.matches(".lane-pick")) column(e.target.closest(".lane"), e.target.checked);
    else if (e.target.closest("[data-clear]")) clear();
    else if (e.target.closest("[data-deselect]")) {
      for (const el of all("[data-refused]", place)) chosen.delete(el.dataset.refused);
      refusal();
      changed();
    }
  });

  const menus = { a: "owners", l: "labels", p: "priority", d: "due", m: "move" };
  document.addEventListener("keydown", (e) => {
    if (!on() || e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey || $("dialog[open], #card-edit")) return;
    if (e.key === "Escape") {
      if (e.target.closest("details[open], #panel, .quick-add") || $("#refusal")) return;
      if ($(".deed-refusal", place)) { refusal(); } else { clear(); }
      stop(e);
      return;
    }
    const card = e.target.closest("#board .card");
    if (!card || chosen.size === 0) return;
    const key = e.key.length === 1 ? e.key.toLowerCase() : e.key;
    if (e.shiftKey && key.startsWith("Arrow")) {
      const next = { ArrowUp: card.previousElementSibling, ArrowDown: card.nextElementSibling }[key];
      if (next) {
        anchor ||= taskOf(card);
        titleOf(next).focus();
        next.scrollIntoView({ block: "nearest" });
        reach(next);
      }
      stop(e);
    } else if (menus[key] && !e.shiftKey && document.body.dataset.keys !== "off") {
      ready.then(() => open(menus[key]));
      stop(e);
    }
  }, true);
  function stop(e) { e.preventDefault(); e.stopImmediatePropagation(); }

  // ---- the bar of what can be done

  const parse = (html) => new DOMParser().parseFromString(html, "text/html");
  const place = Object.assign(document.createElement("div"), { id: "deed-place", hidden: true });
  board().after(place);
  let ready = null;  // the bar, once it is there
  let stale = false; // the board's columns, people or labels may be others now

  function fetchBar() {
    stale = false;
    ready = fetch(`/boards/${board().dataset.board}/deeds/new?${board().dataset.shown}`, { headers: { "HX-Request": "true" } })
      .then(async (answer) => {
        const fresh = answer.ok && $("#deeds", parse(await answer.text()));
        if (!fresh) throw new Error("no bar");
        if (place.contains(document.activeElement) || $("#deeds details[open]")) { stale = true; return; } // it is in use: later
        $("#deeds")?.remove();
        place.append(document.importNode(fresh, true));
        tell();
      })
      .catch(() => { ready = null; relevo.notify(relevo.words.lost, "problem"); });
  }
  function count() {
    const data = $("#deeds")?.dataset;
    if (!data) return "";
    if (chosen.size === 0) return data.hint;
    return chosen.size === 1 ? data.chosenOne : data.chosen.replace("{n}", chosen.size);
  }
  function tell() {
    const p = $("#deeds [data-count]");
    if (!p) return;
    if (p.textContent !== count()) p.textContent = count();
    $("#deeds").toggleAttribute("data-none", chosen.size === 0);
  }
  function bar() {
    place.hidden = !on();
    document.documentElement.toggleAttribute("data-picking", on()); // notices keep off the bar
    if (!on()) { refusal(); return; }
    if (!ready || stale && !place.contains(document.activeElement)) fetchBar();
    tell();
  }
  function open(name) {
    const menu = $(`#deeds [data-menu="${name}"]`);
    if (!menu) return;
    menu.open = true;
    $("input, select, button", menu)?.focus();
  }
  // A menu that is opened by hand is gone into, so that its keys work at once.
  document.addEventListener("keydown", (e) => {
    const field = e.target.closest?.("#deeds input");
    if (field && e.key === "Enter") { e.preventDefault(); $(`button[value="${field.name === "due" ? "due" : "cancel"}"]`, place).click(); }
  });

  // ---- deeds

  document.addEventListener("submit", (e) => {
    if (e.target.id !== "deeds") return;
    e.preventDefault();
    send(new URLSearchParams(new FormData(e.target, e.submitter)), e.submitter);
  });

  let sending = false;
  /** send does a deed to all that is selected; it tells whether it was done. */
  async function send(form, button) {
    if (sending || chosen.size === 0) return false;
    sending = true;
    refusal();
    form.set("version", board().dataset.seq);
    for (const task of chosen) form.append("tasks", task);
    const menu = button?.closest("details");
    try {
      const answer = await fetch(`/boards/${board().dataset.board}/deeds`, { method: "POST", body: form, headers: { "HX-Request": "true" } });
      const page = parse(await answer.text());
      if (menu) { menu.open = false; $("summary", menu).focus(); }
      if (!answer.ok) { refusal($(".deed-refusal", page) || $(".notice", page)); return false; }
      const idle = $("[data-idle]", page);
      if (idle) relevo.notify(idle.textContent);
      relevo.did?.(answer);
      if (["archive", "cancel", "delete"].includes(form.get("deed"))) clear();
      await relevo.catchUp();
      return true;
    } catch {
      relevo.notify(relevo.words.lost, "problem");
      return false;
    } finally {
      sending = false;
    }
  }

  /** refusal says above the bar why nothing was done; without one, no more. */
  function refusal(note) {
    $(".notice", place)?.remove();
    if (!note) return;
    const own = document.importNode(note, true);
    own.classList.add("deed-refusal");
    if ($("[data-refused]", own)) {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: $("#deeds").dataset.deselect });
      button.dataset.deselect = "";
      $(".notice-body", own).append(button);
    }
    const close = Object.assign(document.createElement("button"), { type: "button", className: "button button-plain", textContent: words.close });
    close.dataset.dismiss = "";
    $("[data-dismiss]", own)?.remove();
    own.append(close);
    place.prepend(own);
    ($("[data-deselect]", own) || close).focus();
  }

  // ---- dragging one of them takes all along

  function lift(card) {
    if (chosen.has(taskOf(card)) && chosen.size > 1 && window.Sortable?.ghost) Sortable.ghost.dataset.many = chosen.size;
  }
  /** drop puts all that is selected where one of them was dropped; nothing, if that
      one is not among them. */
  function drop(card, back, was) {
    if (!chosen.has(taskOf(card)) || chosen.size < 2) return null;
    let next = card.nextElementSibling;
    while (next && chosen.has(taskOf(next))) next = next.nextElementSibling;
    const is = card.closest(".cards").dataset;
    const form = new URLSearchParams({ deed: "move " + is.column, before: next && !board().dataset.order ? taskOf(next) : "", ...relevo.laneMove(was, is) });
    return send(form).then((done) => { if (!done) back(); });
  }

  relevo.pick = {
    on, box, toggle, column, lift, drop,
    click: (card, extend) => { if (extend && anchor) reach(card); else toggle(card); },
    mode: () => { if (on()) { clear(); } else { switched = true; changed(); } },
  };
})();
