import { useLocale } from "./common/i18n/locale";
import { useLocalTimes } from "./pages/time_zone";
import "./styles/site.css";

useLocale(document.documentElement.lang, navigator.languages);
useLocalTimes();

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
