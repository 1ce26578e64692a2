// While the runs of a table are being started, the page says how far they are. The form
// goes its usual way, and the answer to it takes this page's place.
(() => {
  "use strict";
  const form = document.querySelector("[data-batch]");
  form?.addEventListener("submit", (e) => {
    if (!e.submitter?.matches("[data-batch-go]")) return;
    const note = form.querySelector(".batch-far");
    if (!note.hidden) { e.preventDefault(); return; } // it is under way
    note.hidden = false;
    note.scrollIntoView({ block: "nearest" });
    const far = note.querySelector("[data-batch-far]");
    const look = async () => {
      try {
        const answer = await fetch(form.dataset.batch, { headers: { "HX-Request": "true" } });
        if (answer.ok) far.innerHTML = await answer.text();
      } catch { /* the next look tells */ }
      setTimeout(look, 400);
    };
    look();
  });
  addEventListener("pageshow", () => { const note = form?.querySelector(".batch-far"); if (note) note.hidden = true; }); // back again
})();
