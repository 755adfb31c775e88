// The phone's own memory (IndexedDB). What is not yet at the office lives here and nowhere else: every change is written
// before anything is shown as done, and nothing is deleted before the office's receipt is held.

const NAME = "telusur-lapangan";
const STORES = ["kept", "days", "drafts", "visits", "photos"];

let opened = null;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      for (const name of STORES) asked.result.createObjectStore(name);
    };
    asked.onsuccess = () => resolve(asked.result);
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

// A finished visit: number it, put it where it waits, take the draft away. All or nothing: a battery may die between.
export function finish(draft, bodyOf) {
  return within(["kept", "drafts", "visits"], "readwrite", async (stores) => {
    const last = (await whole(stores.kept.get("sequence"))) ?? 0;
    const body = bodyOf(last + 1);
    stores.kept.put(last + 1, "sequence");
    stores.visits.put({ ...draft, sequence: last + 1, body, state: "waiting", reason: "", tries: 0, nextAt: 0 }, draft.id);
    stores.drafts.delete(draft.id);
    return body;
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
