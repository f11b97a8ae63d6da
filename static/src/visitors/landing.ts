import "../styles/try.css";
import { usePrefix } from "../common/base/paths";
import { useLanguage } from "../common/i18n/translate";
import { find } from "../pages/find";
import type { TryConfig } from "../protocol.gen";

/** The page for who is not signed in. Editor and terminal are loaded when somebody wants them. */
const root = find("try");

/** From then on the panel listens to its buttons itself; a second one would replace the text. */
let loading = false;

function load(run: boolean): void {
  const begin = root?.querySelector<HTMLButtonElement>("[data-part=run]");
  if (!root || !begin || loading) return;
  loading = begin.disabled = true;
  useLanguage(document.documentElement.lang, navigator.languages);
  const config = JSON.parse(find("try-config")?.textContent ?? "{}") as TryConfig;
  import("./panel").then(
    ({ TryPanel }) => {
      const panel = new TryPanel(root, config);
      if (run) void panel.run();
    },
    () => {
      loading = begin.disabled = false; // the next press tries again
    },
  );
}

if (root) {
  usePrefix(document.documentElement.dataset.prefix ?? "");
  const button = root.querySelector<HTMLButtonElement>("[data-part=run]");
  const press = () => load(true);
  button?.addEventListener("click", press);
  button?.removeAttribute("disabled");
  root.querySelector("[data-part=editor]")?.addEventListener("pointerdown", () => load(false), {
    once: true,
  });
}
