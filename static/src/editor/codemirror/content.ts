import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

/**
 * What is written in. No keyboard of a phone corrects it. The Tab key reaches it also where nobody
 * may write: CodeMirror gives the focus only to what can be edited, and without it no key scrolls.
 * `label`: what screen readers call it, unless something else says that.
 */
export function content(label?: string): Extension {
  return EditorView.contentAttributes.of({
    ...(label === undefined ? {} : { "aria-label": label }),
    autocapitalize: "off",
    autocorrect: "off",
    spellcheck: "false",
    tabindex: "0",
  });
}
