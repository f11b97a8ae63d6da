import { copyText } from "../terminal/copy_text";
import { colourCode } from "./colour";
import { find } from "./find";
import { listenForReplay } from "./replay";

/** The page of a run: its replay, or its terminal while it runs, and the button that copies the output. */

function listenForCopying(): void {
  const button = find("copy-text");
  const text = document.querySelector<HTMLElement>("#transcript pre");
  button?.addEventListener("click", async () => {
    const done = await copyText(text?.textContent ?? "");
    button.textContent = (done ? button.dataset.done : button.dataset.failed) ?? "";
  });
}

colourCode();
listenForReplay();
listenForCopying();
const live = find("live");
if (live) void import("./live_run").then(({ watch }) => watch(live));
