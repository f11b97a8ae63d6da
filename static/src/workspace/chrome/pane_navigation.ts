import { byId } from "./widgets/dom";

export interface Pane {
  readonly element: HTMLElement;
  focus(): void;
}

/**
 * F6 moves the focus to the next pane, Shift+F6 to the previous one. Tab cannot leave the editor
 * and the terminal, because both use it as input.
 */
export function bindPaneNavigation(panes: readonly Pane[]): void {
  window.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "F6" || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      event.stopPropagation();
      const visible = panes.filter(({ element }) =>
        element.checkVisibility({ visibilityProperty: true }),
      );
      const here = visible.findIndex(({ element }) => element.contains(document.activeElement));
      const step = event.shiftKey ? Math.max(here, 0) + visible.length - 1 : here + 1;
      visible[step % visible.length]?.focus();
    },
    { capture: true },
  );
}

/** What is shown beside the text at times: the keyboard goes to its tree, or to its first control. */
export function paneOf(id: string): Pane {
  const element = byId(id);
  const first = (selector: string) => element.querySelector<HTMLElement>(selector);
  return {
    element,
    focus: () =>
      (first("[role=treeitem][tabindex='0']") ?? first("button:enabled, input:enabled"))?.focus(),
  };
}
