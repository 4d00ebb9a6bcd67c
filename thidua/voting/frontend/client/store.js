// What this device remembers between two visits: keys, a ballot not yet decided, which close was shared.
const NAME = "phieukin";
const TABLE = "kept";

const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

function opened() {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(TABLE);
  return done(request);
}

async function within(mode, work) {
  const base = await opened();
  try {
    return await done(work(base.transaction(TABLE, mode).objectStore(TABLE)));
  } finally {
    base.close();
  }
}

/** The browser's own store; a test gives another with the same three functions. */
export const store = {
  get: (name) => within("readonly", (table) => table.get(name)),
  put: (name, value) => within("readwrite", (table) => table.put(value, name)),
  remove: (name) => within("readwrite", (table) => table.delete(name)),
};
