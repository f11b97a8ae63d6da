/** What a person writes and points with: an on-screen keyboard and fingers, or a keyboard and a mouse. */
export type InputDevice = "touch" | "mouse";

/** What its user has chosen in this browser; `auto`: what the browser says decides. */
export const INPUT_CHOICES = ["auto", "touch", "mouse"] as const;
export type InputChoice = (typeof INPUT_CHOICES)[number];

export interface DeviceSignals {
  /** The media query `hover: hover`. */
  readonly hovers: boolean;
  /** The media query `pointer: coarse`. */
  readonly coarse: boolean;
  /** `navigator.maxTouchPoints`. */
  readonly touchPoints: number;
  /** `navigator.platform`. */
  readonly platform: string;
}

/** Of three signals two decide: there are devices on which any one of them is wrong. */
const ENOUGH = 2;

export function inputDevice(signals: DeviceSignals, choice: InputChoice = "auto"): InputDevice {
  if (choice !== "auto") return choice;
  const { hovers, coarse, touchPoints, platform } = signals;
  // No Mac has a touch screen: an iPad that asks for the pages of a Mac, perhaps with a trackpad.
  if (platform.startsWith("Mac") && touchPoints > 1) return "touch";
  const touch = [!hovers, coarse, touchPoints > 0].filter(Boolean).length;
  return touch >= ENOUGH ? "touch" : "mouse";
}

export function knownChoice(stored: string | null): InputChoice {
  return INPUT_CHOICES.find((one) => one === stored) ?? "auto";
}
