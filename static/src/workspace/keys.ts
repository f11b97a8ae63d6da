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

/** F6 goes to the next pane, and so leads out of the editor and the terminal, which both keep Tab. */
export function onPaneKey(panes: readonly Pane[]): void {
  window.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "F6" || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      event.stopPropagation();
      const here = panes.findIndex(({ element }) => element.contains(document.activeElement));
      panes[(here + 1) % panes.length]?.focus();
    },
    { capture: true },
  );
}
