import { expect, it } from "vitest";
import { inputDevice, knownChoice } from "./input_device";

// [device, hover, coarse, touch points, platform, what it is]
it.each([
  ["a phone", false, true, 5, "Linux armv81", "touch"],
  ["a phone in Chromium's emulation", false, true, 1, "Linux x86_64", "touch"],
  ["an iPhone", false, true, 5, "iPhone", "touch"],
  ["a Samsung phone, which reports hovering", true, true, 5, "Linux armv81", "touch"],
  ["a Pixel whose pointer is reported as fine", false, false, 5, "Linux armv81", "touch"],
  ["a phone that hides its touch points", false, true, 0, "Linux armv81", "touch"],
  ["an Android tablet, with or without a keyboard", false, true, 10, "Linux armv81", "touch"],
  ["an Android tablet with a mouse", true, false, 10, "Linux armv81", "mouse"],
  ["an iPad", false, true, 5, "iPad", "touch"],
  ["an iPad that says that it is a Mac", false, true, 5, "MacIntel", "touch"],
  ["an iPad with a keyboard and a trackpad", true, false, 5, "MacIntel", "touch"],
  ["a Surface without its keyboard", false, true, 10, "Win32", "touch"],
  ["a laptop with a touch screen", true, false, 10, "Win32", "mouse"],
  ["a Chromebook with a touch screen", true, false, 16, "Linux x86_64", "mouse"],
  ["a laptop whose touch screen is its first pointer", true, true, 10, "Win32", "touch"],
  ["a desktop", true, false, 0, "Win32", "mouse"],
  ["a Mac", true, false, 0, "MacIntel", "mouse"],
  ["a computer without any pointer", false, false, 0, "Linux x86_64", "mouse"],
  ["a television with a remote control", true, true, 0, "Linux armv7l", "mouse"],
] as const)("%s", (_, hovers, coarse, touchPoints, platform, expected) => {
  expect(inputDevice({ hovers, coarse, touchPoints, platform })).toBe(expected);
});

it("is what its user has chosen", () => {
  const phone = { hovers: false, coarse: true, touchPoints: 5, platform: "Linux armv81" };
  const desktop = { hovers: true, coarse: false, touchPoints: 0, platform: "Win32" };
  expect(inputDevice(phone, "mouse")).toBe("mouse");
  expect(inputDevice(desktop, "touch")).toBe("touch");
  expect(inputDevice(desktop, "auto")).toBe("mouse");
});

it("ignores a stored choice that it does not know", () => {
  expect(["touch", "mouse", "auto", "pen", "", null].map(knownChoice)).toEqual([
    "touch",
    "mouse",
    "auto",
    "auto",
    "auto",
    "auto",
  ]);
});
