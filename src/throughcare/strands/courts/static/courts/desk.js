// The court desk: search, what is typed kept until it is sent, the whole desk kept for reading without a connection (ADR 0016).
// Without this script the desk is a page of forms. Nothing here knows a rule: the service says what is kept and what is refused.
import { able, expire, open, resume } from "/static/throughcare/kept.js";

const EVERY = 20000, PATIENCE = 8000, PAUSE = 300;
const root = document.querySelector("[data-desk]");
const frame = "frame" in root.dataset;
let vault = null, sending = false, signedOut = false, another = false, saved = false, told = "", pause = 0;

const clock = (at = Date.now()) => new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
const part = (name) => root.querySelector(`[data-part="${name}"]`);
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
function element(name, words, more = {}) { return Object.assign(document.createElement(name), { textContent: words }, more); }

/* What is said of the state. */

async function tell() {
  const state = part("state");
  if (!state) return;
  const queue = await vault.all("send"), others = await vault.ofOthers("send");
  const waiting = queue.filter(([, typed]) => !typed.refused).length, wrong = queue.length - waiting;
  const said = [
    frame ? `No connection: the list as it was at ${root.dataset.loaded}.` : "",
    waiting ? `Kept on this tablet, ${waiting} to send.` : told,
    another ? "Somebody else is signed in: it stays locked here until you sign in again." : "",
    wrong ? `${wrong} to correct, below.` : "",
    saved && !waiting ? `Offline ready ✓ until ${clock(vault.ends + 30000)}.` : "",
    others ? `Somebody else typed ${others === 1 ? "something" : `${others} things`} here that is not sent: they send it by signing in on this tablet.` : "",
  ];
  state.replaceChildren(said.filter(Boolean).join(" "));
  if (signedOut) state.append(" You are signed out, and the desk stays here. ", element("a", waiting ? "Sign in again to send" : "Sign in again", { href: `/sign-in/?next=${encodeURIComponent(location.pathname + location.search)}`, className: "govuk-link" }), ".");
  showQueue(queue);
}

function showQueue(queue) {
  const box = part("queue");
  box.hidden = !queue.length;
  box.querySelector("ul").replaceChildren(...queue.sort(([, a], [, b]) => a.at - b.at).map(([key, typed]) => {
    const line = element("li", `${typed.who}: ${typed.what} (${clock(typed.at)}). ${typed.refused ? `Not kept: ${typed.refused}` : "Waits to be sent."}`);
    if (typed.refused) {
      const field = element("textarea", "", { value: typed.fields.text ?? "", rows: 2, className: "govuk-textarea" });
      field.setAttribute("aria-label", `What you typed of ${typed.who}`);
      if (/\/note\/$/.test(typed.to)) line.append(field);
      const acts = element("div", "", { className: "govuk-button-group" });
      acts.append(act("Send again", () => vault.put("send", key, { ...typed, refused: "", fields: /\/note\/$/.test(typed.to) ? { ...typed.fields, text: field.value } : typed.fields })),
        act("Take off this list", () => vault.remove("send", key)));
      line.append(acts);
    }
    return line;
  }));
}

function act(words, does) {
  const button = element("button", words, { type: "button", className: "govuk-button govuk-button--secondary" });
  button.addEventListener("click", async () => { await does(); await tell(); send(); });
  return button;
}

/* Sending: one thing after another, in the order in which they were typed. */

async function ask() {
  const answer = await fetch("/court-desk/ready/", { redirect: "manual", signal: AbortSignal.timeout(PATIENCE) }).catch(() => null);
  if (answer === null) return null;
  signedOut = answer.type === "opaqueredirect";
  return answer.ok ? answer.json() : null;
}

async function send() {
  if (sending) return;
  sending = true;
  let kept = 0;
  try {
    const queue = (await vault.all("send")).filter(([, typed]) => !typed.refused).sort(([, a], [, b]) => a.at - b.at);
    const who = queue.length ? await ask() : null;
    if (who) another = who.owner !== vault.owner;
    if (who && !another) for (const [key, typed] of queue) if (await sendOne(key, typed, who.token)) kept += 1; else break;
  } finally {
    sending = false;
  }
  await tell();
  if (kept) await refresh();
}

/** Whether the service has answered for it, so that the next can go. */
async function sendOne(key, typed, token) {
  const body = new URLSearchParams({ ...typed.fields, owner: vault.owner });
  const headers = { Accept: "application/json", "X-CSRFToken": token };
  const answer = await fetch(typed.to, { method: "POST", headers, body, redirect: "manual", signal: AbortSignal.timeout(PATIENCE) }).catch(() => null);
  if (answer?.ok) {
    await vault.remove("send", key);
    told = `Sent ${clock()}.`;
    return true;
  }
  const refused = answer?.status === 409 ? (await answer.json()).words
    : answer?.status === 404 ? "the person is not on your desk any more, or it is not for you to write." : "";
  if (refused) await vault.put("send", key, { ...typed, refused });
  return Boolean(refused);
}

/** The desk as the service has it now, unless somebody is typing on it. */
async function refresh() {
  if (frame) { window.location.reload(); return; }
  if (typing()) return;
  const answer = await fetch(location.href, { redirect: "manual", signal: AbortSignal.timeout(PATIENCE) }).catch(() => null);
  if (!answer?.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-desk]");
  if (!fresh || typing()) return;
  const shown = [...root.querySelectorAll("details[id][open]")].map((fold) => fold.id), words = part("search")?.value ?? "";
  root.replaceChildren(...fresh.childNodes);
  for (const id of shown) document.getElementById(id)?.setAttribute("open", "");
  show(words);
  await save();
  await tell();
}

const typing = () => [...root.querySelectorAll("textarea, input[name=at]")].some((field) => field.value && !field.closest("[data-part=queue]"));

/* Keeping: the desk as it is shown, what is typed and sent, what is typed and not sent yet. */

async function save() {
  if (!("keep" in root.dataset)) return;
  const copy = root.cloneNode(true);
  for (const token of copy.querySelectorAll("[name=csrfmiddlewaretoken]")) token.remove();
  const page = { html: copy.innerHTML, court: root.dataset.court, on: root.dataset.on, at: Date.now() };
  await vault.put("page", page.court, page);
}

function typedIn(form, submitter) {
  const fields = Object.fromEntries(new FormData(form, submitter));
  delete fields.csrfmiddlewaretoken;
  return fields;
}

root.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-send]");
  if (!form || !vault) return;
  event.preventDefault();
  window.clearTimeout(pause);
  const fields = typedIn(form, event.submitter), key = crypto.randomUUID();
  if ("at" in fields) fields.at ||= clock();
  fields.key = key;
  const what = event.submitter?.dataset.what ?? (fields.text || form.dataset.what);
  await vault.put("send", key, { to: form.getAttribute("action"), fields, who: form.dataset.who, what, at: Date.now() });
  await vault.remove("draft", form.dataset.send);
  form.reset();
  form.closest("details")?.removeAttribute("open");
  await tell();
  send();
});

root.addEventListener("input", (event) => {
  if (event.target === part("search")) { show(event.target.value); return; }
  const form = event.target.closest("form[data-send]");
  if (!form || !vault) return;
  window.clearTimeout(pause);
  pause = window.setTimeout(() => vault.put("draft", form.dataset.send, typedIn(form)), PAUSE);
});

async function restore() {
  for (const [name, fields] of await vault.all("draft")) {
    const form = root.querySelector(`form[data-send="${name}"]`);
    for (const field of ["text", "at"]) if (form?.elements[field]?.value === "" && fields[field]) {
      form.elements[field].value = fields[field];
      form.closest("details")?.setAttribute("open", "");
    }
  }
}

/* Searching what is on the page. */

function show(words) {
  const wanted = plain(words).split(/\s+/).filter(Boolean), rows = [...root.querySelectorAll("[data-entry]")];
  for (const row of rows) row.hidden = !wanted.every((word) => plain(row.textContent).includes(word));
  if (!part("search")) return; // no list has come
  part("found").textContent = wanted.length ? `${rows.filter((row) => !row.hidden).length} of ${rows.length}` : "";
  part("search").value = words;
  for (const tool of ["searching", "print"]) if (part(tool)) part(tool).hidden = false;
  if (wanted.length) part("others")?.setAttribute("open", "");
}

/* The page begins: from the service, or without a connection from what is kept. */

async function fromKept() {
  const pages = vault ? (await vault.all("page")).map(([, page]) => page) : [];
  const asked = new URLSearchParams(location.search);
  const fits = (page) => (!asked.get("court") || asked.get("court") === page.court) && (!asked.get("on") || asked.get("on") === page.on);
  const page = pages.filter(fits).sort((a, b) => b.at - a.at)[0];
  if (!page) return false;
  Object.assign(root.dataset, { court: page.court, on: page.on, loaded: clock(page.at) });
  root.innerHTML = page.html;
  return true;
}

async function worker() {
  if (!("serviceWorker" in navigator)) return false;
  await navigator.serviceWorker.register("/court-desk/worker.js", { scope: "/court-desk/" });
  await navigator.serviceWorker.ready;
  return true;
}

async function over() {
  vault = null;
  root.replaceChildren();
  await expire();
  root.replaceChildren(element("h1", "The court day is over", { className: "govuk-heading-l" }),
    element("p", "What this tablet kept of the desk is deleted. Sign in to open the desk.", { className: "govuk-body" }));
}

async function begin() {
  await expire();
  const given = root.dataset.vault;
  delete root.dataset.vault;
  if (!able()) {
    if (!frame) { show(""); part("state").textContent = "Nothing is kept on this device: it needs an address that begins with https."; }
    return;
  }
  vault = given ? await open(JSON.parse(given)) : await resume();
  if (frame && !(await fromKept())) return;
  document.body.dataset.keeps = "";
  window.setTimeout(over, vault.ends - Date.now());
  show("");
  await restore();
  if (!frame) {
    await save();
    tell();
    saved = "keep" in root.dataset && await worker().catch(() => false);
  }
  await tell();
  send();
}

document.addEventListener("tc-session-over", (event) => { if (vault) { event.preventDefault(); signedOut = true; tell(); } });
window.addEventListener("online", () => { if (vault) send(); });
document.addEventListener("visibilitychange", () => { if (vault && !document.hidden) send(); });
window.setInterval(() => { if (vault) send(); }, EVERY);
root.addEventListener("click", (event) => { if (event.target === part("print")) window.print(); });
window.addEventListener("beforeprint", () => { const at = part("printed"); if (at) at.textContent = clock(); });
begin();
