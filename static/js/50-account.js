// Small comforts of forms: the time zone is guessed, a password can be looked at, a
// link copied. Everything works without them.
(() => {
  "use strict";
  const enhance = (root) => {
    for (const field of root.querySelectorAll("input[data-zone]")) {
      try { field.value = Intl.DateTimeFormat().resolvedOptions().timeZone || field.value; } catch { /* keeps what the server guessed */ }
    }
    for (const button of root.querySelectorAll("button[data-reveal]")) {
      button.hidden = false;
      label(button, false);
    }
    for (const button of root.querySelectorAll("button[data-copy]")) button.hidden = !navigator.clipboard;
  };
  const label = (button, shown) => {
    button.textContent = shown ? button.dataset.hide : button.dataset.show;
    button.setAttribute("aria-label", shown ? button.dataset.hideLabel : button.dataset.showLabel);
  };
  document.addEventListener("click", async (e) => {
    const reveal = e.target.closest("button[data-reveal]");
    if (reveal) {
      const field = document.getElementById(reveal.dataset.reveal);
      const shown = field.type === "password";
      field.type = shown ? "text" : "password";
      label(reveal, shown);
      return;
    }
    const copy = e.target.closest("button[data-copy]");
    if (copy) {
      await navigator.clipboard.writeText(document.getElementById(copy.dataset.copy).value);
      copy.querySelector("span").textContent = copy.dataset.copied;
      window.relevo?.say(copy.dataset.copied);
    }
  });
  // What is typed to be sent is hidden again first, so that the browser knows it as a password.
  document.addEventListener("submit", (e) => {
    for (const button of e.target.querySelectorAll("button[data-reveal]")) {
      const field = document.getElementById(button.dataset.reveal);
      field.type = "password";
      label(button, false);
    }
  });
  document.addEventListener("htmx:load", (e) => enhance(e.target));
  enhance(document);
})();
