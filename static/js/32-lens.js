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
    fold.addEventListener("toggle", () => localStorage.setItem(key, fold.open ? "open" : "closed"));
  } catch { /* the browser keeps nothing */ }
  fold.addEventListener("formdata", (e) => {
    for (const [name, value] of [...e.formData]) if (!value.trim()) e.formData.delete(name);
  });
})();
