// Passkeys and security keys: shows what needs them where the browser can, and says in words what went wrong.
// A key is tied to a name: at an address of digits, as 127.0.0.1, no browser lets one be used.
const named = !/^[\d.]+$|^\[/.test(window.location.hostname);
const able = Boolean(window.PublicKeyCredential && window.isSecureContext && named);
for (const part of document.querySelectorAll("[data-key-part]")) part.hidden = !able;
for (const words of document.querySelectorAll("[data-no-key]")) words.hidden = able;

const SAID = {
  NotAllowedError: "The key was not used in time, or you stopped. Try again.",
  InvalidStateError: "You have added this key already.",
  SecurityError: "Keys do not work at this address. Ask whoever runs Throughcare for its right address.",
  NotSupportedError: "This key cannot do what is asked. Try without \u201cby itself\u201d, or use another.",
};

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const place = document.querySelector("[data-key-trouble]");
  if (!place) return;
  place.textContent = SAID[event.detail.exception?.name] ?? "The key could not be used. Try again, or sign in in another way.";
  place.hidden = false;
});
