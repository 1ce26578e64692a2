// While something long is being made, the page says how far it is. The form goes its
// usual way, and the answer to it takes this page's place.
(() => {
  "use strict";
  const form = document.querySelector("[data-far]");
  form?.addEventListener("submit", (e) => {
    if (!e.submitter?.matches("[data-far-go]")) return;
    const note = form.querySelector(".far");
    if (!note.hidden) { e.preventDefault(); return; } // it is under way
    note.hidden = false;
    note.scrollIntoView({ block: "nearest" });
    const far = note.querySelector("[data-far-now]");
    const look = async () => {
      try {
        const answer = await fetch(form.dataset.far, { headers: { "HX-Request": "true" } });
        if (answer.ok) far.innerHTML = await answer.text();
      } catch { /* the next look tells */ }
      setTimeout(look, 400);
    };
    look();
  });
  addEventListener("pageshow", () => { const note = form?.querySelector(".far"); if (note) note.hidden = true; }); // back again
})();
