export interface Pane {
  readonly element: HTMLElement;
  focus(): void;
}

/**
 * F6 goes to the next pane, Shift+F6 to the one before: so it leads out of the editor and the
 * terminal, which both keep Tab for themselves.
 */
export function bindPaneNavigation(panes: readonly Pane[]): void {
  window.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "F6" || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      event.stopPropagation();
      const seen = panes.filter(({ element }) =>
        element.checkVisibility({ visibilityProperty: true }),
      );
      const here = seen.findIndex(({ element }) => element.contains(document.activeElement));
      const step = event.shiftKey ? Math.max(here, 0) + seen.length - 1 : here + 1;
      seen[step % seen.length]?.focus();
    },
    { capture: true },
  );
}
