import { usePrefix } from "./common/base/paths";
import { useLocale } from "./common/i18n/locale";
import { useLocalTimes } from "./pages/time_zone";
import "./styles/site.css";

usePrefix(document.documentElement.dataset.prefix ?? "");
useLocale(document.documentElement.lang, navigator.languages);
useLocalTimes();

const SIGN_OUT = "form[data-sign-out]";

/** Before anybody signs out, their programs are saved and then removed from this browser. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.matches(SIGN_OUT)) return;
  event.preventDefault();
  // Without the script, as without all scripts, the form is sent as it is.
  import("./workspace/sign_out/sign_out").then(
    ({ signOutBy }) => void signOutBy(form),
    () => form.submit(),
  );
});

const deleted = document.querySelector<HTMLElement>("[data-forget-user]")?.dataset.forgetUser;
if (deleted) {
  void import("./workspace/sign_out/sign_out").then(({ forgetDeleted }) => forgetDeleted(deleted));
}

/** Closes open menus on Escape, and when the focus or the pointer leaves them. */
function closeMenus(event: Event): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) {
    const inside = event.target instanceof Node && menu.contains(event.target);
    if (event instanceof KeyboardEvent) {
      if (event.key !== "Escape") continue;
      if (inside) menu.querySelector("summary")?.focus();
    } else if (inside) {
      continue;
    }
    menu.open = false;
  }
}

for (const kind of ["keydown", "pointerdown", "focusin"]) {
  document.addEventListener(kind, closeMenus);
}
