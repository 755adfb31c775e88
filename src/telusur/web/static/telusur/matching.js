// One key each for same, different, unsure, undo. The keys press the page's own buttons, so that whatever a button asks for
// (a reason, say) a key asks for too. They can be switched off: a single letter must not surprise who dictates or types.

const KEPT = "telusur.matching.keys";
// A key pressed twice must not decide the next pair unseen.
const FIRST_LOOK = 350;

const desk = document.getElementById("desk");
const control = document.getElementById("desk-keys");
const box = control.querySelector("input");
const shownAt = performance.now();
let sent = false;

function kept() {
  try {
    return window.localStorage.getItem(KEPT) !== "off";
  } catch {
    return true;
  }
}

function show(on) {
  box.checked = on;
  document.documentElement.classList.toggle("keys-off", !on);
}

function writes(element) {
  return element instanceof HTMLElement && (element.isContentEditable || element.matches("textarea, select, input:not([type=checkbox], [type=radio])"));
}

control.hidden = false;
show(kept());
box.addEventListener("change", () => {
  show(box.checked);
  try {
    window.localStorage.setItem(KEPT, box.checked ? "on" : "off");
  } catch {
    // A private window keeps nothing; the switch then holds for this page.
  }
});

document.addEventListener("keydown", (event) => {
  if (!box.checked || event.repeat || event.ctrlKey || event.metaKey || event.altKey || writes(event.target)) return;
  const button = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!button || button.disabled || sent || performance.now() - shownAt < FIRST_LOOK) return;
  event.preventDefault();
  button.click();
});

for (const form of document.querySelectorAll("form.decides")) {
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
    desk?.setAttribute("aria-busy", "true");
  });
}

// Back from the browser's memory the page is fresh again.
window.addEventListener("pageshow", () => {
  sent = false;
  desk?.removeAttribute("aria-busy");
});
