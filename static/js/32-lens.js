// The board's filter stays open or closed as somebody left it, and asks only for
// what was chosen.
(() => {
  "use strict";
  const fold = relevo.$("[data-lens]");
  if (!fold) return;
  const key = "relevo:lens";
  try {
    const left = localStorage.getItem(key);
    if (left) fold.open = left === "open";
    // A click, not "toggle", which an address with a filter brings about too.
    relevo.$("summary", fold).addEventListener("click", () => localStorage.setItem(key, fold.open ? "closed" : "open"));
  } catch { /* the browser keeps nothing */ }
  fold.addEventListener("formdata", (e) => {
    for (const [name, value] of [...e.formData]) if (!value.trim()) e.formData.delete(name);
  });
})();
