// The calendar: tasks move to other days by mouse, finger and keys, and are added
// on a day.
(() => {
  "use strict";
  const { $, face } = relevo;
  if (!face || !$(".calendar")) return;
  const words = JSON.parse(face.root().dataset.say);
  const all = (selector, root = face.root()) => [...root.querySelectorAll(selector)];
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const taskOf = (chip) => chip.id.slice(2);
  const linkOf = (chip) => $(".chip-link", chip);
  const titleOf = (chip) => $(".chip-title", chip).textContent;
  const listOf = (chip) => chip.closest(".chips");
  const listAt = (day) => document.getElementById(`u-${day || "none"}`);
  const plus = (day, n) => { const d = new Date(`${day}T00:00:00Z`); d.setUTCDate(d.getUTCDate() + n); return d.toISOString().slice(0, 10); };
  const part = (day, what) => new Intl.DateTimeFormat(document.documentElement.lang, { ...what, timeZone: "UTC" }).format(new Date(`${day}T00:00:00Z`));
  /** named words a day as the server does. */
  const named = (day) => words.day.replace("{weekday}", part(day, { weekday: "long" })).replace("{day}", Number(day.slice(8))).replace("{month}", part(day, { month: "long" }));

  // ---- focus: one task at a time is in the order of Tab; arrows go to the others

  let at = "";
  function rove(chip) {
    at = chip?.id || "";
    for (const link of all(".chip-link")) link.tabIndex = link.parentElement.id === at ? 0 : -1;
  }
  document.addEventListener("focusin", (e) => { const chip = e.target.closest?.(".calendar .chip"); if (chip && chip.id !== at) rove(chip); });

  // ---- moving

  const waiting = new Map(); // task → what keys have made of it so far

  /** send moves a task to a day for good, or puts it back and says why. */
  async function send(task, title, version, day, origin, follow) {
    const ok = await face.dates(task, version, { due: day }, words.notMoved);
    if (ok) relevo.say((day ? words.moved : words.movedAway).replace("{task}", title).replace("{day}", day && named(day)));
    else putBack(task, origin);
    if (ok && follow && !listAt(day)) { face.go(spanAt(day), `t-${task}`); return; }
    await relevo.catchUp();
    if (ok && face.root().dataset.shown && !document.getElementById(`t-${task}`) && $(".chip-more", listAt(day)?.parentElement || document) === null) relevo.notify(words.hidden);
  }
  function putBack(task, origin) {
    const chip = document.getElementById(`t-${task}`);
    if (!chip || !origin.list.isConnected) return;
    const focused = chip.contains(document.activeElement);
    origin.list.insertBefore(chip, origin.next?.parentNode === origin.list ? origin.next : null);
    if (focused) linkOf(chip).focus({ preventScroll: true });
  }
  function spanAt(day) {
    const kind = $(".cal-days").dataset.kind;
    const url = new URL(face.root().dataset.face, location.href);
    for (const name of ["month", "week", "day", "page"]) url.searchParams.delete(name);
    url.searchParams.set(kind, kind === "month" ? day.slice(0, 7) : day);
    return url.pathname + url.search;
  }

  /** carry moves a task by days; the server hears of it when the keys rest. */
  function carry(chip, days) {
    const task = taskOf(chip);
    const was = waiting.get(task);
    const from = was?.day ?? listOf(chip).dataset.day;
    const today = $(".day-form")?.dataset.today || new Date().toISOString().slice(0, 10);
    const day = from ? plus(from, days) : today;
    const next = { day, origin: was?.origin || { list: listOf(chip), next: chip.nextElementSibling }, title: titleOf(chip), version: chip.dataset.version };
    clearTimeout(was?.timer);
    face.hold(task);
    const list = listAt(day);
    if (list) { list.append(chip); linkOf(chip).focus({ preventScroll: true }); chip.scrollIntoView({ block: "nearest" }); }
    relevo.say(words.moved.replace("{task}", next.title).replace("{day}", named(day)));
    next.timer = setTimeout(() => {
      waiting.delete(task);
      face.release(task);
      send(task, next.title, next.version, day, next.origin, true);
    }, 450);
    waiting.set(task, next);
  }

  /** ask asks for the day in a dialog. */
  function ask(chip) {
    const dialog = $("#dialog"), task = taskOf(chip), title = titleOf(chip), version = chip.dataset.version;
    const origin = { list: listOf(chip), next: chip.nextElementSibling };
    dialog.replaceChildren(document.importNode($("#day-move").content, true));
    $("[data-name]", dialog).textContent = title;
    const field = $("input", dialog);
    field.value = listOf(chip).dataset.day;
    dialog.showModal();
    $("form", dialog).addEventListener("submit", async (e) => {
      e.preventDefault();
      const day = field.value;
      dialog.close();
      if (day === origin.list.dataset.day) return;
      await send(task, title, version, day, origin, true);
      const moved = document.getElementById(chip.id);
      if (moved) linkOf(moved).focus();
    });
  }

  // ---- by mouse and by finger

  let dropped = false; // a drag has ended: the click of the same press opens nothing
  function sortable() {
    if (!face.mayEdit() || !window.Sortable) return;
    for (const list of all(".chips")) {
      if (Sortable.get(list)) continue;
      let origin = null;
      new Sortable(list, {
        group: "days", draggable: ".chip", sort: false, animation: still.matches ? 0 : 120,
        delay: 220, delayOnTouchOnly: true, touchStartThreshold: 6,
        forceFallback: true, fallbackOnBody: true, fallbackTolerance: 5, emptyInsertThreshold: 12,
        ghostClass: "chip-ghost", dragClass: "chip-drag", scrollSensitivity: 60, scrollSpeed: 14, bubbleScroll: true,
        onStart: (e) => {
          face.hold("drag");
          face.root().classList.add("dragging");
          origin = { list: e.from, next: e.item.nextElementSibling };
          getSelection()?.removeAllRanges();
        },
        onEnd: (e) => {
          dropped = true;
          face.root().classList.remove("dragging");
          face.release("drag");
          if (e.to !== e.from) send(taskOf(e.item), titleOf(e.item), e.item.dataset.version, e.to.dataset.day, origin, false);
        },
      });
    }
  }
  document.addEventListener("pointerdown", () => { dropped = false; }, true);
  document.addEventListener("click", (e) => {
    if (dropped && e.detail && e.target.closest?.(".chip")) { e.preventDefault(); e.stopImmediatePropagation(); }
    dropped = false;
  }, true);

  // ---- by keyboard

  document.addEventListener("keydown", (e) => {
    const key = face.key(e);
    if (!key) return;
    const step = { j: "#cal-next", k: "#cal-previous", t: "#cal-today" }[key];
    if (step && !e.shiftKey) { const link = $(step); if (link) { e.preventDefault(); face.go(link.href, at); } return; }
    const chip = e.target.closest?.(".calendar .chip");
    if (key === "n" && !e.shiftKey) {
      const day = e.target.closest?.(".day")?.dataset.day;
      if ($("#day-form")) { e.preventDefault(); add(day, e.target); }
      return;
    }
    const days = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[key];
    if (!chip) {
      if (days && (e.target === document.body || e.target.id === "main")) { e.preventDefault(); (document.getElementById(at) || $(".chip")) && linkOf(document.getElementById(at) || $(".chip")).focus(); }
      return;
    }
    if (key === "m" && !e.shiftKey && face.mayEdit()) { e.preventDefault(); ask(chip); return; }
    if (!days) return;
    e.preventDefault();
    if (e.shiftKey) { if (face.mayEdit()) carry(chip, days); } else go(chip, days);
  });

  /** go goes to the task beside: within its day up and down, else to the next day that has one. */
  function go(chip, days) {
    const list = listOf(chip);
    const chips = all(".chip", list);
    const i = chips.indexOf(chip);
    let next = days === -7 ? chips[i - 1] : days === 7 ? chips[i + 1] : null;
    const lists = all(".chips").filter((l) => $(".chip", l));
    if (!next) {
      const j = lists.indexOf(list);
      const day = list.dataset.day;
      const column = (l) => day && l.dataset.day && (Date.parse(l.dataset.day) - Date.parse(day)) % (7 * 86400000) === 0;
      const way = days < 0 ? lists.slice(0, j).reverse() : lists.slice(j + 1);
      const narrow = matchMedia("(width <= 48rem)").matches || $(".cal-days").dataset.kind !== "month";
      const there = (Math.abs(days) === 7 && !narrow && way.find(column)) || way[0];
      const others = there ? all(".chip", there) : [];
      next = Math.abs(days) === 7 ? (days < 0 ? others.at(-1) : others[0]) : others[Math.min(i, others.length - 1)];
    }
    if (!next) return;
    linkOf(next).focus();
    next.scrollIntoView({ block: "nearest" });
  }

  // ---- adding on a day

  let home = null; // where the form stands at rest

  function add(day, from) {
    const form = $("#day-form");
    home ||= form.parentElement;
    const cell = day && document.getElementById(`d-${day}`);
    if (day) form.elements.due.value = day;
    if (cell) { cell.append(form); form.dataset.on = day; }
    form.from = from;
    form.elements.title.focus();
    form.scrollIntoView({ block: "nearest" });
  }
  function leave(form, back) {
    const from = form.from;
    delete form.dataset.on;
    if (home?.isConnected) home.prepend(form);
    if (back && from?.isConnected) from.focus();
  }
  document.addEventListener("click", (e) => {
    const button = e.target.closest?.("[data-add]");
    if (button) { add(button.dataset.add, button); return; }
    const form = $("#day-form[data-on]");
    if (form && !form.contains(e.target) && !form.elements.title.value.trim()) leave(form, false);
  });
  document.addEventListener("keydown", (e) => {
    const form = e.target.closest?.("#day-form[data-on]");
    if (e.key === "Escape" && form) { e.preventDefault(); e.stopPropagation(); leave(form, true); }
  });
  document.addEventListener("submit", async (e) => {
    const form = e.target.closest?.("#day-form");
    if (!form) return;
    e.preventDefault();
    const field = form.elements.title;
    const typed = new URLSearchParams(new FormData(form));
    const [title, day] = [field.value.trim(), form.elements.due.value];
    if (!title) { field.focus(); return; }
    const seen = new Set(all(".chip").map((chip) => chip.id));
    try {
      const answer = await fetch(form.action, { method: "POST", body: typed, headers: { "HX-Request": "true" } });
      if (!answer.ok) { refuse(form, await answer.text()); return; }
    } catch { relevo.notify(relevo.words.lost, "problem"); return; }
    for (const note of form.querySelectorAll(".wrong")) note.remove();
    for (const f of form.querySelectorAll("[aria-invalid]")) f.removeAttribute("aria-invalid");
    field.value = "";
    leave(form, false);
    await relevo.catchUp();
    relevo.say(words.moved.replace("{task}", title).replace("{day}", named(day)));
    const made = all(".chip").find((chip) => !seen.has(chip.id));
    if (made) linkOf(made).focus(); else ($(`#d-${day} a`) || field).focus();
    if (!made && face.root().dataset.shown && listAt(day)) relevo.notify(words.hidden);
  });
  function refuse(form, html) {
    const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("#day-form");
    if (!fresh) { face.refuse(html, ""); return; }
    Idiomorph.morph(form, fresh.innerHTML, { morphStyle: "innerHTML", ignoreActiveValue: true });
    (form.querySelector("[aria-invalid]") || form.elements.title).focus();
  }

  // ---- beginnings

  face.settle = () => {
    const form = $("#day-form");
    if (form?.dataset.on && home?.isConnected && !form.closest(".day")) document.getElementById(`d-${form.dataset.on}`)?.append(form);
    rove(document.getElementById(at) || $(".day[data-today='1'] .chip", face.root()) || $(".chip", face.root()));
    sortable();
  };
  document.addEventListener("DOMContentLoaded", () => {
    face.settle();
    if (matchMedia("(width <= 48rem)").matches && document.activeElement === document.body) $(".day[data-today='1']")?.scrollIntoView({ block: "center" });
  });
})();
