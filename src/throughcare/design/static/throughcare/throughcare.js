// What is better with JavaScript: GOV.UK and MoJ components, the warning before the idle sign-out. Every page works without.
import { initAll as govuk } from "/static/govuk/govuk-frontend.min.js";
import { initAll as moj } from "/static/moj/moj-frontend.min.js";
import { expire, watchSignOut } from "/static/throughcare/kept.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported", "moj-frontend-supported");
govuk();
moj();
expire();
watchSignOut();

const idle = Number(document.body.dataset.idleSeconds);
const dialog = document.getElementById("tc-idle");
if (idle && dialog) {
  const WARNING = 120;
  let ends = 0;
  let asked = 0;
  const begin = () => { ends = Date.now() + idle * 1000; if (dialog.open) dialog.close(); };
  // The session is over: the page goes, unless it keeps what is on it for who was signed in, and says so.
  const over = () => {
    window.clearInterval(ticking);
    if (dialog.open) dialog.close();
    if (document.dispatchEvent(new Event("tc-session-over", { cancelable: true }))) window.location.reload();
  };
  const stay = async () => {
    const answer = await fetch(document.body.dataset.stillHere, { credentials: "same-origin", redirect: "manual" }).catch(() => null);
    if (answer === null || answer.ok) begin(); // without a connection nobody knows, and nothing typed may be lost
    else over();
  };
  const tick = () => {
    const left = Math.round((ends - Date.now()) / 1000);
    if (left <= 0) { over(); return; }
    if (left <= WARNING && !dialog.open && !("keeps" in document.body.dataset)) dialog.showModal();
    if (dialog.open) {
      const minutes = Math.ceil(left / 60);
      const said = left > 60 ? `${minutes} minutes` : "less than a minute";
      const told = document.getElementById("tc-idle-left");
      if (told.textContent !== said) told.textContent = said;
    }
  };
  // Typing a long note is doing something: it keeps the session, at most once in five minutes.
  document.addEventListener("input", () => { if (Date.now() - asked > 300000) { asked = Date.now(); stay(); } });
  document.getElementById("tc-idle-stay").addEventListener("click", stay);
  dialog.addEventListener("cancel", (event) => { event.preventDefault(); stay(); });
  asked = Date.now();
  begin();
  const ticking = window.setInterval(tick, 1000);
}

// The arrow keys go to the page before and after, where there are such, unless somebody types.
document.addEventListener("keydown", (event) => {
  const way = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
  if (!way || event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input, textarea, select")) return;
  document.querySelector(`main a[rel=${way}]`)?.click();
});

// Who is in a panel's room is told by every page of the meeting: the shared screen in another window changes at once.
const room = document.querySelector("[data-room]");
if (room) {
  const told = new BroadcastChannel("panel-room");
  const meeting = (text) => text.split(" ")[0];
  const other = (text) => meeting(text) === meeting(room.dataset.room) && text !== room.dataset.room;
  told.addEventListener("message", (event) => { if ("roomFollows" in room.dataset && other(event.data)) window.location.reload(); });
  told.postMessage(room.dataset.room);
  window.addEventListener("pageshow", (event) => { if (event.persisted) window.location.reload(); });
}

const print = document.querySelector("[data-print]");
if (print) { print.hidden = false; print.addEventListener("click", () => window.print()); }

for (const copy of document.querySelectorAll("[data-copy]")) {
  copy.hidden = false;
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(copy.dataset.copy).textContent.trim());
    copy.firstChild.textContent = "Copied";
  });
}
