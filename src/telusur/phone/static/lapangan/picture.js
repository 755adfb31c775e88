// A photo from the camera: made small on the phone, both hashes kept.

import { el } from "./element.js";
import { get } from "./store.js";

const LONGEST = 1600;
const QUALITY = 0.8;

export async function sha256(buffer) {
  const hashed = new Uint8Array(await crypto.subtle.digest("SHA-256", buffer));
  return [...hashed].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// What the office takes; only a picture that this phone cannot open, and so cannot make smaller, can be larger.
const MOST_BYTES = 20000000;
const THUMB = 96;

// Raises where the file is empty, or too large to be sent as it is.
// {data: ArrayBuffer, sha256, size, original_sha256, original_size}. An ArrayBuffer and not the File: a File is a reference,
// and the picture behind it may be gone by the time there is a network.
export async function taken(file) {
  const original = await file.arrayBuffer();
  const small = await shrunk(file).catch(() => null);
  const data = small ?? original;
  if (data.byteLength === 0 || data.byteLength > MOST_BYTES) throw new Error("no picture");
  return {
    data,
    sha256: await sha256(data),
    size: data.byteLength,
    original_sha256: await sha256(original),
    original_size: original.byteLength,
  };
}

async function shrunk(file) {
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  const blob = await new Promise((resolve) => {
    canvas.toBlob(resolve, "image/jpeg", QUALITY);
  });
  return blob ? blob.arrayBuffer() : null;
}

// A small look at a kept photo. Drawn, not linked: the page's policy takes pictures from the office alone.
export function thumbnail(name, words) {
  const canvas = el("canvas", { width: THUMB, height: THUMB, role: "img", "aria-label": words });
  get("photos", name)
    .then((kept) => createImageBitmap(new Blob([kept.data])))
    .then((bitmap) => {
      const scale = Math.max(THUMB / bitmap.width, THUMB / bitmap.height);
      const [width, height] = [bitmap.width * scale, bitmap.height * scale];
      canvas.getContext("2d").drawImage(bitmap, (THUMB - width) / 2, (THUMB - height) / 2, width, height);
      bitmap.close();
    })
    .catch(() => canvas.remove());
  return canvas;
}
