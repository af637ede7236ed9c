// What a page keeps on this device for one person at work, until an hour: encrypted in the browser's own store. Knows no page.
//
// A vault is one account's on one day. Its `owner` is a word that tells nobody who it is; its `key` comes with a page that the
// account was shown, and lies in this tab alone: closing the tab locks what is kept until the same account signs in again.
const DATABASE = "throughcare-kept", STORE = "kept", SESSION = "kept", CACHES = /^throughcare-/;
const told = "BroadcastChannel" in window ? new BroadcastChannel("throughcare-kept") : null;

export const able = () => Boolean(window.isSecureContext && window.indexedDB && window.crypto?.subtle);

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function store(mode, act) {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: ["owner", "kind", "name"] });
  const database = await done(opening);
  try {
    return await act(database.transaction(STORE, mode).objectStore(STORE));
  } finally {
    database.close();
  }
}

/** Whether anything was ever kept here: to look must not make an empty store. */
const there = async () => !indexedDB.databases || (await indexedDB.databases()).some(({ name }) => name === DATABASE);

const rows = async () => ((await there()) ? store("readonly", (kept) => done(kept.getAll())) : []);
const drop = (those) => store("readwrite", (kept) => Promise.all(those.map((row) => done(kept.delete([row.owner, row.kind, row.name])))));

const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

class Vault {
  constructor({ owner, ends }, key) { this.owner = owner; this.ends = ends; this.key = key; }

  #bound(kind, name) { return new TextEncoder().encode([this.owner, kind, name].join(" ")); }

  async put(kind, name, value) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const way = { name: "AES-GCM", iv, additionalData: this.#bound(kind, name) };
    const data = await crypto.subtle.encrypt(way, this.key, new TextEncoder().encode(JSON.stringify(value)));
    await store("readwrite", (kept) => done(kept.put({ owner: this.owner, kind, name, ends: this.ends, iv, data })));
  }

  async #read(row) {
    const way = { name: "AES-GCM", iv: row.iv, additionalData: this.#bound(row.kind, row.name) };
    return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(way, this.key, row.data)));
  }

  async get(kind, name) {
    const row = await store("readonly", (kept) => done(kept.get([this.owner, kind, name])));
    return row && row.ends > Date.now() ? this.#read(row) : null;
  }

  /** Everything of a kind, by name. */
  async all(kind) {
    const mine = (await rows()).filter((row) => row.owner === this.owner && row.kind === kind && row.ends > Date.now());
    return Promise.all(mine.map(async (row) => [row.name, await this.#read(row)]));
  }

  remove(kind, name) { return drop([{ owner: this.owner, kind, name }]); }

  /** How many things of a kind are kept here for somebody else. They cannot be read by this vault. */
  async ofOthers(kind) {
    return (await rows()).filter((row) => row.owner !== this.owner && row.kind === kind && row.ends > Date.now()).length;
  }
}

async function opened(session) {
  const key = await crypto.subtle.importKey("raw", bytes(session.key), "AES-GCM", false, ["encrypt", "decrypt"]);
  return new Vault(session, key);
}

/** The vault of the account that the page was made for. Another account's key is forgotten; what it kept stays locked. */
export async function open({ owner, key, seconds }) {
  const session = { owner, key, ends: Date.now() + seconds * 1000 };
  sessionStorage.setItem(SESSION, JSON.stringify(session));
  return opened(session);
}

/** The vault that this tab has the key of; null where it has none, or its hour is over. */
export async function resume() {
  const session = JSON.parse(sessionStorage.getItem(SESSION) ?? "null");
  return able() && session && session.ends > Date.now() ? opened(session) : null;
}

async function closeCaches() {
  if (!("caches" in window)) return;
  for (const name of await caches.keys()) if (CACHES.test(name)) await caches.delete(name);
}

/** Takes away what is past its hour, and the key of anybody else than who is signed in on this page. */
export async function expire() {
  if (!able()) return;
  const session = JSON.parse(sessionStorage.getItem(SESSION) ?? "null"), { keptOwner } = document.body.dataset;
  if (session && (session.ends <= Date.now() || (keptOwner && keptOwner !== session.owner))) sessionStorage.removeItem(SESSION);
  const past = (await rows()).filter((row) => row.ends <= Date.now());
  if (past.length) await drop(past);
}

/** Takes away all that this tab's account kept; where the tab does not know whose it is, all there is. What others typed stays. */
async function leave() {
  const session = JSON.parse(sessionStorage.getItem(SESSION) ?? "null");
  sessionStorage.clear();
  const all = await rows();
  const others = session ? all.filter((row) => row.owner !== session.owner && row.kind === "send") : [];
  if (others.length) await drop(all.filter((row) => !others.includes(row)));
  await closeCaches();
  for (const worker of (await navigator.serviceWorker?.getRegistrations()) ?? []) if (!others.length) await worker.unregister();
  if (!others.length) await done(indexedDB.deleteDatabase(DATABASE));
  told?.postMessage("gone");
  return others.length;
}

/** Another tab signs out: this one shows nothing from now on, and opens anew as soon as the session has ended, not before. */
async function gone() {
  document.body.hidden = true;
  const { stillHere } = document.body.dataset; // the page itself would be kept as looked at, when nobody looked
  for (let tries = 0; stillHere && tries < 40; tries += 1) {
    const answer = await fetch(stillHere, { redirect: "manual" }).catch(() => null);
    if (!answer?.ok) break;
    await new Promise((resolve) => { setTimeout(resolve, 250); });
  }
  window.location.reload();
}

const QUESTION = (count) => `${count === 1 ? "1 thing that you typed is" : `${count} things that you typed are`} not sent yet. `
  + "Signing out deletes what is not sent. Sign out all the same?";

/** The sign-out button takes everything with it, after asking where something typed has not been sent. */
export function watchSignOut() {
  const form = document.querySelector("form[data-sign-out]");
  form?.addEventListener("submit", async (event) => {
    if (!able()) return;
    event.preventDefault();
    const session = JSON.parse(sessionStorage.getItem(SESSION) ?? "null");
    const waiting = (await rows()).filter((row) => row.kind === "send" && (!session || row.owner === session.owner));
    if (waiting.length && !window.confirm(QUESTION(waiting.length))) return;
    // The server empties the browser's store as well, unless something that somebody else typed waits in it.
    if (await leave()) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "keep", value: "1" }));
    form.submit();
  });
  told?.addEventListener("message", gone);
}
