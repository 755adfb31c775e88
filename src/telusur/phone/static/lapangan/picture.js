// A photo from the camera: made small on the phone, both hashes kept.

const LONGEST = 1600;
const QUALITY = 0.8;

export async function sha256(buffer) {
  const hashed = new Uint8Array(await crypto.subtle.digest("SHA-256", buffer));
  return [...hashed].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// {data: ArrayBuffer, sha256, size, original_sha256, original_size}. An ArrayBuffer and not the File: a File is a reference,
// and the picture behind it may be gone by the time there is a network.
export async function taken(file) {
  const original = await file.arrayBuffer();
  const small = await shrunk(file).catch(() => null);
  const data = small ?? original;
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
