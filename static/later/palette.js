// The palette of commands, fetched when it is first asked for.
(() => {
  "use strict";
  const { $ } = window.relevo;
  const palette = $("#palette");
  const input = $("#palette-q"), list = $("#palette-list"), status = $("#palette-status");

  // ---- what is at hand when it opens: the open task, or the card with the focus

  let board = "", task = "", opener = null;

  function look() {
    const open = $("#panel .task[data-task]") || $("#main .task[data-task]");
    const card = document.activeElement?.closest?.("#board .card");
    board = $("#board")?.dataset.board || "";
    task = card?.id.slice(2) || open?.dataset.task || "";
  }

  function show() {
    if (palette.open || $("dialog[open]")) return;
    opener = document.activeElement;
    look();
    input.value = "";
    list.replaceChildren();
    palette.showModal();
    input.focus();
    search();
  }

  palette.addEventListener("close", () => {
    clearTimeout(timer);
    asked++;
    if (opener?.isConnected && (document.activeElement === document.body || palette.contains(document.activeElement))) opener.focus({ preventScroll: true });
  });

  // ---- choices, fetched as one types: a combobox, the first choice of which is made
  // as soon as something is typed

  let at = -1, timer = 0, asked = 0, fresh = false;
  const options = () => [...list.querySelectorAll("[role=option]")];

  function point(to) {
    const all = options();
    at = to < 0 || !all.length ? -1 : to % all.length;
    all.forEach((o, i) => o.setAttribute("aria-selected", String(i === at)));
    if (at >= 0) {
      input.setAttribute("aria-activedescendant", all[at].id);
      all[at].scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  }

  async function search() {
    const mine = ++asked;
    fresh = false;
    const answer = await fetch("/palette?" + new URLSearchParams({ q: input.value, board, task }), { headers: { "HX-Request": "true" } }).catch(() => null);
    if (mine !== asked || !palette.open) return;
    if (answer?.status === 401) { location.reload(); return; }
    if (!answer?.ok) { status.textContent = window.relevo.words.lost; return; }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (mine !== asked || !palette.open) return;
    list.replaceChildren(...page.querySelectorAll("[role=group]"));
    status.textContent = $("[data-found]", page)?.textContent || "";
    input.setAttribute("aria-expanded", String(options().length > 0));
    fresh = true;
    point(input.value.trim() ? 0 : -1); // nothing is done by Enter alone
    if (wanted) { wanted = false; choose(options()[at]); }
  }

  let wanted = false; // Enter came before the choices did
  input.addEventListener("input", () => { wanted = false; fresh = false; clearTimeout(timer); timer = setTimeout(search, 120); });
  input.addEventListener("keydown", (e) => {
    if (e.isComposing) return;
    switch (e.key) {
      case "ArrowDown": e.preventDefault(); point(at + 1); break;
      case "ArrowUp": e.preventDefault(); point(at <= 0 ? options().length - 1 : at - 1); break;
      case "Enter":
        e.preventDefault();
        if (fresh && at >= 0) { choose(options()[at]); return; }
        if (fresh || !input.value.trim()) return;
        wanted = true;
        clearTimeout(timer);
        search();
    }
  });
  list.addEventListener("mousedown", (e) => e.preventDefault()); // the box keeps the focus
  list.addEventListener("click", (e) => choose(e.target.closest("[role=option]")));

  // ---- what a choice does

  async function choose(option) {
    if (!option) return;
    const { href, method, fields, done, open } = option.dataset;
    palette.close();
    if (method) { await change(href, method, JSON.parse(fields), done); return; }
    const beside = "panel" in option.dataset && $("#panel") && ($("#board") || $("#panel").childElementCount > 0);
    if (!beside) { location.assign(open ? href + open.replace(/^.* /, "") : href); return; }
    await window.relevo.openPanel(href, opener);
    if (!open) return;
    for (const fold of open.split(" ")) { const d = $("#panel " + fold); if (d) d.open = true; }
    $("#panel " + open.split(" ").pop() + " textarea, #panel " + open.split(" ").pop() + " input:not([type=hidden])")?.focus();
  }

  async function change(url, method, fields, done) {
    const body = new URLSearchParams(fields);
    if (method !== "POST") body.set("_method", method);
    const answer = await fetch(url, { method: "POST", body, headers: { "HX-Request": "true" } }).catch(() => null);
    if (!answer) { window.relevo.notify(window.relevo.words.lost, "problem"); return; }
    if (!answer.ok) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const why = $("[role=alert] .notice-body, .notice-body", page) || $("[role=alert], .wrong", page);
      window.relevo.notify(why?.textContent.replace(/\s+/g, " ").trim() || window.relevo.words.oops, "problem");
      return;
    }
    if (answer.headers.get("HX-Trigger")?.includes("relevo:did")) window.relevo.did(answer); else window.relevo.notify(done);
    if (!$("#board")) { location.reload(); return; }
    const made = JSON.parse(answer.headers.get("HX-Trigger") || "{}")["relevo:made"];
    if (made) { document.dispatchEvent(new CustomEvent("relevo:made", { detail: made })); return; }
    document.dispatchEvent(new CustomEvent("relevo:cards", { detail: { tasks: [task] } }));
    window.relevo.catchUp?.();
  }

  const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: palette.dataset.style });
  const styled = new Promise((done) => { style.onload = style.onerror = done; });
  document.head.append(style);
  window.relevo.palette = () => { if (palette.open) palette.close(); else styled.then(show); };
})();
