// Menus, dialogs, notices, the side panel and the theme. Everything here makes
// easier what also works without it.
(() => {
  "use strict";
  const words = JSON.parse(document.body?.dataset.words || "{}");
  const $ = (selector, root = document) => root.querySelector(selector);

  const relevo = (window.relevo = { words, $ });

  /** say tells it to those who listen to the page instead of looking at it. */
  relevo.say = (text) => {
    const said = $("#said");
    if (!said) return;
    said.textContent = "";
    setTimeout(() => { said.textContent = text; }, 50);
  };

  /** notify shows a notice at the foot of the page. */
  relevo.notify = (text, kind = "") => {
    const box = $("#notice");
    if (!box) return;
    const note = document.createElement("div");
    note.className = "notice";
    note.dataset.kind = kind;
    const body = document.createElement("div");
    body.className = "notice-body";
    body.textContent = text;
    const close = document.createElement("button");
    close.type = "button";
    close.className = "button button-plain";
    close.dataset.dismiss = "";
    close.textContent = words.close;
    note.append(body, close);
    box.append(note);
  };

  // Notices: dismissed by hand; those that are no problem leave by themselves.
  document.addEventListener("click", (e) => {
    const button = e.target.closest("[data-dismiss]");
    if (button) button.closest(".notice")?.remove();
  });
  const box = $("#notice");
  if (box) {
    new MutationObserver((records) => {
      for (const record of records) {
        for (const note of record.addedNodes) {
          if (note.nodeType !== 1 || note.dataset.kind === "problem" || note.dataset.kind === "did") continue;
          setTimeout(() => { if (!note.matches(":hover, :focus-within")) note.remove(); }, 8000);
        }
      }
    }).observe(box, { childList: true });
  }

  // Menus made of <details>: one at a time, closed by Escape and by a click elsewhere.
  document.addEventListener("click", (e) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(e.target)) menu.open = false;
    }
  });
  document.addEventListener("keydown", (e) => {
    const menu = e.target.closest?.("details.menu[open]");
    if (!menu) return;
    if (e.key === "Escape") {
      menu.open = false;
      $("summary", menu).focus();
      e.stopImmediatePropagation();
      return;
    }
    if (e.key !== "ArrowDown" && e.key !== "ArrowUp") return;
    const items = [...menu.querySelectorAll(".menu-item")];
    const at = items.indexOf(document.activeElement);
    items[(at + (e.key === "ArrowDown" ? 1 : -1) + items.length) % items.length]?.focus();
    e.preventDefault();
    e.stopImmediatePropagation();
  });

  // Dialogs: <a data-dialog href> opens the fragment at that address in #dialog;
  // [data-close] closes what it is in.
  relevo.dialog = async (url) => {
    await htmx.ajax("GET", url, { target: "#dialog", swap: "innerHTML" });
  };
  document.addEventListener("click", (e) => {
    const close = e.target.closest("[data-close]");
    if (close) {
      const dialog = close.closest("dialog");
      if (dialog) { dialog.close(); e.preventDefault(); } else if (close.closest("#panel")) { relevo.closePanel(); e.preventDefault(); }
      return;
    }
    if (plainClick(e)) {
      const link = e.target.closest("a[data-dialog]");
      if (link && $("#dialog")) { e.preventDefault(); relevo.dialog(link.href); return; }
      const open = e.target.closest("a[data-panel]");
      if (open && $("#panel")) { e.preventDefault(); relevo.openPanel(open.getAttribute("href"), open); }
    }
    if (e.target.matches("dialog[open]")) { // the backdrop
      const r = e.target.getBoundingClientRect();
      if (e.clientX < r.left || e.clientX > r.right || e.clientY < r.top || e.clientY > r.bottom) e.target.close();
    }
  });
  document.addEventListener("htmx:afterSwap", (e) => {
    const dialog = e.detail.target;
    if (dialog?.id !== "dialog") return;
    if (dialog.childElementCount === 0) { dialog.close(); return; }
    if (!dialog.open) dialog.showModal();
  });
  $("#dialog")?.addEventListener("close", (e) => { e.target.replaceChildren(); });

  function plainClick(e) {
    return e.button === 0 && !e.metaKey && !e.ctrlKey && !e.shiftKey && !e.altKey && !e.defaultPrevented;
  }

  /** fetchParts fetches scripts and styles that are not on every page, once. */
  const fetched = {};
  relevo.fetchParts = (urls) => Promise.all(urls.map((url) => fetched[url] ||= new Promise((done, lost) => {
    const part = url.endsWith(".css") ? Object.assign(document.createElement("link"), { rel: "stylesheet", href: url }) : Object.assign(document.createElement("script"), { src: url });
    part.onload = done;
    part.onerror = () => { delete fetched[url]; part.remove(); lost(new Error("no connection")); };
    document.head.append(part);
  })));
  /** panelParts fetches what only a task's panel, or a page like it, needs. */
  relevo.panelParts = () => relevo.fetchParts(JSON.parse($("#panel")?.dataset.parts || "[]")).catch(() => relevo.notify(words.lost, "problem"));
  if ($(".task, [data-filter]")) relevo.panelParts();

  // The side panel shows a task beside the page one is on; its address is the
  // task's own, so that it can be shared, reloaded and left with Back.
  const first = $("#panel [data-close][href]"); // open from the start, by its own address
  const base = first ? first.getAttribute("href") : location.pathname + location.search;
  const baseTitle = first ? ($("#main h1")?.textContent.trim() || "") + " · Relevo" : document.title;
  let opener = null;
  let turn = 0; // what is opened last counts

  relevo.openPanel = async (url, from) => {
    const panel = $("#panel");
    if (!panel || !mayLeave(panel)) return;
    if (panel.childElementCount === 0) opener = from || document.activeElement;
    const mine = ++turn;
    const path = new URL(url, location.href).pathname;
    await relevo.panelParts();
    await htmx.ajax("GET", url, { target: panel, swap: "innerHTML" });
    if (mine !== turn) { emptyPanel(); return; } // closed meanwhile
    if (panel.childElementCount === 0) return; // refused; the notice says why
    if (location.pathname !== path) {
      history[history.state?.panel ? "replaceState" : "pushState"]({ panel: path }, "", path);
    }
    const heading = $("h1, h2", panel);
    if (heading) document.title = heading.textContent.trim() + " · Relevo";
    if (panel.contains(document.activeElement)) return; // one has gone on already
    const focus = $("[autofocus]", panel) || panel;
    focus.focus({ preventScroll: true });
  };

  relevo.closePanel = () => {
    const panel = $("#panel");
    turn++;
    if (!panel || panel.childElementCount === 0 || !mayLeave(panel)) return;
    if (history.state?.panel) { history.back(); return; }
    if (location.pathname + location.search !== base) history.replaceState(null, "", base);
    emptyPanel();
  };

  function emptyPanel() {
    const panel = $("#panel");
    if (!panel || panel.childElementCount === 0) return;
    const had = panel.contains(document.activeElement);
    panel.replaceChildren();
    document.title = baseTitle;
    if (!had) return;
    const back = opener?.isConnected ? opener : opener?.id && document.getElementById(opener.id);
    (back || $("#main")).focus({ preventScroll: true });
  }

  function mayLeave(panel) {
    if ($("form[data-dirty]", panel)) return confirm(words.unsaved);
    for (const field of panel.querySelectorAll("input:not([type=hidden],[type=search]), textarea")) {
      const changed = field.type === "checkbox" || field.type === "radio" ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
      if (changed && field.form?.hasAttribute("data-keep")) return confirm(words.unsaved);
    }
    return true;
  }

  addEventListener("popstate", (e) => {
    if (e.state?.panel) { relevo.openPanel(e.state.panel); } else if (location.pathname + location.search === base) { emptyPanel(); } else { location.reload(); }
  });
  document.addEventListener("keydown", (e) => {
    if (e.key !== "Escape" || e.defaultPrevented || $("dialog[open]")) return;
    relevo.closePanel();
  });

  // The theme changes at once; the cookie that keeps it is the server's.
  document.addEventListener("submit", (e) => {
    const form = e.target.closest("[data-theme-form]");
    if (!form || !e.submitter) return;
    e.preventDefault();
    const theme = e.submitter.value;
    if (theme) { document.documentElement.dataset.theme = theme; } else { delete document.documentElement.dataset.theme; }
    for (const b of form.elements) b.setAttribute("aria-pressed", String(b === e.submitter));
    fetch(form.action, { method: "POST", body: new URLSearchParams({ theme }), headers: { "HX-Request": "true" } });
  });

  // A request that never reached the server says so; nothing typed is lost.
  document.addEventListener("htmx:sendError", () => relevo.notify(words.lost, "problem"));
})();
