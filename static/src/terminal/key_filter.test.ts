import { expect, it } from "vitest";
import { takesKey } from "./key_filter";

/** What becomes of a key; `pressed` as "Ctrl+Shift+c". */
function pressed(keys: string, active: boolean, selection = false): string {
  const parts = keys.split(/\+(?=.)/);
  const key = parts.at(-1) ?? "";
  let outcome = "browser";
  const event = {
    key,
    ctrlKey: parts.includes("Ctrl"),
    shiftKey: parts.includes("Shift"),
    altKey: parts.includes("Alt"),
    preventDefault: () => {
      outcome = "nobody";
    },
  };
  const terminal = { hasSelection: () => selection };
  return takesKey(terminal, event as KeyboardEvent, active) ? "terminal" : outcome;
}

it.each(["a", "Ctrl+c", "Ctrl+r", "Ctrl+0", "Ctrl+Shift+v", "Shift+PageUp", "F5"])(
  "gives %s to a program that runs",
  (keys) => expect(pressed(keys, true)).toBe("terminal"),
);

it.each(["Ctrl+c", "Ctrl+d", "Ctrl+s", "Ctrl+f", "Ctrl+p", "Ctrl+D"])(
  "gives %s to nobody after the program",
  (keys) => expect(pressed(keys, false)).toBe("nobody"),
);

it.each([
  ...["Ctrl+r", "Ctrl+R", "Ctrl+l", "Ctrl+t", "Ctrl+n", "Ctrl+w"],
  ...["Ctrl++", "Ctrl+-", "Ctrl+0", "Ctrl+Tab", "Ctrl+PageDown", "Ctrl+F5", "F5", "Ctrl+Shift+i"],
])("leaves %s to the browser after the program", (keys) =>
  expect(pressed(keys, false)).toBe("browser"),
);

it("scrolls after the program, and copies what is selected", () => {
  expect(pressed("Shift+PageUp", false)).toBe("terminal");
  expect(pressed("Ctrl+c", false, true)).toBe("browser");
});

it.each([true, false])("lets the browser open its menu", (active) => {
  expect(pressed("Shift+F10", active)).toBe("browser");
});
