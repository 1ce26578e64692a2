// The table: keys go from cell to cell, cells are edited in place, further rows come
// when they are asked for, and all of it is kept current.
(() => {
  "use strict";
  const { $ } = relevo;
  const face = () => $("#face");
  if (!face()) return;

  const words = JSON.parse(face().dataset.say);
  const here = location.pathname + location.search; // the panel has addresses of its own
  const mostRows = 500; // of a group on one page; further ones have pages of their own
  const all = (selector, root = face()) => [...root.querySelectorAll(selector)];
  const grid = () => $("#grid");
  const parse = (html) => new DOMParser().parseFromString(html, "text/html");
  const headers = { "HX-Request": "true" };

  // ---- focus: one cell at a time is in the order of Tab; arrows go to the others

  let at = null;   // the cell that Tab reaches
  let across = 0;  // its column, kept while one passes rows that have fewer

  const rows = () => all("tr", grid()).filter((row) => row.checkVisibility());
  const rowOf = (cell) => cell.parentElement;
  const cellIn = (row, i) => row?.cells[Math.min(i, row.cells.length - 1)];
  const wide = (cell) => cell.colSpan > 1;

  function rove(cell) {
    if (at && at !== cell) at.tabIndex = -1;
    at = cell;
    if (!cell) return;
    cell.tabIndex = 0;
    if (!wide(cell)) across = cell.cellIndex;
  }
  function settle() {
    if (!grid()) return;
    for (const cell of all("th, td", grid())) if (cell !== at) cell.tabIndex = -1;
    for (const inner of all("a, button", grid())) inner.tabIndex = -1; // Enter does what they do
    if (!at?.isConnected) rove(cellIn($("tbody tr:not(.group-row)", grid()), 0) || $("th", grid()));
  }
  function go(cell) {
    if (!cell) return;
    rove(cell);
    cell.focus({ preventScroll: true });
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
  const whereIs = (cell) => ({ row: rowOf(cell).id, col: cell.dataset.col });
  const findCell = (where) => document.getElementById(where.row)?.querySelector(`[data-col="${where.col}"]`);

  document.addEventListener("focusin", (e) => {
    const cell = e.target.closest?.("#grid :is(th, td)");
    if (cell) rove(cell);
  });
  document.addEventListener("keydown", (e) => {
    const cell = e.target.closest?.("#grid :is(th, td)");
    if (!cell || e.defaultPrevented || e.altKey || e.isComposing) return;
    const every = rows(), i = every.indexOf(rowOf(cell)), many = e.ctrlKey || e.metaKey;
    const body = every.filter((row) => row.closest("tbody"));
    let to;
    switch (e.key) {
      case "ArrowUp": to = cellIn(every[i - 1], across); break;
      case "ArrowDown": to = cellIn(every[i + 1], across); break;
      case "ArrowLeft": to = cell.previousElementSibling; break;
      case "ArrowRight": to = cell.nextElementSibling; break;
      case "PageUp": to = cellIn(every[Math.max(0, i - 10)], across); break;
      case "PageDown": to = cellIn(every[Math.min(every.length - 1, i + 10)], across); break;
      case "Home": to = many ? cellIn(body[0], 0) : cellIn(rowOf(cell), 0); break;
      case "End": to = many ? cellIn(body.at(-1), Infinity) : cellIn(rowOf(cell), Infinity); break;
      case "Enter": case "F2": case " ":
        if (many) return;
        e.preventDefault();
        if (editable(cell) && e.key !== " ") edit(cell);
        else if (e.key !== "F2") act(cell, e.shiftKey);
        return;
      default: return;
    }
    if (many && !["Home", "End"].includes(e.key)) return;
    e.preventDefault();
    go(to);
  });

  /** act does what a cell's link or button does. */
  function act(cell, shift) {
    const inner = $("a, button", cell);
    inner?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, shiftKey: shift && Boolean(inner.dataset.also) }));
  }

  // ---- headings sort; what one was at is found again on the page that comes

  const kept = "relevo:table-heading";
  document.addEventListener("click", (e) => {
    const link = e.target.closest?.("#grid thead a");
    if (!link || e.button || e.ctrlKey || e.metaKey) return;
    try { sessionStorage.setItem(kept, link.parentElement.dataset.col); } catch { /* the browser keeps nothing */ }
    if (!e.shiftKey) return;
    e.preventDefault();
    location.assign(link.dataset.also);
  });
  function returnToHeading() {
    try {
      const col = sessionStorage.getItem(kept);
      sessionStorage.removeItem(kept);
      if (col && grid()) go($(`thead [data-col="${CSS.escape(col)}"]`, grid()));
    } catch { /* the browser keeps nothing */ }
  }

  // ---- how it is arranged

  document.addEventListener("click", (e) => {
    const button = e.target.closest?.("[data-arrange] [data-shift]");
    if (!button) return;
    const item = button.closest("li");
    const other = button.dataset.shift === "1" ? item.nextElementSibling?.nextElementSibling : item.previousElementSibling;
    if (button.dataset.shift === "-1" && !item.previousElementSibling) return;
    item.parentElement.insertBefore(item, other || null);
    (button.checkVisibility({ visibilityProperty: true }) ? button : $(`[data-shift="${-button.dataset.shift}"]`, item)).focus();
  });
  document.addEventListener("formdata", (e) => {
    if (!e.target.matches("[data-arrange]")) return;
    for (const name of ["sort", "group", "columns"]) {
      const chosen = e.formData.getAll(name).filter(Boolean);
      e.formData.delete(name);
      if (chosen.length) e.formData.set(name, chosen.join("~"));
    }
  });

  // ---- groups are folded, further rows come

  document.addEventListener("click", (e) => {
    const fold = e.target.closest?.(".group-fold");
    if (fold) {
      const folded = fold.closest("tbody").classList.toggle("folded");
      fold.setAttribute("aria-expanded", String(!folded));
      return;
    }
    const more = e.target.closest?.("[data-rows]");
    if (!more || e.button || e.ctrlKey || e.metaKey || e.shiftKey) return;
    if (rowsIn(more.closest("tbody")).length >= mostRows) return; // the link's own page goes on
    e.preventDefault();
    load(more);
  });
  const rowsIn = (group) => all("tr[data-task]", group);

  async function load(link) {
    if (link.getAttribute("aria-busy")) return;
    link.setAttribute("aria-busy", "true");
    const group = link.closest("tbody"), last = link.closest("tr");
    const focused = last.contains(document.activeElement);
    try {
      const answer = await fetch(link.href, { headers });
      if (!answer.ok) throw new Error(answer.status);
      const fresh = $("tbody", parse(await answer.text()));
      if (!last.isConnected) return; // brought up to date meanwhile
      const there = new Set(rowsIn(group).map((row) => row.id));
      const come = [...fresh.rows].filter((row) => !there.has(row.id)).map((row) => document.importNode(row, true));
      last.replaceWith(...come);
      group.dataset.grown = "1";
      settle();
      watch();
      if (focused) go(cellIn(come[0], across));
    } catch {
      link.removeAttribute("aria-busy");
      relevo.notify(words.lost, "problem");
    }
  }

  // Rows of a table without groups come by themselves when one scrolls there.
  const nearing = new IntersectionObserver((seen) => {
    for (const s of seen) {
      const link = $("[data-rows]", s.target);
      if (s.isIntersecting && link && rowsIn(link.closest("tbody")).length < mostRows) { nearing.unobserve(s.target); load(link); }
    }
  }, { rootMargin: "200px" });
  function watch() {
    nearing.disconnect();
    if (grid() && !$(".group-row", grid())) for (const row of all(".more-row")) nearing.observe(row);
  }

  // ---- what is new

  let fetching = null, again = false;

  relevo.catchUp = () => {
    if (fetching) { again = true; return fetching; }
    fetching = (async () => {
      do {
        again = false;
        await refresh();
      } while (again);
    })().finally(() => { fetching = null; });
    return fetching;
  };
  document.addEventListener("relevo:news", (e) => {
    if (e.detail.seq > Number(face().dataset.seq)) relevo.catchUp();
  });
  document.addEventListener("htmx:afterRequest", (e) => {
    if (e.detail.successful && e.detail.requestConfig?.verb !== "get") relevo.catchUp();
  });

  async function refresh() {
    const url = new URL(here, location.href);
    for (const group of all("tbody[data-grown]")) url.searchParams.append("shown", `${rowsIn(group).length} ${group.dataset.group}`);
    try {
      const answer = await fetch(url, { headers });
      if ([401, 403, 404].includes(answer.status)) { relevo.gone?.(); return; }
      if (answer.ok) show($("#face", parse(await answer.text())));
    } catch { /* no connection: the stream tells, and catches up */ }
  }

  function show(fresh) {
    if (!fresh) return;
    const before = new Map(all("tr[data-task]").map((row) => [row.id, row.dataset.version]));
    const focused = at && document.activeElement && at.contains(document.activeElement) ? whereIs(at) : null;
    const roved = at?.isConnected ? whereIs(at) : null;
    for (const group of all("tbody[data-grown]")) {
      const same = fresh.querySelector(`tbody[data-group="${CSS.escape(group.dataset.group)}"]`);
      if (same) same.dataset.grown = "1";
    }
    Idiomorph.morph(face(), fresh, {
      morphStyle: "outerHTML",
      callbacks: {
        beforeNodeMorphed: (node) => !(node.nodeName === "FORM" && node.closest("details[open]")), // what one is choosing
        beforeAttributeUpdated: (name, node) => !(name === "tabindex" || name === "open" && node.nodeName === "DETAILS" ||
          name === "class" && node.matches("tbody, tr") || name === "aria-expanded" && node.matches(".group-fold")),
      },
    });
    htmx.process(face());
    at = roved && findCell(roved) || null;
    settle();
    watch();
    if (focused && !(at && at.contains(document.activeElement))) (findCell(focused) || at)?.focus({ preventScroll: true });
    for (const row of all("tr[data-task]")) {
      if (before.size && before.get(row.id) !== row.dataset.version) glow(row);
    }
    if (editing) place();
    document.dispatchEvent(new CustomEvent("relevo:cards", { detail: {} }));
  }
  function glow(row) {
    row.classList.add("row-new");
    setTimeout(() => row.classList.remove("row-new"), 1800);
  }

  // ---- editing a cell

  const box = $("#cell-editor");
  let editing = null; // { where, task, key, version, col, form, was }

  const editable = (cell) => face().dataset.edit === "1" && cell.hasAttribute("data-value");
  const heading = (col) => $(`thead [data-col="${col}"] a`, grid()).firstChild.textContent.trim();

  document.addEventListener("click", (e) => {
    const cell = e.target.closest?.("#grid td[data-value]");
    if (!cell || e.button || e.ctrlKey || e.metaKey || e.target.closest("a, button")) return;
    if (getSelection()?.toString()) return; // one is copying
    edit(cell);
  });

  async function edit(cell) {
    if (!editable(cell) || editing?.sending) return;
    close();
    if (fetching) { // what one has just saved oneself is not somebody else's change
      const where = whereIs(cell);
      await fetching;
      cell = findCell(where);
      if (!cell || editing) return;
    }
    const row = rowOf(cell), col = cell.dataset.col;
    const template = $(`template[data-editor="${col}"]`);
    if (!template) return;
    const form = document.createElement("form");
    form.noValidate = true;
    form.append(document.importNode(template.content, true), document.importNode($('template[data-editor="buttons"]').content, true));
    const name = words.edit.replace("{field}", heading(col)).replace("{task}", row.dataset.key);
    form.setAttribute("aria-label", name);
    fill(form, cell.dataset.value, name);
    box.replaceChildren(form);
    editing = { where: whereIs(cell), task: row.dataset.task, key: row.dataset.key, version: row.dataset.version, col, form, was: read(form) };
    rove(cell);
    box.showPopover();
    place();
    const first = fieldOf(form) || $("button", form);
    first.focus();
    if (first.type === "text") first.select();
  }

  /** fill puts a cell's value into its editor. */
  function fill(form, value, name) {
    const choices = all("input[type=radio], input[type=checkbox]", form);
    const field = $(".input:not([data-filter])", form);
    if (field) { field.value = value; field.setAttribute("aria-label", name); }
    if (choices.length === 0) return;
    const list = $(".task-choices", form), several = choices[0].type === "checkbox";
    list.setAttribute("role", several ? "group" : "radiogroup");
    list.setAttribute("aria-label", name);
    const wanted = value.split(" ").filter(Boolean);
    for (const choice of choices) choice.checked = several ? wanted.includes(choice.value) : choice.value === value;
    if (!several) return;
    for (const id of ["", ...wanted.filter((id) => !choices.some((c) => c.value === id))]) { // none at all is an answer, too; who has left may stay
      form.append(Object.assign(document.createElement("input"), { type: "hidden", name: choices[0].name, value: id }));
    }
  }
  const fieldOf = (form) => $("input:checked", form) || $("input:not([type=hidden]), textarea", form);
  const read = (form) => new URLSearchParams(new FormData(form)).toString();
  const dirty = () => editing && read(editing.form) !== editing.was;

  function place() {
    const cell = findCell(editing.where);
    if (!cell) return; // it stays where it was
    const r = cell.getBoundingClientRect();
    box.style.minWidth = `${Math.min(r.width, innerWidth - 16)}px`;
    const own = box.getBoundingClientRect();
    const inset = 5; // so that what one types stands where the value stood
    box.style.left = `${Math.max(8, Math.min(r.left - inset, innerWidth - own.width - 8))}px`;
    box.style.top = `${Math.max(8, Math.min(r.top - inset, innerHeight - own.height - 8))}px`;
  }
  addEventListener("scroll", () => { if (editing) place(); }, true);
  addEventListener("resize", () => { if (editing) place(); });

  /** close leaves the cell as it is; back: the focus returns to it. */
  function close(back) {
    if (!editing) return;
    const where = editing.where;
    editing = null;
    box.hidePopover();
    box.replaceChildren();
    box.removeAttribute("style");
    if (back) go(findCell(where) || at);
  }

  box.addEventListener("keydown", (e) => {
    if (!editing || e.isComposing) return;
    if (e.key === "Escape") {
      e.preventDefault();
      e.stopPropagation();
      if (dirty()) relevo.say(words.discarded);
      close(true);
    } else if (e.key === "Enter" && !e.shiftKey && e.target.matches("input, textarea")) {
      e.preventDefault();
      if (!e.target.matches("[data-filter]")) commit(true);
    } else if (e.key === "Tab" && !$(".refused", box) && lastStop(e)) {
      e.preventDefault();
      commit(true, e.shiftKey ? -1 : 1);
    }
  });
  /** lastStop: Tab would leave the editor. */
  function lastStop(e) {
    const stops = all("input:not([type=hidden]), textarea, button, a", box).filter((x) => x.checkVisibility());
    const ends = stops.filter((x) => x.type !== "radio" || x.checked || x === e.target);
    return e.target === (e.shiftKey ? ends[0] : ends.at(-1));
  }
  box.addEventListener("submit", (e) => e.preventDefault()); // Enter and the button are heard of themselves
  box.addEventListener("click", (e) => {
    if (e.target.closest("[data-revert]")) close(true);
    else if (e.target.closest("[data-save]")) commit(true);
    // A choice of one is made by a click; the arrows only go through it.
    else if (e.target.matches("input[type=radio]") && pointed) commit(true);
  });
  let pointed = false; // what one did last, one did by pointer: keys make clicks, too
  box.addEventListener("pointerdown", () => { pointed = true; });
  document.addEventListener("keydown", () => { pointed = false; }, true);
  document.addEventListener("pointerdown", (e) => {
    if (!editing || box.contains(e.target) || editing.sending || $("dialog[open]")) return;
    if (!dirty()) close();
    else if (!$(".refused", box)) commit(false);
  });
  addEventListener("beforeunload", (e) => { if (dirty()) e.preventDefault(); });

  /** commit sends what was chosen. It goes back to the cell, or so many cells on. */
  async function commit(back, on = 0, more = {}) {
    const now = editing;
    if (!now || now.sending) return;
    if (!dirty() && !$(".refused", box)) { close(back); step(now.where, on); return; }
    now.sending = true;
    const asked = new FormData(now.form);
    const wanted = new URLSearchParams(asked);
    for (const [name, value] of Object.entries({ version: now.version, from: now.col === "state" ? "board" : "table", ...more })) wanted.set(name, value);
    now.form.inert = true;
    findCell(now.where)?.setAttribute("aria-busy", "true");
    let answer = null, text = "";
    try {
      answer = await fetch(`/tasks/${now.task}${now.col === "state" ? "/place" : ""}`, { method: "PUT", body: wanted, headers });
      text = answer.ok ? "" : await answer.text();
    } catch { answer = null; }
    now.form.inert = false;
    now.sending = false;
    if (answer?.ok) {
      relevo.did?.(answer);
      relevo.say(words.saved.replace("{field}", heading(now.col)).replace("{task}", now.key));
      const had = box.contains(document.activeElement) || document.activeElement === document.body;
      if (editing === now) close(back && had);
      await relevo.catchUp();
      step(now.where, on);
    } else if (editing === now) {
      refuse(now, answer && text);
    }
    findCell(now.where)?.removeAttribute("aria-busy");
  }
  /** step goes to the next cell that can be edited, or the one before. */
  function step(where, on) {
    const cell = on && findCell(where);
    if (!cell) return;
    const every = all("td[data-value]", grid()).filter((c) => c.checkVisibility());
    go(every[every.indexOf(cell) + on] || cell);
  }

  /** refuse says in the editor why nothing was saved; what was chosen stays. */
  function refuse(now, html) {
    $(".refused", now.form)?.remove();
    const body = html && $(".notice-body", parse(html));
    const note = document.createElement("div");
    note.className = "refused";
    note.setAttribute("role", "alert");
    note.append(...(body ? document.importNode(body, true).childNodes : [html ? relevo.words.oops : words.lost]));
    const fault = $("[data-fault]", note)?.dataset.fault;
    if (fault === "changed") note.append(button(words.saveMine, () => saveMine(now)));
    if (fault === "still-waits" && face().dataset.override) note.append(button(words.override, () => override(now)));
    now.form.prepend(note);
    $(".input:not([data-filter])", now.form)?.setAttribute("aria-invalid", "true");
    place();
    fieldOf(now.form).focus();
  }
  function button(text, does) {
    const b = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: text });
    b.addEventListener("click", does);
    return b;
  }
  /** saveMine saves over what others changed, which one has seen. */
  async function saveMine(now) {
    await relevo.catchUp();
    const row = document.getElementById(now.where.row);
    if (row) now.version = row.dataset.version;
    commit(true);
  }
  /** override asks a manager for the reason, then moves the task all the same. */
  function override(now) {
    const dialog = $("#dialog");
    dialog.replaceChildren(document.importNode($("#override-form").content, true));
    dialog.showModal();
    $("form", dialog).addEventListener("submit", (e) => {
      e.preventDefault();
      const reason = new FormData(e.target).get("override").trim();
      if (!reason) { e.target.elements.override.focus(); return; }
      dialog.close();
      if (editing === now) commit(true, 0, { override: reason });
    });
  }

  document.addEventListener("DOMContentLoaded", () => { settle(); watch(); returnToHeading(); });
})();
