// Talks to the office. An answer without the office's header and key is a captive portal's or a proxy's: no answer at all.

const API = "/lapangan/api/";
// Milliseconds: for an answer, and for each byte sent, which makes 4 kB a second the thinnest network that still carries.
const PATIENCE = 30000;
const PER_BYTE = 0.25;

export class NoAnswer extends Error {}

// Whether the last answer was somebody else's: an officer can do something about that, and nothing about no network.
let isStranger = false;
export const strangerAnswers = () => isStranger;

function stranger() {
  isStranger = true;
  return new NoAnswer("bukan kantor yang menjawab");
}

export async function ask(path, { method = "GET", token = "", body = null, headers = {} } = {}) {
  const sent = { "X-Telusur-Sent-At": new Date().toISOString(), ...headers };
  if (token) sent.Authorization = `Bearer ${token}`;
  let response;
  let said;
  try {
    response = await fetch(API + path, {
      method,
      body,
      headers: sent,
      cache: "no-store",
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE + (body?.byteLength ?? 0) * PER_BYTE),
    });
    if (response.headers.get("X-Telusur") !== "1") throw stranger();
    said = await response.json();
  } catch (problem) {
    if (problem instanceof NoAnswer) throw problem;
    isStranger = false;
    throw new NoAnswer("kantor tidak terjangkau");
  }
  if (said?.telusur !== 1) throw stranger();
  isStranger = false;
  return { status: response.status, said };
}

function cookie(name) {
  return document.cookie.split("; ").find((each) => each.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";
}

// A token for the officer who is signed in at this browser.
export function register(device) {
  const label = `${navigator.userAgentData?.platform ?? navigator.platform ?? ""} · ${navigator.language}`.slice(0, 120);
  return ask("perangkat/", {
    method: "POST",
    body: JSON.stringify({ device, label }),
    headers: { "Content-Type": "application/json", "X-CSRFToken": cookie("csrftoken") },
  });
}

// Ends the session of this browser at the office. Whether it surely is ended; a portal's answer is none.
export async function signOut() {
  try {
    const { status } = await ask("keluar/", { method: "POST", headers: { "X-CSRFToken": cookie("csrftoken") } });
    // 401: there is none.
    return status === 200 || status === 401;
  } catch {
    return false;
  }
}
