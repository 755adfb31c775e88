// The phone's own memory (IndexedDB). What is not yet at the office lives here and nowhere else: every change is written
// before anything is shown as done, and nothing is deleted before the office's receipt is held. It lies there sealed (sealed.js).

import { isSealed, keyOf, plainOf, seal, unseal } from "./sealed.js";

const NAME = "telusur-lapangan";
// Each version adds stores and takes none away: what an older app kept stays.
const VERSION = 3;
const SEALED = ["kept", "days", "drafts", "visits", "photos", "stocks"];
const STORES = [...SEALED, "keys"];
// What says nothing of anybody but who works here, and what must be read before a key can be.
const OPEN = new Set(["device", "officer", "sequence", "stock sequence", "session to end"]);

let opened = null;
// Whose records did not open, by store.
const shut = new Map();

function open() {
  opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, VERSION);
    asked.onupgradeneeded = () => {
      for (const name of STORES) if (!asked.result.objectStoreNames.contains(name)) asked.result.createObjectStore(name);
    };
    asked.onsuccess = () => {
      // Another tab with a newer app must be able to add its stores.
      asked.result.onversionchange = () => {
        asked.result.close();
        opened = null;
      };
      resolve(asked.result);
    };
    asked.onerror = () => reject(asked.error);
  });
  return opened;
}

function whole(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

// Runs `work(stores)` in one transaction and resolves when it is on the disk.
async function within(names, mode, work) {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(names, mode, { durability: "strict" });
    const stores = Object.fromEntries(names.map((name) => [name, transaction.objectStore(name)]));
    let answer;
    transaction.oncomplete = () => resolve(answer);
    transaction.onerror = transaction.onabort = () => reject(transaction.error ?? new Error("aborted"));
    Promise.resolve(work(stores)).then((value) => {
      answer = value;
    }, reject);
  });
}

const isOpen = (store, key) => store === "kept" && OPEN.has(key);

function keptKey(officer, fresh) {
  return within(["keys"], "readwrite", async (stores) => {
    const kept = await whole(stores.keys.get(officer));
    if (!kept) stores.keys.put(fresh, officer);
    return kept ?? fresh;
  });
}

// Sealing takes longer than a transaction waits, so whoever reads and then writes does so alone among all tabs.
const alone = (work) => navigator.locks.request("telusur-memori", work);

const record = (store, key) => within([store], "readonly", (stores) => whole(stores[store].get(key)));

// A record that its key does not open (changed, moved, or the key is another) is as if it were not there: one must not keep
// all others from being read and sent. It stays where it lies, and `unread` counts it.
async function plainly(store, key, kept) {
  if (!isSealed(kept)) return kept;
  try {
    return await unseal(await keyOf(kept.by, keptKey), store, key, kept);
  } catch (problem) {
    if (problem?.name !== "OperationError") throw problem;
    return undefined;
  }
}

// Under whose key: the officer whose record it is, else who works here now.
async function locked(store, key, plain, by) {
  const officer = by ?? (await record("kept", "officer")) ?? "";
  return seal(await keyOf(officer, keptKey), officer, store, key, plain);
}

export async function get(store, key) {
  return plainly(store, key, await record(store, key));
}

// The value as it is now is what is kept, whatever becomes of it while it is sealed.
export function put(store, key, value) {
  if (isOpen(store, key)) return within([store], "readwrite", (stores) => whole(stores[store].put(value, key)));
  const [plain, by] = [plainOf(value), value?.officer];
  return alone(async () => {
    const kept = await locked(store, key, plain, by);
    return within([store], "readwrite", (stores) => whole(stores[store].put(kept, key)));
  });
}

export const remove = (store, key) => alone(() => within([store], "readwrite", (stores) => whole(stores[store].delete(key))));

export async function all(store) {
  const [keys, records] = await within([store], "readonly", (stores) => Promise.all([whole(stores[store].getAllKeys()), whole(stores[store].getAll())]));
  const plain = await Promise.all(records.map((kept, at) => plainly(store, keys[at], kept)));
  shut.set(store, records.filter((_, at) => plain[at] === undefined).map((kept) => kept.by));
  return plain.filter((each) => each !== undefined);
}

// How many of this officer's records in these stores did not open when they were last read.
export const unread = (officer, stores) => stores.flatMap((store) => shut.get(store) ?? []).filter((by) => by === officer).length;

// A finished visit: number it, put it where it waits, take the draft away. All or nothing: a battery may die between. Whether
// it was finished here: a second tap, or another tab, finds no draft and must not give the visit another number and body.
export function finish(draft, bodyOf) {
  return alone(async () => {
    if (!(await record("drafts", draft.id))) return false;
    const number = ((await record("kept", "sequence")) ?? 0) + 1;
    const owed = draft.photos.map((photo) => photo.sha256);
    const visit = { ...draft, sequence: number, body: bodyOf(number), owed, state: "waiting", reason: "", tries: 0, nextAt: 0 };
    const kept = await locked("visits", draft.id, plainOf(visit), draft.officer);
    return within(["kept", "drafts", "visits"], "readwrite", (stores) => {
      stores.kept.put(number, "sequence");
      stores.visits.put(kept, draft.id);
      stores.drafts.delete(draft.id);
      return true;
    });
  });
}

// A finished stock check: number it, put it where it waits, its draft away. A second tap finds no draft and makes no second check.
export function finishStock(draftKey, checkOf) {
  return alone(async () => {
    if (!(await record("kept", draftKey))) return false;
    const number = ((await record("kept", "stock sequence")) ?? 0) + 1;
    const check = checkOf(number);
    const kept = await locked("stocks", check.id, plainOf(check), check.officer);
    return within(["kept", "stocks"], "readwrite", (stores) => {
      stores.kept.put(number, "stock sequence");
      stores.stocks.put(kept, check.id);
      stores.kept.delete(draftKey);
      return true;
    });
  });
}

// A photo and the draft that names it, together: neither stands without the other.
export function addPhoto(draft, sha256, data) {
  const plain = plainOf(draft);
  return alone(async () => {
    const photo = await locked("photos", sha256, plainOf({ data }), draft.officer);
    const kept = await locked("drafts", draft.id, plain, draft.officer);
    return within(["drafts", "photos"], "readwrite", (stores) => {
      stores.photos.put(photo, sha256);
      stores.drafts.put(kept, draft.id);
    });
  });
}

// Takes photos away that nothing on this phone names any more: the same picture may belong to two visits.
export function dropPhotos(hashes) {
  return alone(async () => {
    const [drafts, visits] = [await all("drafts"), await all("visits")];
    const wanted = new Set([...drafts.flatMap((each) => each.photos.map((photo) => photo.sha256)), ...visits.flatMap((each) => each.owed ?? [])]);
    return within(["photos"], "readwrite", (stores) => {
      for (const sha256 of hashes) if (!wanted.has(sha256)) stores.photos.delete(sha256);
    });
  });
}

// Changes one visit (or stock check) from what is stored now: two places may be writing about the same one.
export function amend(ident, change, store = "visits") {
  return alone(async () => {
    const now = await get(store, ident);
    if (!now) return;
    const changed = { ...now, ...change(now) };
    const kept = await locked(store, ident, plainOf(changed), changed.officer);
    await within([store], "readwrite", (stores) => whole(stores[store].put(kept, ident)));
  });
}

// Seals what an app from before sealing left in the open. Goes on where it was cut off.
export async function sealOld() {
  for (const store of SEALED) {
    for (const key of await within([store], "readonly", (stores) => whole(stores[store].getAllKeys()))) {
      if (!isOpen(store, key)) await alone(() => sealOne(store, key));
    }
  }
}

async function sealOne(store, key) {
  const now = await record(store, key);
  if (now === undefined || isSealed(now)) return;
  const kept = await locked(store, key, plainOf(now), now?.officer);
  await within([store], "readwrite", (stores) => whole(stores[store].put(kept, key)));
}

// Asks the browser not to clear this memory when space runs short. It may say no; the app works all the same.
export async function askToKeep() {
  try {
    return (await navigator.storage?.persist?.()) ?? false;
  } catch {
    return false;
  }
}
