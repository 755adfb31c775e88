// Where the phone is while a visit is open. The best reading of the visit is kept, with how good it was.

import { localIso } from "./element.js";

const FRESH = 120000;

let watching = null;
let last = null;
let refused = false;

export function watch(changed) {
  stop();
  refused = false;
  if (!navigator.geolocation) return;
  watching = navigator.geolocation.watchPosition(
    (found) => {
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
      changed(last);
    },
    (problem) => {
      refused = problem.code === problem.PERMISSION_DENIED;
      changed(null);
    },
    { enableHighAccuracy: true, maximumAge: 10000, timeout: 60000 },
  );
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

export function better(one, other) {
  if (one === null) return other;
  if (other === null) return one;
  return other.accuracy_m < one.accuracy_m ? other : one;
}
