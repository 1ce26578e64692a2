// What faces with days have in common: they are kept current, their tasks change their
// dates, and one steps from page to page without losing the place.
(() => {
  "use strict";
  const { $ } = relevo;
  const root = () => $(".face");
  if (!root()) return;
  const face = (relevo.face = { root, mayEdit: () => root().dataset.edit === "1" });
  const parse = (html) => new DOMParser().parseFromString(html, "text/html");

  // ---- what is new

  let running = null, again = false;
  const held = new Set(); // what must not be disturbed: a drag, keys that go on

  /** hold keeps the page as it is until release, for a reason. */
  face.hold = (why) => held.add(why);
  face.release = (why) => { held.delete(why); if (again && held.size === 0) relevo.catchUp(); };

  /** catchUp shows what is new; the promise is kept when it can be seen. */
  relevo.catchUp = () => {
    again = true;
    if (held.size > 0) return Promise.resolve();
    return (running ||= follow().finally(() => { running = null; }));
  };
  async function follow() {
    while (again && held.size === 0) {
      again = false;
      try {
        const answer = await fetch(root().dataset.face, { headers: { "HX-Request": "true" } });
        if ([401, 403, 404].includes(answer.status)) { relevo.gone?.(); return; }
        const fresh = answer.ok && $(".face", parse(await answer.text()));
        if (held.size > 0) again = true; // begun meanwhile: fetch anew when it ends
        else if (fresh) (face.fresh || show)(fresh);
      } catch { return; } // no connection: the stream tells, and catches up
    }
  }
  document.addEventListener("relevo:news", (e) => { if (e.detail.seq > Number(root().dataset.seq)) relevo.catchUp(); });
  document.addEventListener("htmx:afterRequest", (e) => {
    if (e.detail.successful && e.detail.requestConfig?.verb !== "get") relevo.catchUp();
  });

  /** unsaved tells whether somebody has filled in a field who has not sent it yet. */
  function unsaved(el) {
    if (el.matches?.(":is(.step-form, #draw-panel) select")) return el.value !== ([...el.options].find((o) => o.defaultSelected) || el.options[0])?.value;
    if (el.matches?.("[type=checkbox], [type=radio]")) return Boolean(el.closest(".step-form")) && el.checked !== el.defaultChecked;
    return Boolean(el.matches?.("input, textarea")) && el.value !== el.defaultValue;
  }

  /** show shows a fresh face in the place of what is there. */
  face.show = show;
  function show(fresh) {
    const focused = document.activeElement;
    const id = focused?.closest?.(".face") && (focused.id || focused.closest("[id]")?.id);
    Idiomorph.morph(root(), fresh, {
      morphStyle: "outerHTML",
      ignoreActiveValue: Boolean(focused?.matches?.("input, textarea, select")), // it would keep all that is inside of another, too
      callbacks: {
        // What was refused stays to be mended for as long as it is about the same.
        beforeNodeMorphed: (node, fresh) => !unsaved(node)
          && !(node.dataset?.refused && node.dataset.version === fresh.dataset?.version),
        beforeAttributeUpdated: (name, node) => !(name === "tabindex" || (name === "open" && node.nodeName === "DETAILS") || (name === "data-on" && node.matches?.(".day-form"))),
      },
    });
    htmx.process(root());
    face.settle?.();
    document.dispatchEvent(new CustomEvent("relevo:cards", { detail: {} }));
    if (id && !root().contains(document.activeElement)) {
      const back = document.getElementById(id);
      (back?.matches("a, button, input, [tabindex]") ? back : back?.querySelector("a, button"))?.focus({ preventScroll: true });
    }
  }

  // ---- changing a task's dates

  /** dates sends what a task's dates are to be; false: refused, and it is said why. */
  face.dates = async (task, version, wanted, stays) => {
    try {
      const answer = await fetch(`/tasks/${task}/dates`, { method: "PUT", body: new URLSearchParams({ ...wanted, version }), headers: { "HX-Request": "true" } });
      if (answer.ok) { relevo.did?.(answer); return true; }
      face.refuse(await answer.text(), stays);
    } catch {
      relevo.notify(`${relevo.words.lost} ${stays}`, "problem");
    }
    return false;
  };

  /** refuse shows what the server answered, and what that means here. */
  face.refuse = (html, stays) => {
    const notes = [...parse(html).querySelectorAll(".notice")];
    if (notes.length === 0) relevo.notify(`${relevo.words.oops} ${stays}`, "problem");
    for (const note of notes) {
      const shown = document.importNode(note, true);
      $(".notice-body", shown)?.append(Object.assign(document.createElement("p"), { textContent: stays }));
      $("#notice").append(shown);
    }
  };

  // ---- from page to page

  const kept = "relevo:face";
  /** go goes to another address of this face, and comes back to the element with id. */
  face.go = (url, id) => {
    try { sessionStorage.setItem(kept, id || ""); } catch { /* not kept: then the focus is at the top */ }
    location.assign(url);
  };
  document.addEventListener("click", (e) => {
    const link = e.target.closest?.(".face a[data-step]");
    if (!link || e.button !== 0 || e.ctrlKey || e.metaKey || e.shiftKey || e.defaultPrevented) return;
    e.preventDefault();
    face.go(link.href, link.id);
  });
  document.addEventListener("DOMContentLoaded", () => {
    let id = "";
    try { id = sessionStorage.getItem(kept); sessionStorage.removeItem(kept); } catch { /* nothing kept */ }
    const back = id && document.getElementById(id);
    if (back) (back.matches("a, button") ? back : back.querySelector("a, button") || back).focus();
  });

  /** key is what a key means here; empty where it is somebody else's. */
  face.key = (e) => {
    if (e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey || e.isComposing || $("dialog[open]")) return "";
    if (e.target.closest?.("input, textarea, select, [contenteditable], #panel")) return "";
    const key = e.key.length === 1 ? e.key.toLowerCase() : e.key;
    return document.body.dataset.keys === "off" && (key.length === 1 || e.shiftKey) ? "" : key;
  };
})();
