// The plan's form: a weight says its number while it is moved, and a button that makes the office wait says so.

for (const slider of document.querySelectorAll(".plan-wish input[type=range]")) {
  const says = document.querySelector(`output[for="${slider.id}"]`);
  slider.addEventListener("input", () => {
    says.value = (slider.valueAsNumber / 10).toLocaleString(document.documentElement.lang, { minimumFractionDigits: 1 });
  });
}

for (const button of document.querySelectorAll("button[data-waits]")) {
  button.form.addEventListener("submit", (event) => {
    if (event.submitter !== button) return;
    // A disabled button would not send its own value: it is marked, and a second press is held back.
    if (button.getAttribute("aria-busy") === "true") {
      event.preventDefault();
      return;
    }
    button.setAttribute("aria-busy", "true");
    button.textContent = button.dataset.waits;
  });
}

// Back from the next page the form is as it was.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload();
});
