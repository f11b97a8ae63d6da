import { copyText } from "../terminal/copy_text";
import { colourCode } from "./colour";
import { find } from "./find";
import { listenForReplay } from "./replay/replay";
import type { RunArtifacts } from "./run_artifacts";

/** The page of a run: its replay, or its terminal while it runs, and the button that copies the output. */

function listenForCopying(): void {
  const button = find("copy-text");
  const text = document.querySelector<HTMLElement>("#transcript pre");
  button?.addEventListener("click", async () => {
    const done = await copyText(text?.textContent ?? "");
    button.textContent = (done ? button.dataset.done : button.dataset.failed) ?? "";
  });
}

/** How the program was written is loaded on demand. */
function listenForWriting(): void {
  const start = find<HTMLButtonElement>("writing-start");
  const shown = find("writing");
  if (!start || !shown) return;
  start.hidden = false; // without JavaScript it is
  start.addEventListener("click", async () => {
    start.disabled = true;
    shown.hidden = false;
    try {
      const { WritingView } = await import("./classroom/writing_view");
      await new WritingView(shown).play();
      start.hidden = true;
    } catch {
      shown.textContent = shown.dataset.failed ?? "";
      start.disabled = false;
    }
  });
}

colourCode();
/** Loaded where there are any, or may be. */
async function loadArtifacts(): Promise<RunArtifacts | null> {
  if (!find("run-results")) return null;
  const { artifactsOfPage } = await import("./run_artifacts");
  return artifactsOfPage();
}

const artifacts = loadArtifacts().catch(() => null);
listenForReplay(artifacts);
listenForCopying();
listenForWriting();
const live = find("live");
if (live) void import("./live_run").then(({ watch }) => watch(live, artifacts));
