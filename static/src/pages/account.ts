/** Forms with passwords: they can be shown, and new ones are checked while somebody types. */

const CHECK_AFTER_MS = 250; // of no typing

function field(id: string): HTMLInputElement | null {
  const element = document.getElementById(id);
  return element instanceof HTMLInputElement ? element : null;
}

/** The buttons are hidden without JavaScript. */
function listenForShowing(button: HTMLButtonElement): void {
  const password = field(button.getAttribute("aria-controls") ?? "");
  if (!password) return;
  const words = { show: button.textContent, label: button.getAttribute("aria-label") ?? "" };
  const show = (shown: boolean) => {
    password.type = shown ? "text" : "password";
    button.textContent = shown ? (button.dataset.hide ?? "") : words.show;
    button.setAttribute("aria-label", shown ? (button.dataset.hideLabel ?? "") : words.label);
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    show(password.type === "password");
    password.focus();
  });
  // A browser keeps what it sees in a text field for later suggestions.
  password.form?.addEventListener("submit", () => show(false));
}

function mark(rule: HTMLElement, met: boolean | null): void {
  if (met === null) delete rule.dataset.met;
  else rule.dataset.met = String(met);
}

/** Asks the server, which alone knows the rules, and shows which of them the password meets. */
class PasswordCheck {
  #timer = 0;
  #request: AbortController | null = null;
  readonly #status = document.createElement("p");

  constructor(
    private readonly list: HTMLElement,
    private readonly password: HTMLInputElement,
  ) {
    this.#status.className = "visually-hidden";
    this.#status.setAttribute("role", "status");
    list.after(this.#status);
    password.form?.addEventListener("input", (event) => {
      const { name } = event.target as HTMLInputElement;
      if (["username", "email", "password1"].includes(name)) this.#wait();
    });
    password.addEventListener("blur", () => {
      if (password.value !== "") list.dataset.left = "";
    });
  }

  #wait(): void {
    clearTimeout(this.#timer);
    this.#request?.abort();
    if (this.password.value === "") this.#show(null);
    else this.#timer = window.setTimeout(() => void this.#ask(), CHECK_AFTER_MS);
  }

  async #ask(): Promise<void> {
    const { form } = this.password;
    if (!form) return;
    const sent = new FormData();
    const all = new FormData(form);
    for (const name of ["csrfmiddlewaretoken", "username", "email", "password1"])
      sent.set(name, all.get(name) ?? "");
    this.#request = new AbortController();
    const { signal } = this.#request;
    try {
      const headers = { Accept: "application/json" };
      const answer = await fetch(this.list.dataset.check ?? "", {
        method: "POST",
        body: sent,
        headers,
        signal,
      });
      this.#show(answer.ok ? new Set<string>((await answer.json()).unmet) : null);
    } catch {
      if (!signal.aborted) this.#show(null); // the server decides when the form is sent
    }
  }

  #show(unmet: Set<string> | null): void {
    const rules = [...this.list.querySelectorAll<HTMLElement>("[data-rule]")];
    for (const rule of rules) mark(rule, unmet && !unmet.has(rule.dataset.rule ?? ""));
    const broken = rules.filter((rule) => rule.dataset.met === "false");
    const told = broken.map((rule) => rule.textContent).join(". ");
    this.#status.textContent = unmet ? told || (this.list.dataset.allMet ?? "") : "";
  }
}

function listenForRepeating(list: HTMLElement): void {
  const first = field(list.dataset.sameAs ?? "");
  const again = list.closest(".field")?.querySelector("input");
  const rule = list.querySelector("li");
  if (!first || !again || !rule) return;
  for (const input of [first, again])
    input.addEventListener("input", () =>
      mark(rule, again.value === "" ? null : again.value === first.value),
    );
  again.addEventListener("blur", () => {
    if (again.value !== "") list.dataset.left = "";
  });
}

for (const button of document.querySelectorAll<HTMLButtonElement>(".reveal"))
  listenForShowing(button);
for (const list of document.querySelectorAll<HTMLElement>(".rules[data-check]")) {
  const password = list.closest(".field")?.querySelector("input");
  if (password) new PasswordCheck(list, password);
}
for (const list of document.querySelectorAll<HTMLElement>(".rules[data-same-as]"))
  listenForRepeating(list);

// Why this window shows the sign-in page is said once, and is no part of a bookmark.
const address = new URL(location.href);
if (address.searchParams.has("signed_out")) {
  address.searchParams.delete("signed_out");
  history.replaceState(history.state, "", address);
}
