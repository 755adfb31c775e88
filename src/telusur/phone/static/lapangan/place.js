// Where the phone is while a visit is open. The best of the latest readings is kept, with how good it was.

import { localIso } from "./element.js";

const FRESH = 120000;
// A reading from before the last walk says where the phone was, not where the visit is, however good it was.
const OUTDATED = 600000;
const OPTIONS = { enableHighAccuracy: true, maximumAge: 10000, timeout: 60000 };

let watching = null;
let last = null;
let refused = false;

export function watch(changed) {
  stop();
  refused = false;
  if (!navigator.geolocation) return;
  watching = navigator.geolocation.watchPosition(
    (found) => changed(reading(found)),
    (problem) => {
      refused = problem.code === problem.PERMISSION_DENIED;
      changed(null);
    },
    OPTIONS,
  );
}

function reading(found) {
  const { latitude, longitude, accuracy, altitude } = found.coords;
  last = {
    lat: latitude,
    lon: longitude,
    accuracy_m: Math.round(accuracy * 10) / 10,
    altitude_m: altitude ?? null,
    // A browser cannot tell a made-up position from a true one; the office's other checks can.
    is_mock: null,
    at: localIso(new Date(found.timestamp)),
    seen: Date.now(),
  };
  return last;
}

export function stop() {
  if (watching !== null) navigator.geolocation.clearWatch(watching);
  watching = null;
}

export const isRefused = () => refused;

// The position now, if it is not an old one.
export function here() {
  return last !== null && Date.now() - last.seen < FRESH ? last : null;
}

// The position now, asked for again where the last reading is old: a phone that lies still reports nothing by itself, and
// coming back from the camera takes a moment. null where none comes.
export function hereNow(patience = 15000) {
  if (here() !== null || !navigator.geolocation || refused) return Promise.resolve(here());
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition((found) => resolve(reading(found)), () => resolve(here()), { ...OPTIONS, timeout: patience });
  });
}

export function better(one, other) {
  if (one === null) return other;
  if (other === null) return one;
  const isOutdated = Date.parse(other.at) - Date.parse(one.at) > OUTDATED;
  return isOutdated || other.accuracy_m < one.accuracy_m ? other : one;
}
