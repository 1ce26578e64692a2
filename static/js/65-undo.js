// What was done can be undone: by a notice that offers it, and by Ctrl/⌘-Z (with
// Shift, or Ctrl-Y: redone). What is typed and not saved is kept in this browser.
(() => {
  "use strict";
  const { $, words } = relevo;
  const me = document.body.dataset.me;
  if (!me) return;
  const offered = 10_000; // ms that a notice stays

  // ---- what can be undone and redone in this tab, the last at the end

  const read = (key, otherwise) => { try { return JSON.parse(sessionStorage.getItem(key)) ?? otherwise; } catch { return otherwise; } };
  const write = (key, value) => { try { sessionStorage.setItem(key, JSON.stringify(value)); } catch { /* full, or not allowed */ } };
  const stack = (name) => `relevo:${name}:${me}`;
  function push(name, url) { write(stack(name), [...read(stack(name), []), url].slice(-50)); }
  function pop(name) {
    const all = read(stack(name), []);
    const url = all.pop();
    write(stack(name), all);
    return url;
  }
  function drop(name, url) { write(stack(name), read(stack(name), []).filter((u) => u !== url)); }

  document.addEventListener("relevo:did", (e) => did(e.detail));
  /** did hears of a change that a fetch of our own made. */
  relevo.did = (answer) => {
    const news = JSON.parse(answer.headers.get("HX-Trigger") || "{}")["relevo:did"];
    if (news) did(news);
  };
  function did(news) {
    push("undo", news.undo);
    write(stack("redo"), []);
    offer(news.text, words.undo, "undo", news.undo, offered);
  }

  // ---- the notice

  let toast = null, timer = 0;

  function offer(text, label, way, url, time) {
    const focused = toast?.contains(document.activeElement);
    close();
    relevo.offeredAt = performance.now();
    write(stack("toast"), { text, label, way, url, until: Date.now() + time });
    const field = document.activeElement?.closest?.(".quick-add"); // where one goes on adding is not covered
    $("#notice").dataset.side = !field ? "" : field.getBoundingClientRect().left < innerWidth / 2 ? "end" : "start";
    relevo.notify(text, "did");
    toast = $("#notice > .notice:last-child");
    if (!toast) return;
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: label });
    button.dataset.undo = way;
    button.addEventListener("click", () => run(way, url));
    $("[data-dismiss]", toast).before(button);
    $("[data-dismiss]", toast).addEventListener("click", forget);
    if (focused) button.focus();
    timer = setTimeout(leave, time);
  }
  function leave() {
    if (toast?.matches(":hover, :focus-within")) { timer = setTimeout(leave, 1000); return; }
    close();
    forget();
  }
  function close() {
    clearTimeout(timer);
    toast?.remove();
    toast = null;
  }
  function forget() { sessionStorage.removeItem(stack("toast")); }

  const left = read(stack("toast"), null); // on the page that one came from
  if (left && left.until > Date.now()) offer(left.text, left.label, left.way, left.url, left.until - Date.now());

  // ---- undoing

  let last = Promise.resolve(); // one after the other

  /** run undoes or redoes a change: that at url, else the last one. */
  function run(way, url) { last = last.then(() => act(way, url || pop(way))); }
  async function act(way, url) {
    if (!url) return;
    drop(way, url);
    try {
      const answer = await fetch(url, { method: "POST", headers: { "HX-Request": "true" } });
      if (!answer.ok) { refuse(await answer.text()); return; }
      const news = JSON.parse(answer.headers.get("HX-Trigger") || "{}")["relevo:did"];
      const back = way === "undo" ? "redo" : "undo";
      push(back, news.undo);
      offer(way === "undo" ? words.undone : words.redone, words[back], back, news.undo, offered);
      if (relevo.catchUp) { await relevo.catchUp(); } else if (!$(".task[data-live]")) { location.reload(); }
      document.dispatchEvent(new CustomEvent("relevo:cards", { detail: {} }));
    } catch {
      push(way, url);
      relevo.notify(words.lost, "problem");
    }
  }

  function refuse(html) {
    close();
    forget();
    const page = new DOMParser().parseFromString(html, "text/html");
    const notes = page.querySelectorAll(".notice");
    if (notes.length === 0) relevo.notify(words.oops, "problem");
    for (const note of notes) $("#notice").append(document.importNode(note, true));
  }

  document.addEventListener("keydown", (e) => {
    if (!(e.ctrlKey || e.metaKey) || e.altKey || e.isComposing || $("dialog[open]")) return;
    if (e.target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]")) return;
    const key = e.key.toLowerCase();
    const way = key === "y" && !e.shiftKey ? "redo" : key !== "z" ? "" : e.shiftKey ? "redo" : "undo";
    if (!way || !$("#board, #face, .task")) return;
    e.preventDefault();
    run(way);
  });

  // ---- drafts

  const kept = (key) => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } };
  function keyOf(field) {
    const task = field.closest("[data-task]")?.dataset.task;
    return task && `relevo:draft:${me}:${task}:${field.id}`;
  }
  const drafts = (root) => [...root.querySelectorAll("textarea[data-draft]")];
  const saved = (field) => !field.form.hasAttribute("data-typed") && field.value === field.defaultValue;

  function keep(field) {
    const key = keyOf(field);
    if (!key) return;
    try {
      if (saved(field)) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify({ text: field.value, version: field.form.elements.namedItem("version")?.value }));
    } catch { /* full, or not allowed: then it is not kept */ }
  }
  function forgetDrafts(form) {
    for (const field of drafts(form)) {
      const key = keyOf(field);
      if (key) localStorage.removeItem(key);
      document.getElementById(field.id + "-draft")?.remove();
    }
  }

  document.addEventListener("input", (e) => { if (e.target.matches?.("textarea[data-draft]")) keep(e.target); });

  function restore() {
    for (const field of drafts(document)) {
      const key = keyOf(field);
      if (field.dataset.drafted || !key) continue;
      field.dataset.drafted = "1";
      const was = kept(key);
      if (!was || was.text === field.value || !saved(field)) continue;
      field.value = was.text;
      const version = field.form.elements.namedItem("version");
      if (version && was.version) version.value = was.version; // so that saving it shows what others changed
      field.closest("details")?.setAttribute("open", "");
      const note = Object.assign(document.createElement("p"), { className: "hint draft", id: field.id + "-draft", textContent: words.draft + " " });
      note.setAttribute("role", "status");
      const discard = Object.assign(document.createElement("button"), { type: "button", className: "button button-plain", textContent: words.dropDraft });
      discard.addEventListener("click", () => {
        if (version) version.value = version.defaultValue;
        field.value = field.defaultValue;
        note.remove();
        field.dispatchEvent(new Event("input", { bubbles: true }));
        field.focus();
      });
      note.append(discard);
      field.before(note);
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
  document.addEventListener("htmx:afterSettle", restore);
  restore();

  // Saved or discarded, it is no draft any more. What goes to be looked at is.
  document.addEventListener("htmx:beforeSwap", (e) => {
    const { requestConfig: asked, xhr, elt } = e.detail;
    const form = asked?.elt?.closest?.("form") || elt?.closest?.("form");
    if (!form || asked?.verb === "get" || xhr.status >= 300 || asked?.parameters?.preview) return;
    forgetDrafts(form);
  });
  addEventListener("click", (e) => {
    const form = e.target.closest?.("a[data-discard]")?.closest("form");
    if (form) forgetDrafts(form);
  }, true);
  // Who logs out leaves nothing behind for the next person at this computer.
  addEventListener("submit", (e) => {
    if (!e.target.matches?.('form[action="/session"]')) return;
    for (const key of Object.keys(localStorage)) if (key.startsWith("relevo:draft:")) localStorage.removeItem(key);
    sessionStorage.clear();
  }, true);
})();
