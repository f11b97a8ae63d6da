import { editor } from "monaco-editor/editor.js";

/**
 * Creates and draws an editor that nobody sees, in two steps. The browser compiles functions when they
 * are first called; for those of an editor that takes as long as all other work of its first drawing.
 */
export function* warmUp(): Generator<void> {
  const model = editor.createModel("print()", "python");
  yield;
  const unseen = editor.create(document.createElement("div"), { model: null });
  yield;
  unseen.setModel(model);
  unseen.dispose();
  model.dispose();
}
