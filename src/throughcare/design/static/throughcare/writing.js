// A report keeps itself while it is written: each section a moment after the last key. Without this the Save button does it.
const form = document.querySelector("[data-writing]");
const PAUSE = 2000;
const LONGEST = 15000;
const AGAIN = 10000;
const COLOURS = { Done: "green", Begun: "blue", Empty: "grey" };
let written = 0;
const sections = [...form.querySelectorAll("[data-section]")].map((section) => new Section(section));

function Section(element) {
  const number = element.dataset.section;
  const body = element.querySelector("textarea");
  const done = element.querySelector("input[type=checkbox]");
  const revision = element.querySelector("input[type=hidden]");
  const told = element.querySelector("[data-kept]");
  let timer = 0;
  let since = 0;
  let sending = false;
  let stopped = false;
  let kept = `${done.checked}${body.value}`;
  this.open = () => !stopped && kept !== `${done.checked}${body.value}`;
  this.stopped = () => stopped;

  const say = (words, wrong = false) => {
    told.textContent = words;
    told.classList.toggle("tc-report__not-kept", wrong);
  };
  const later = (wait) => { window.clearTimeout(timer); timer = window.setTimeout(this.send, wait); };
  const changed = () => {
    if (stopped) return;
    since ||= Date.now();
    say("Typing");
    later(Math.max(0, Math.min(PAUSE, LONGEST - (Date.now() - since))));
  };
  this.send = async () => {
    if (sending || !this.open()) return;
    sending = true;
    since = 0;
    const sent = `${done.checked}${body.value}`;
    const data = new FormData();
    data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    data.append("do", "autosave");
    data.append("section", number);
    data.append("revision", revision.value);
    data.append("body", body.value);
    if (done.checked) data.append("done", "on");
    try {
      const answer = await fetch(window.location.pathname, { method: "POST", body: data, redirect: "manual", keepalive: body.value.length < 15000 });
      if (answer.status === 201) keep(await answer.json(), sent);
      else if (answer.status === 409 || answer.status === 422) await refuse(answer);
      else retry(answer.type === "opaqueredirect" ? "Not kept: you are signed out. Sign in again in another tab; this page tries again." : "Not kept. It is tried again in a moment; do not close this page.");
    } catch {
      retry("Not kept: there is no connection. It is tried again in a moment; do not close this page.");
    } finally {
      sending = false;
      if (this.open() && !told.classList.contains("tc-report__not-kept")) changed();
    }
  };
  const keep = (answer, sent) => {
    revision.value = answer.revision;
    kept = sent;
    say(`Kept ${answer.kept}`);
    for (const place of [element.querySelector("[data-state]"), document.querySelector(`[data-state-of="${number}"]`)]) {
      const tag = place.firstElementChild;
      tag.textContent = answer.state;
      tag.className = `govuk-tag govuk-tag--${COLOURS[answer.state]}`;
    }
    if (answer.written < written) return; // answers about two sections may come in another order than they were kept
    written = answer.written;
    const left = document.querySelector("[data-left]");
    left.textContent = answer.left === 0 ? "All done: it can be signed." : answer.left === 1 ? "1 section to do" : `${answer.left} sections to do`;
  };
  const refuse = async (answer) => {
    stopped = answer.status === 409;
    const { told: words } = await answer.json();
    say(stopped ? `Not kept. ${words} Save shows both.` : `Not kept. ${words}`, true);
  };
  const retry = (words) => { say(words, true); later(AGAIN); };
  body.addEventListener("input", changed);
  body.addEventListener("blur", () => this.send());
  done.addEventListener("change", () => this.send());
}

let leaving = false;
form.addEventListener("submit", () => { leaving = true; });
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") sections.forEach((section) => section.send()); });
window.addEventListener("beforeunload", (event) => {
  if (!leaving && sections.some((section) => section.open() || section.stopped())) event.preventDefault();
});
