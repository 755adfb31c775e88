// The head's papers: says that one is being made and for how long, saves it, and opens the page that says why it cannot be.

const form = document.getElementById("papers");
const says = document.getElementById("papers-says");
const clock = document.getElementById("papers-clock");

function words(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

function save(content, named) {
  const address = URL.createObjectURL(content);
  const hidden = document.createElement("a");
  hidden.href = address;
  hidden.download = named;
  hidden.click();
  window.setTimeout(() => URL.revokeObjectURL(address), 10000);
}

async function make(event) {
  event.preventDefault();
  // A button that is disabled meanwhile loses the keyboard's place.
  if (form.ariaBusy === "true") return;
  form.ariaBusy = "true";
  const begun = Date.now();
  const seconds = () => Math.round((Date.now() - begun) / 1000);
  const given = new FormData(form, event.submitter);
  // Once each: a status that changed every second would be read aloud every second. The seconds are for the eye.
  says.textContent = form.dataset.now;
  const ticking = window.setInterval(() => { clock.textContent = words(form.dataset.clock, { seconds: seconds() }); }, 1000);
  try {
    const answer = await fetch(form.action, { method: "POST", body: given });
    const named = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") || "");
    if (!named) {
      window.location.assign(answer.url);
      return;
    }
    save(await answer.blob(), named[1]);
    says.textContent = words(form.dataset.done, { seconds: Math.max(1, seconds()), name: named[1] });
  } catch {
    says.textContent = form.dataset.lost;
  } finally {
    window.clearInterval(ticking);
    clock.textContent = "";
    form.ariaBusy = "false";
  }
}

if (form) form.addEventListener("submit", make);
