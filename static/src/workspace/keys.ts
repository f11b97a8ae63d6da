/** Ctrl+Enter or Cmd+Enter, wherever the focus is: before the editor or the terminal see it. */
export function onRunKey(run: () => void): void {
  window.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      event.stopPropagation();
      if (!event.repeat) run();
    },
    { capture: true },
  );
}

export interface Pane {
  readonly element: HTMLElement;
  focus(): void;
}

/**
 * F6 goes to the next pane, Shift+F6 to the one before: so it leads out of the editor and the
 * terminal, which both keep Tab for themselves.
 */
export function onPaneKey(panes: readonly Pane[]): void {
  window.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "F6" || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      event.stopPropagation();
      const here = panes.findIndex(({ element }) => element.contains(document.activeElement));
      const step = event.shiftKey ? Math.max(here, 0) + panes.length - 1 : here + 1;
      panes[step % panes.length]?.focus();
    },
    { capture: true },
  );
}
