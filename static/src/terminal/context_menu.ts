import type { Terminal } from "@xterm/xterm";

const RIGHT_BUTTON = 2;

/** Keys that xterm.js must leave to the browser, which then asks for the menu. */
export function asksForMenu({ key, shiftKey }: Pick<KeyboardEvent, "key" | "shiftKey">): boolean {
  return key === "F10" && shiftKey;
}

/**
 * `ask` is called with a point of the window when the user asks for a menu: by a right click, the
 * menu key or Shift+F10. A program that reads the mouse gets right clicks itself, without Shift.
 */
export function bindTerminalMenu(
  terminal: Terminal,
  pane: HTMLElement,
  ask: (at: { readonly x: number; readonly y: number }) => void,
): void {
  pane.addEventListener(
    "contextmenu",
    (event) => {
      if (event instanceof PointerEvent && event.pointerType === "touch") {
        // A finger that is held selects text, see pointers/.
        event.preventDefault();
        event.stopPropagation();
        return;
      }
      const byMouse = event.button === RIGHT_BUTTON || event.ctrlKey;
      const programs = terminal.modes.mouseTrackingMode !== "none" && !event.shiftKey;
      event.preventDefault();
      if (byMouse && programs) return;
      // xterm.js would move its field, and change the selection.
      event.stopPropagation();
      const { left, top } = pane.getBoundingClientRect();
      ask(byMouse ? { x: event.clientX, y: event.clientY } : { x: left, y: top });
    },
    { capture: true },
  );
}
