/** Says on a page with a passkey form why no passkey can be, or was, used. */

/** Browsers have passkeys on secure pages of hosts with a name only. */
export function unavailable(secure: boolean, host: string, supported: boolean): string | null {
  const isAddress = /^[\d.]+$/.test(host) || host.startsWith("[");
  if (!secure || isAddress) return "insecure";
  return supported ? null : "missing";
}

function say(form: HTMLFormElement, problem: string): void {
  const place = form.querySelector<HTMLElement>(".passkey-problem");
  if (place) place.textContent = place.dataset[problem] ?? "";
}

function prepare(form: HTMLFormElement): void {
  const problem = unavailable(
    window.isSecureContext,
    location.hostname,
    "PublicKeyCredential" in window,
  );
  if (problem) {
    say(form, problem);
    const button = form.querySelector<HTMLButtonElement>("button");
    if (button) button.disabled = true;
    return;
  }
  // allauth's script tells of what it could not do by this event.
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    say(form, "failed");
  });
}

if (typeof document !== "undefined")
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-passkey]"))
    prepare(form);
