// What is understood of a line that becomes a task is shown while it is typed, and
// the names that it can have are offered after a mark. Fetched when somebody first
// goes to a field to add tasks.
(() => {
  "use strict";
  const { $, words } = window.relevo;
  const isField = (el) => el?.matches?.(".quick-add textarea");
  const kinds = { "@": "owner", "#": "label", ">": "prerequisite", "<": "dependent" };
  const shownLines = 3;
  let field = null; // the one that was last gone to

  // ---- parts beside the field: the list of names, what is understood, the help

  const text = JSON.parse($("#board").dataset.say).quick;
  const icon = $("[data-shortcuts]").innerHTML.replace("#keyboard", "#help");

  function furnish() {
    const form = field.form;
    if ($(".quick-seen", form)) return;
    const list = Object.assign(document.createElement("div"), { className: "quick-list", id: field.id + "-list", hidden: true });
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", text.offers);
    const seen = Object.assign(document.createElement("div"), { className: "quick-seen" });
    const ask = Object.assign(document.createElement("button"), { type: "button", className: "button button-plain button-icon quick-ask", title: text.help });
    ask.setAttribute("aria-label", text.help);
    ask.innerHTML = icon;
    field.before(seen, list); // a list that is being tapped on must not move
    field.after(ask);
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", list.id);
  }

  // ---- what is understood

  let timer = 0, telling = 0, asked = 0, told = "";

  const marks = /(^|\s)[@!#^><~]/m;
  const linesOf = (value) => value.split(/\r\n|\r|\n/).filter((line) => line.trim());

  function look() {
    clearTimeout(timer);
    if (!marks.test(field.value)) { forget(); return; }
    timer = setTimeout(preview, 180);
  }

  async function preview() {
    const of = field, mine = ++asked;
    const lines = linesOf(of.value);
    const body = new URLSearchParams({ titles: lines.slice(0, shownLines).join("\n"), more: Math.max(0, lines.length - shownLines) });
    const answer = await fetch(of.form.action.replace(/tasks$/, "preview"), { method: "POST", body, headers: { "HX-Request": "true" } }).catch(() => null);
    if (mine !== asked || of !== field || !answer?.ok) return; // it is a courtesy: adding works without
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = $("[data-quick-seen]", page);
    if (mine !== asked || of !== field || !fresh) return;
    furnish();
    $(".quick-seen", of.form).replaceChildren(...fresh.children);
    clearTimeout(telling);
    const said = fresh.dataset.said;
    telling = setTimeout(() => { if (said && said !== told) window.relevo.say(said); told = said; }, 900);
  }

  function forget() {
    asked++;
    clearTimeout(timer);
    clearTimeout(telling);
    told = "";
    if (field?.form) $(".quick-seen", field.form)?.replaceChildren();
  }

  // ---- names to choose from

  let wait = 0, wanted = 0, at = -1;
  const list = () => field && $(".quick-list", field.form);
  const options = () => list() ? [...list().querySelectorAll("[role=option]")] : [];
  const open = () => list() && !list().hidden;

  /** written is the mark before the caret, and what has been typed after it. */
  function written() {
    if (field.selectionStart !== field.selectionEnd) return null;
    const line = field.value.slice(0, field.selectionStart).split("\n").pop();
    const m = /(?:^|\s)([@#<>])(?:["“«]([^"”»]*)|([^\s"“«]*))$/.exec(line);
    if (!m) return null;
    const quoted = m[2] !== undefined, typed = quoted ? m[2] : m[3];
    return { kind: kinds[m[1]], typed, from: field.selectionStart - typed.length - (quoted ? 2 : 1) };
  }

  function suggest() {
    clearTimeout(wait);
    wanted++;
    if (!written()) { hide(); return; }
    wait = setTimeout(offers, 120);
  }

  async function offers() {
    const mark = written(), mine = wanted;
    if (!mark) return;
    const answer = await fetch(`/boards/${$("#board").dataset.board}/offers?` + new URLSearchParams({ kind: mark.kind, q: mark.typed }), { headers: { "HX-Request": "true" } }).catch(() => null);
    if (mine !== wanted || !answer?.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (mine !== wanted || document.activeElement !== field) return;
    furnish();
    const some = [...page.querySelectorAll("[role=option]")];
    const same = some.length === 1 && field.value.slice(mark.from, field.selectionStart) === some[0].dataset.write;
    if (!some.length || same) { hide(); return; }
    list().replaceChildren(...some);
    list().hidden = false;
    window.relevo.say($("[data-found]", page).textContent);
    point(/^\p{L}/u.test(mark.typed) ? 0 : -1); // the 3 of "<3" is no beginning of a name
  }

  function point(to) {
    const all = options();
    at = all.length && to >= 0 ? to % all.length : -1;
    all.forEach((o, i) => o.setAttribute("aria-selected", String(i === at)));
    if (at < 0) { field.removeAttribute("aria-activedescendant"); return; }
    all[at].scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", all[at].id);
  }

  function hide() {
    wanted++;
    clearTimeout(wait);
    at = -1;
    field?.removeAttribute("aria-activedescendant");
    if (list()) { list().hidden = true; list().replaceChildren(); }
  }

  function choose(option) {
    const mark = written();
    if (!mark || !option) return;
    field.setRangeText(option.dataset.write + " ", mark.from, field.selectionStart, "end");
    hide();
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // ---- what happens to the field

  function goTo(el) {
    if (field && field !== el) hide();
    field = el;
    furnish();
    look();
  }
  document.addEventListener("focusin", (e) => { if (isField(e.target)) goTo(e.target); });
  document.addEventListener("focusout", (e) => { if (e.target === field) setTimeout(() => { if (document.activeElement !== field) hide(); }, 150); });
  document.addEventListener("input", (e) => { if (isField(e.target)) { field = e.target; look(); suggest(); } });
  document.addEventListener("submit", (e) => { if (e.target === field?.form) { hide(); forget(); } });
  document.addEventListener("relevo:cards", () => { if (field?.isConnected && document.activeElement === field && !$(".quick-seen", field.form)) goTo(field); });
  document.addEventListener("mousedown", (e) => {
    const option = e.target.closest?.(".quick-list [role=option]");
    if (option) { e.preventDefault(); choose(option); }
  });
  document.addEventListener("keydown", (e) => {
    if (e.target !== field || e.isComposing || !open()) return;
    const all = options();
    switch (e.key) {
      case "ArrowDown": point(at + 1); break;
      case "ArrowUp": point(at <= 0 ? all.length - 1 : at - 1); break;
      case "Enter": case "Tab":
        if (at < 0 || e.shiftKey || e.ctrlKey || e.metaKey) { hide(); return; }
        choosing = e.key === "Enter";
        choose(all[at]);
        break;
      case "Escape": hide(); break;
      case "ArrowLeft": case "ArrowRight": case "Home": case "End": hide(); return;
      default: return;
    }
    e.preventDefault();
    e.stopPropagation();
  }, true);

  // Enter takes a name; where the browser sends its line break all the same, it is dropped.
  let choosing = false;
  document.addEventListener("beforeinput", (e) => { if (choosing && e.inputType === "insertLineBreak" && e.target === field) e.preventDefault(); });
  document.addEventListener("keyup", (e) => { if (e.key === "Enter") choosing = false; });

  // ---- the help

  let help = null;
  async function explain(button) {
    if (!help) {
      const answer = await fetch("/help/adding", { headers: { "HX-Request": "true" } }).catch(() => null);
      if (!answer?.ok) { window.relevo.notify(words.lost, "problem"); return; }
      help = Object.assign(document.createElement("div"), { id: "quick-help", className: "dialog quick-help", popover: "auto" });
      help.setAttribute("role", "dialog");
      help.setAttribute("aria-label", text.help);
      help.append(...new DOMParser().parseFromString(await answer.text(), "text/html").body.children);
      document.body.append(help);
      help.addEventListener("beforetoggle", (e) => { if (e.newState === "closed") back?.focus({ preventScroll: true }); });
    }
    back = field;
    help.showPopover();
    const by = button.getBoundingClientRect(), own = help.getBoundingClientRect();
    help.style.left = `${Math.max(8, Math.min(by.left, innerWidth - own.width - 8))}px`;
    help.style.top = `${Math.max(8, Math.min(by.top - own.height - 8, innerHeight - own.height - 8))}px`;
    $("[data-close]", help).focus();
  }
  let back = null;
  document.addEventListener("click", (e) => {
    const ask = e.target.closest?.(".quick-ask");
    if (ask) { field = $("textarea", ask.form); explain(ask); return; }
    if (e.target.closest?.("#quick-help [data-close]")) help.hidePopover();
  });

  if (isField(document.activeElement)) { goTo(document.activeElement); suggest(); }
})();
