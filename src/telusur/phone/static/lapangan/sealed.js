// What the phone's memory holds, locked: AES-GCM under a key of the officer's account that no script can take out. Where a
// record lies is sealed in with it, so that none can be put in another's place. Limits: docs/phone-protocol.md, "On the phone".

const made = new Map();

// `keep(officer, fresh)` answers the key that this phone keeps for the officer: the one that lies there, else the fresh one.
export function keyOf(officer, keep) {
  if (!made.has(officer)) {
    const key = crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]).then((fresh) => keep(officer, fresh));
    made.set(officer, key);
    key.catch(() => made.delete(officer));
  }
  return made.get(officer);
}

const place = (store, key) => new TextEncoder().encode(JSON.stringify([store, key]));
export const isSealed = (record) => record?.sealed instanceof ArrayBuffer && record.iv instanceof Uint8Array;

// Bytes of a picture go in as they are, everything else as JSON.
export function plainOf(value) {
  return value?.data instanceof ArrayBuffer ? { kind: "bytes", bytes: value.data } : { kind: "json", bytes: new TextEncoder().encode(JSON.stringify(value)) };
}

export async function seal(key, by, store, ident, { kind, bytes }) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: place(store, ident) }, key, bytes);
  return { by, kind, iv, sealed };
}

// Raises where the record was changed, moved, or sealed under another key.
export async function unseal(key, store, ident, record) {
  const bytes = await crypto.subtle.decrypt({ name: "AES-GCM", iv: record.iv, additionalData: place(store, ident) }, key, record.sealed);
  return record.kind === "bytes" ? { data: bytes } : JSON.parse(new TextDecoder().decode(bytes));
}
