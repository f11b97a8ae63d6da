import type { Theme } from "../common/preferences";

/** Calls `show` with the theme that the page is shown in, now and whenever it changes. */
export function followTheme(show: (theme: Theme) => void): void {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const update = () => show(theme(document.documentElement.dataset.theme, dark.matches));
  dark.addEventListener("change", update);
  const options = { attributeFilter: ["data-theme"] };
  new MutationObserver(update).observe(document.documentElement, options);
  update();
}

function theme(chosen: string | undefined, dark: boolean): Theme {
  if (chosen === "dark" || chosen === "light" || chosen === "contrast") return chosen;
  return dark ? "dark" : "light";
}
