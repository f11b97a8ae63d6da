import "../../styles/replay.css";
import "../../styles/run.css";
import { find, setHidden } from "../find";
import type { RunArtifacts } from "../run_artifacts";
import type { WindowStills } from "./window_stills";

/** The replay of a run, loaded on demand. */

/** Of a run that had a screen. */
async function stillsOf({ dataset }: HTMLElement): Promise<WindowStills | null> {
  if (!dataset.window) return null;
  const { WindowStills } = await import("./window_stills");
  return new WindowStills(dataset.window);
}

export function listenForReplay(artifacts: Promise<RunArtifacts | null>): void {
  const start = find<HTMLButtonElement>("replay-start");
  const screen = find("replay");
  const speed = find<HTMLSelectElement>("replay-speed");
  if (!start || !screen || !speed) return;
  start.addEventListener("click", async () => {
    start.disabled = true;
    try {
      const { ReplayControls } = await import("./replay_controls");
      const replay = new ReplayControls(screen, speed, await artifacts, await stillsOf(screen));
      setHidden("transcript", true);
      screen.hidden = false;
      await replay.play();
      start.hidden = true;
      speed.parentElement?.removeAttribute("hidden");
      setHidden("replay-note", false);
      replay.focus();
    } catch {
      setHidden("transcript", false);
      screen.textContent = screen.dataset.failed ?? "";
      start.disabled = false;
    }
  });
  setHidden("replay-actions", false); // hidden without JavaScript
  // Who watched the program until its end comes for this.
  if (new URLSearchParams(location.search).has("replay")) start.click();
}
