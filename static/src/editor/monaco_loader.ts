import type { MonacoEditor } from "./monaco_editor";
import { loadMonacoTexts } from "./monaco_texts";

/**
 * The layers of Monaco, each above those before it. vite.config.ts builds a file of each: the browser
 * evaluates them in tasks of their own. Together they take 100 ms, in which no key would be answered.
 */
const LAYERS = [
  () => import("./monaco/base"),
  () => import("./monaco/platform"),
  () => import("./monaco/common"),
  () => import("./monaco/browser"),
  () => import("./monaco/contributions"),
];

/** Loads Monaco in steps; `pause` waits for a moment in which a longer one delays no key. */
export async function loadMonaco(pause: () => Promise<void>): Promise<typeof MonacoEditor> {
  // Modules of Monaco read their texts when they are evaluated.
  await loadMonacoTexts();
  await pause();
  await Promise.all(LAYERS.map((load) => load()));
  await pause();
  const loaded = await import("./monaco_editor");
  const { warmUp } = await import("./monaco/warm_up");
  for (const _ of warmUp()) await pause();
  return loaded.MonacoEditor;
}
