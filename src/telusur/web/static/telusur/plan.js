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

// Where the map is wider than the screen it opens on the routes, not on the city's edge.
for (const sheet of document.querySelectorAll(".plan-sheet")) {
  const marks = [...sheet.querySelectorAll(".mark")].map((mark) => mark.getBoundingClientRect());
  const left = Math.min(...marks.map((mark) => mark.left));
  const right = Math.max(...marks.map((mark) => mark.right));
  sheet.scrollLeft = (left + right) / 2 - sheet.getBoundingClientRect().left - sheet.clientWidth / 2;
}
