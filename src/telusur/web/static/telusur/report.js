// A step of a board's report: kept as it is typed, and the pin on its map. Without this script the button saves as ever.

const form = document.getElementById("langkah");
const says = document.getElementById("saved");

let waits = 0;
let dirty = false;

async function keep() {
  window.clearTimeout(waits);
  if (!dirty) return;
  dirty = false;
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      headers: { "X-Telusur-Keep": "1" },
      keepalive: true,
    });
    if (!answer.ok) throw new Error(String(answer.status));
    says.textContent = says.dataset.done;
  } catch {
    dirty = true;
    says.textContent = says.dataset.lost;
  }
}

function changed() {
  dirty = true;
  window.clearTimeout(waits);
  waits = window.setTimeout(keep, 1500);
}

form.addEventListener("input", changed);
form.addEventListener("change", changed);
form.addEventListener("submit", () => {
  dirty = false;
  window.clearTimeout(waits);
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") keep();
});
// What was typed is kept before another form of the page is sent: a file, a part of the list.
for (const other of document.querySelectorAll("main form")) {
  if (other === form) continue;
  other.addEventListener("submit", async (event) => {
    if (!dirty) return;
    event.preventDefault();
    await keep();
    dirty = false;
    other.requestSubmit(event.submitter);
  });
}

const pin = document.getElementById("pin");

function setUp() {
  const sheet = document.getElementById("pin-sheet");
  const mark = document.getElementById("pin-mark");
  const told = document.getElementById("pin-says");
  const fields = { lat: document.getElementById("lat"), lon: document.getElementById("lon") };
  const at = Object.fromEntries(["west", "north", "across", "down"].map((name) => [name, Number(pin.dataset[name])]));
  pin.hidden = false;

  function set(lat, lon) {
    // As the fields' own example writes it.
    fields.lat.value = lat.toFixed(6).replace(".", ",");
    fields.lon.value = lon.toFixed(6).replace(".", ",");
    if (mark) mark.setAttribute("transform", `translate(${(lon - at.west) / at.across} ${(at.north - lat) / at.down})`);
    told.textContent = pin.dataset.set.replace("{lat}", fields.lat.value).replace("{lon}", fields.lon.value);
    changed();
  }

  if (sheet) {
    const drawing = sheet.querySelector("svg");
    const box = drawing.viewBox.baseVal;
    const from = (event) => {
      const seen = drawing.getBoundingClientRect();
      const x = ((event.clientX - seen.left) / seen.width) * box.width;
      const y = ((event.clientY - seen.top) / seen.height) * box.height;
      set(at.north - y * at.down, at.west + x * at.across);
    };
    sheet.addEventListener("pointerdown", (event) => {
      sheet.setPointerCapture(event.pointerId);
      sheet.focus();
      from(event);
    });
    sheet.addEventListener("pointermove", (event) => {
      if (sheet.hasPointerCapture(event.pointerId)) from(event);
    });
    const steps = { ArrowUp: [1, 0], ArrowDown: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };
    sheet.addEventListener("keydown", (event) => {
      const step = steps[event.key];
      if (!step) return;
      event.preventDefault();
      const far = event.shiftKey ? 20 : 4;
      const lat = Number(fields.lat.value.replace(",", ".")) || at.north - (box.height / 2) * at.down;
      const lon = Number(fields.lon.value.replace(",", ".")) || at.west + (box.width / 2) * at.across;
      set(lat + step[0] * far * at.down, lon + step[1] * far * at.across);
    });
  }
  document.getElementById("pin-mine").addEventListener("click", () => {
    const lost = () => {
      told.textContent = pin.dataset.far;
    };
    if (!navigator.geolocation) {
      lost();
      return;
    }
    navigator.geolocation.getCurrentPosition((found) => set(found.coords.latitude, found.coords.longitude), lost, {
      enableHighAccuracy: true,
      timeout: 15000,
    });
  });
}

if (pin) setUp();
