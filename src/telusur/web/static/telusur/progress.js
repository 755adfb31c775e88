// The import's progress: asks once a second, says what the server says, opens the result when it is there.

const says = document.getElementById("progress-says");
const bar = document.getElementById("progress-bar");

async function ask() {
  try {
    const answer = await fetch(says.dataset.source, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const now = await answer.json();
    if (now.state !== "running") {
      window.location.reload();
      return;
    }
    says.textContent = now.says;
    if (now.share) bar.value = now.share;
  } catch {
    says.textContent = says.dataset.lost;
  }
  window.setTimeout(ask, 1000);
}

window.setTimeout(ask, 700);
