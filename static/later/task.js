// The task's panel: what one types outlives every swap, Enter saves a title, and
// tasks to link with come up while one types. All of it works without, too.
(() => {
  "use strict";
  const { $ } = window.relevo;
  const forms = (root = document) => [...root.querySelectorAll(".task form[data-keep]")];

  // What is not saved yet.
  function changed(field) {
    if (field.type === "hidden" || field.type === "search" || !field.name) return false;
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (field.tagName === "SELECT") return [...field.options].some((o) => o.selected !== o.defaultSelected) && !usual(field);
    return "value" in field && field.value !== field.defaultValue;
  }
  // usual: nothing is marked as selected, so the first option is the saved one.
  function usual(select) {
    return select.selectedIndex === 0 && ![...select.options].some((o) => o.defaultSelected);
  }
  const fields = (form) => [...form.elements].filter((f) => /^(INPUT|SELECT|TEXTAREA)$/.test(f.tagName));
  function mark(form) {
    form.toggleAttribute("data-dirty", form.hasAttribute("data-typed") || fields(form).some(changed));
  }
  for (const kind of ["input", "change"]) {
    document.addEventListener(kind, (e) => {
      const form = e.target.closest?.(".task form[data-keep]");
      if (form) mark(form);
    });
  }
  addEventListener("beforeunload", (e) => {
    if (forms().some((f) => f.hasAttribute("data-dirty") && !f.hasAttribute("data-sent"))) e.preventDefault();
  });
  document.addEventListener("submit", (e) => e.target.toggleAttribute?.("data-sent", true));

  // Discard puts back what is saved; a form that the server sent back is fetched anew.
  document.addEventListener("click", (e) => {
    const link = e.target.closest?.("a[data-discard]");
    const form = link?.form || link?.closest("form");
    if (!form) return;
    form.removeAttribute("data-dirty");
    if (form.hasAttribute("data-typed")) return;
    e.preventDefault();
    e.stopImmediatePropagation();
    form.reset();
    mark(form);
    const fold = form.closest("details");
    if (fold) { fold.open = false; $("summary", fold).focus(); }
  }, true);

  // A title is one line: Enter saves it.
  document.addEventListener("keydown", (e) => {
    if (e.key === "Enter" && !e.isComposing && e.target.matches?.("[data-one-line]")) {
      e.preventDefault();
      e.target.form.requestSubmit();
    }
  });

  // A new item of the checklist: Enter adds it, with Shift one goes on writing.
  document.addEventListener("keydown", (e) => {
    if (e.key === "Enter" && !e.shiftKey && !e.isComposing && e.target.matches?.("[data-enter-sends]")) {
      e.preventDefault();
      e.target.form.requestSubmit();
    }
  });

  // What is typed in one form outlives the answer to another. It keeps the version
  // that it was filled in for, so that saving it shows what others changed of it.
  const kept = new Map(); // by form ID
  let open = [], task = "", focus = "", held = null, acted = false;

  const snapshot = (form) => fields(form).filter((f) => f.name && f.type !== "hidden").map((f) => ({
    name: f.name, value: f.value, checked: f.checked, box: f.type === "checkbox" || f.type === "radio",
  }));
  const version = (form) => form.elements.namedItem("version");

  document.addEventListener("htmx:beforeSwap", (e) => {
    const target = e.detail.target;
    const old = target?.matches?.(".task") ? target : target?.id === "panel" ? $(".task", target) : null;
    if (!old) return;
    const asked = e.detail.requestConfig?.elt;
    if (asked && !asked.isConnected) { // one has gone on to something else meanwhile
      e.detail.shouldSwap = false;
      return;
    }
    const own = asked?.closest?.("form");
    if (task !== old.dataset.task) kept.clear();
    task = old.dataset.task;
    for (const form of old.querySelectorAll("form[data-keep][data-dirty]")) {
      if (form !== own && form.id) kept.set(form.id, { fields: snapshot(form), version: version(form)?.value });
    }
    if (own) kept.delete(own.id);
    open = [...old.querySelectorAll("details[open][id]")].filter((d) => !own || !d.contains(own) || e.detail.xhr.status >= 400).map((d) => d.id);
    focus = own?.id || "";
    held = nameless(document.activeElement, old);
    acted = e.detail.requestConfig?.verb !== "get" && e.detail.xhr.status < 300;
  });

  document.addEventListener("htmx:afterSettle", () => {
    const now = $(".task");
    if (!now || now === settled) return;
    settled = now;
    prepare(now);
    if (now.dataset.task !== task) return;
    for (const id of open) { const d = document.getElementById(id); if (d) d.open = true; }
    for (const form of forms(now.parentElement)) {
      const was = kept.get(form.id);
      if (was) { refill(form, was); kept.delete(form.id); }
    }
    if (acted && !(performance.now() - window.relevo.offeredAt < 1000)) window.relevo.say(now.dataset.saved || "");
    acted = false;
    refocus(now);
  });
  let settled = null;

  function refill(form, was) {
    for (const f of was.fields) {
      const to = fields(form).find((x) => x.name === f.name && (!f.box || x.value === f.value));
      if (!to) continue;
      if (f.box) { to.checked = f.checked; } else { to.value = f.value; }
    }
    if (was.version && version(form)) version(form).value = was.version;
    mark(form);
    form.closest("details.task-fold")?.setAttribute("open", "");
  }

  // nameless remembers a control that htmx cannot find again by an ID of its own: one
  // has gone on to it while an answer was under way.
  function nameless(at, old) {
    const near = old.contains(at) && !at.id && at.closest("[id]");
    return near && old.contains(near) ? { near: near.id, tag: at.tagName, n: [...near.querySelectorAll(at.tagName)].indexOf(at) } : null;
  }
  function found(was) {
    return was && document.getElementById(was.near)?.querySelectorAll(was.tag)[was.n];
  }

  // Focus stays in the panel: at what is wrong, else where one was.
  function refocus(now) {
    const at = document.activeElement;
    const wrong = now.querySelector('[aria-invalid="true"], [role="alert"] .button, #task-preview');
    if (wrong && !(at && wrong.closest("form")?.contains(at) && at.matches("input, textarea, select"))) { wrong.focus(); return; }
    if (at && at !== document.body) return;
    const form = focus && document.getElementById(focus);
    const control = found(held) || form && (fields(form).find((f) => f.type !== "hidden" && f.offsetParent) || $("button", form));
    const panel = now.closest("#panel");
    if (!control && panel) panel.scrollTop = 0; // what came of it stands at the top
    (control || panel || $("#main")).focus({ preventScroll: true });
  }

  // What others change shows at once, without touching what one types or has open.
  let refreshing = false, again = false;
  document.addEventListener("relevo:cards", (e) => {
    const now = $(".task[data-live]");
    if (now && (!e.detail.tasks || e.detail.tasks.includes(now.dataset.task))) refresh();
  });
  async function refresh() {
    if (refreshing) { again = true; return; }
    refreshing = true;
    again = false;
    try {
      const now = $(".task[data-live]");
      const answer = now && await fetch(now.dataset.live, { headers: { "HX-Request": "true" } });
      const page = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page && $(".task", page);
      if (answer?.status === 404) window.relevo.notify(now.dataset.deleted, "warning");
      if (fresh && now.isConnected && Number(fresh.dataset.seq) > Number(now.dataset.seq)) morph(now, fresh);
    } catch { /* no connection: the next news brings it */ } finally {
      refreshing = false;
    }
    if (again) refresh();
  }
  function morph(now, fresh) {
    Idiomorph.morph(now, fresh, {
      morphStyle: "outerHTML", ignoreActiveValue: true,
      callbacks: {
        beforeNodeMorphed: (old) => !(old.matches?.("form[data-dirty], form[data-combobox], [data-mine], .htmx-request") || busy(old)),
        beforeAttributeUpdated: (name, node) => !(name === "open" && node.tagName === "DETAILS"),
      },
    });
    htmx.process(now);
    prepare(now);
  }
  // busy: a form without a Save of its own in which somebody is typing.
  function busy(node) {
    return node.tagName === "FORM" && node.contains(document.activeElement) && fields(node).some((f) => f.type !== "hidden" && f.value !== f.defaultValue);
  }

  // A search among many people.
  document.addEventListener("input", (e) => {
    const box = e.target.closest?.("[data-filter]");
    if (!box) return;
    const wanted = box.value.trim().toLocaleLowerCase();
    for (const choice of box.parentElement.querySelectorAll("." + box.dataset.filter)) {
      choice.hidden = !choice.textContent.toLocaleLowerCase().includes(wanted);
    }
  });

  // The box one types into to find a task: a combobox with a list, after the ARIA
  // Authoring Practices (autocomplete "list", no choice made before one is asked for).
  function prepare(root) {
    for (const box of root.querySelectorAll("[data-filter]")) box.hidden = false;
    for (const form of root.querySelectorAll("form[data-typed]")) mark(form);
    for (const form of root.querySelectorAll("form[data-combobox]")) combobox(form);
  }

  function combobox(form) {
    if (form.dataset.ready) return;
    form.dataset.ready = "1";
    const input = $("input[name=q]", form), list = $("[role=listbox]", form), status = $("[role=status]", form);
    const box = list.parentElement;
    let at = -1, timer = 0, asked = 0;
    for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list" })) {
      input.setAttribute(name, value);
    }
    const options = () => [...list.querySelectorAll("[role=option]")];
    const show = (on) => {
      box.hidden = !on;
      list.hidden = options().length === 0;
      input.setAttribute("aria-expanded", String(on && !list.hidden));
      if (!on) point(-1);
    };
    const point = (to) => {
      const all = options();
      at = to < all.length ? to : -1;
      all.forEach((o, i) => o.setAttribute("aria-selected", String(i === at)));
      if (at >= 0) {
        input.setAttribute("aria-activedescendant", all[at].id);
        all[at].scrollIntoView({ block: "nearest" });
      } else {
        input.removeAttribute("aria-activedescendant");
      }
    };
    const choose = (option) => {
      show(false);
      input.value = "";
      htmx.ajax("POST", form.dataset.add, { source: form, target: form.closest(".task"), swap: "outerHTML", values: { task: option.dataset.id } });
    };
    const search = async () => {
      const mine = ++asked;
      const url = form.getAttribute("action") + "?" + new URLSearchParams({ end: form.dataset.end, as: "options", q: input.value });
      const answer = await fetch(url, { headers: { "HX-Request": "true" } }).catch(() => null);
      if (mine !== asked || !form.isConnected) return;
      if (!answer?.ok) { show(false); return; }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (mine !== asked) return;
      list.replaceChildren(...page.querySelectorAll("[role=option]"));
      status.textContent = $("[data-found]", page)?.textContent || "";
      show(document.activeElement === input);
    };
    const later = (wait) => { clearTimeout(timer); timer = setTimeout(search, wait); };

    input.addEventListener("input", () => later(200));
    input.addEventListener("click", () => { if (box.hidden) later(0); });
    input.addEventListener("blur", () => setTimeout(() => show(false), 150));
    input.addEventListener("keydown", (e) => {
      const shown = !box.hidden, all = options();
      switch (e.key) {
        case "ArrowDown":
          e.preventDefault();
          if (!shown) { later(0); } else { point(at + 1 >= all.length ? 0 : at + 1); }
          break;
        case "ArrowUp":
          e.preventDefault();
          if (shown && all.length) point(at <= 0 ? all.length - 1 : at - 1);
          break;
        case "Enter":
          e.preventDefault();
          if (shown && at >= 0) { choose(all[at]); } else if (shown && all.length) { point(0); } else { later(0); }
          break;
        case "Escape":
          if (shown || input.value) { e.preventDefault(); e.stopPropagation(); input.value = ""; show(false); }
          break;
        case "Tab":
          show(false);
      }
    });
    form.addEventListener("submit", (e) => { e.preventDefault(); e.stopImmediatePropagation(); }, true); // Enter chooses
    list.addEventListener("mousedown", (e) => e.preventDefault()); // the box keeps the focus
    list.addEventListener("click", (e) => {
      const option = e.target.closest("[role=option]");
      if (option) choose(option);
    });
  }

  prepare(document);
})();
