import type { KeyPress } from "./shortcut";

/** A key with its `code`; `held` as in "CAS": Ctrl, Alt, Shift, M for ⌘, G for AltGr. */
export function fakePress(
  key: string,
  code: string,
  held = "",
  more: Partial<KeyPress> = {},
): KeyPress & { readonly location: number } {
  return {
    key,
    code,
    ctrlKey: held.includes("C"),
    altKey: held.includes("A"),
    shiftKey: held.includes("S"),
    metaKey: held.includes("M"),
    isComposing: false,
    keyCode: 0,
    location: 0,
    getModifierState: () => held.includes("G"),
    ...more,
  };
}
