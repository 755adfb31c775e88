// All files of a print run, one after another: each is made by the server and saved, and the bar says how many are done.

const box = document.getElementById("all-letters");
const links = [...document.querySelectorAll("a.pile")];

function words(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

async function save(link) {
  const answer = await fetch(link.href);
  if (!answer.ok) throw new Error(String(answer.status));
  const named = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") || "");
  const address = URL.createObjectURL(await answer.blob());
  const hidden = document.createElement("a");
  hidden.href = address;
  hidden.download = named ? named[1] : "surat.pdf";
  hidden.click();
  window.setTimeout(() => URL.revokeObjectURL(address), 10000);
}

async function all() {
  const go = document.getElementById("letters-go");
  const bar = document.getElementById("letters-bar");
  const says = document.getElementById("letters-says");
  go.disabled = true;
  bar.hidden = false;
  for (const [done, link] of links.entries()) {
    says.textContent = words(box.dataset.now, { done, count: links.length });
    try {
      await save(link);
    } catch {
      says.textContent = words(box.dataset.lost, { name: link.closest("tr").querySelector("th").textContent });
      go.disabled = false;
      return;
    }
    bar.value = done + 1;
  }
  says.textContent = words(box.dataset.done, { count: links.length });
  go.disabled = false;
}

if (box) {
  box.hidden = false;
  document.getElementById("letters-go").addEventListener("click", all);
}
