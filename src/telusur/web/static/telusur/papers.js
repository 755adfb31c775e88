// The head's papers: says that one is being made and for how long, saves it, and opens the page that says why it cannot be.

const form = document.getElementById("papers");
const says = document.getElementById("papers-says");

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
  const begun = Date.now();
  const seconds = () => Math.round((Date.now() - begun) / 1000);
  const given = new FormData(form, event.submitter);
  const buttons = form.querySelectorAll("button");
  const tell = () => { says.textContent = words(form.dataset.now, { seconds: seconds() }); };
  buttons.forEach((button) => { button.disabled = true; });
  says.hidden = false;
  tell();
  const clock = window.setInterval(tell, 1000);
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
    window.clearInterval(clock);
    buttons.forEach((button) => { button.disabled = false; });
  }
}

if (form) form.addEventListener("submit", make);
