// The phone's own memory (IndexedDB). What is not yet at the office lives here and nowhere else: every change is written
// before anything is shown as done, and nothing is deleted before the office's receipt is held.

const NAME = "telusur-lapangan";
// Each version adds stores and takes none away: what an older app kept stays.
const VERSION = 2;
const STORES = ["kept", "days", "drafts", "visits", "photos", "stocks"];

let opened = null;

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

export const get = (store, key) => within([store], "readonly", (stores) => whole(stores[store].get(key)));
export const put = (store, key, value) => within([store], "readwrite", (stores) => whole(stores[store].put(value, key)));
export const remove = (store, key) => within([store], "readwrite", (stores) => whole(stores[store].delete(key)));
export const all = (store) => within([store], "readonly", (stores) => whole(stores[store].getAll()));

// A finished visit: number it, put it where it waits, take the draft away. All or nothing: a battery may die between. Whether
// it was finished here: a second tap, or another tab, finds no draft and must not give the visit another number and body.
export function finish(draft, bodyOf) {
  return within(["kept", "drafts", "visits"], "readwrite", async (stores) => {
    if (!(await whole(stores.drafts.get(draft.id)))) return false;
    const last = (await whole(stores.kept.get("sequence"))) ?? 0;
    const body = bodyOf(last + 1);
    const owed = draft.photos.map((photo) => photo.sha256);
    stores.kept.put(last + 1, "sequence");
    stores.visits.put({ ...draft, sequence: last + 1, body, owed, state: "waiting", reason: "", tries: 0, nextAt: 0 }, draft.id);
    stores.drafts.delete(draft.id);
    return true;
  });
}

// A finished stock check: where it waits, and its draft away, together. A second tap finds no draft and makes no second check.
export function finishStock(draftKey, check) {
  return within(["kept", "stocks"], "readwrite", async (stores) => {
    if (!(await whole(stores.kept.get(draftKey)))) return false;
    stores.stocks.put(check, check.id);
    stores.kept.delete(draftKey);
    return true;
  });
}

// A photo and the draft that names it, together: neither stands without the other.
export function addPhoto(draft, sha256, data) {
  return within(["drafts", "photos"], "readwrite", async (stores) => {
    stores.photos.put({ data }, sha256);
    stores.drafts.put(draft, draft.id);
  });
}

// Takes photos away that nothing on this phone names any more: the same picture may belong to two visits.
export function dropPhotos(hashes) {
  return within(["drafts", "visits", "photos"], "readwrite", async (stores) => {
    const drafts = await whole(stores.drafts.getAll());
    const visits = await whole(stores.visits.getAll());
    const wanted = new Set([...drafts.flatMap((each) => each.photos.map((photo) => photo.sha256)), ...visits.flatMap((each) => each.owed ?? [])]);
    for (const sha256 of hashes) if (!wanted.has(sha256)) stores.photos.delete(sha256);
  });
}

// Changes one visit (or stock check) from what is stored now: two places may be writing about the same one.
export function amend(ident, change, store = "visits") {
  return within([store], "readwrite", async (stores) => {
    const kept = await whole(stores[store].get(ident));
    if (kept) stores[store].put({ ...kept, ...change(kept) }, ident);
  });
}

// Asks the browser not to clear this memory when space runs short. It may say no; the app works all the same.
export async function askToKeep() {
  try {
    return (await navigator.storage?.persist?.()) ?? false;
  } catch {
    return false;
  }
}
