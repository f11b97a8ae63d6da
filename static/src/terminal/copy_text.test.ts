import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { copyText } from "./copy_text";

let byEvent: boolean;
let clipboard: string[];

/** A browser that copies by its event as long as `byEvent` is true. */
beforeEach(() => {
  byEvent = true;
  clipboard = [];
  const page = new EventTarget();
  const execCommand = () => {
    const clipboardData = { setData: (_: string, text: string) => clipboard.push(`event ${text}`) };
    const event = Object.assign(new Event("copy"), { clipboardData });
    return byEvent && page.dispatchEvent(event);
  };
  vi.stubGlobal("document", Object.assign(page, { execCommand }));
});

afterEach(() => vi.unstubAllGlobals());

it("needs no clipboard of the browser, which pages have over HTTPS only", async () => {
  vi.stubGlobal("navigator", {});
  expect(await copyText("one")).toBe(true);
  expect(clipboard).toEqual(["event one"]);
});

it("leaves later copying of the user alone", async () => {
  await copyText("one");
  document.execCommand("copy");
  expect(clipboard).toEqual(["event one"]);
});

it("uses the clipboard where the browser refuses the event", async () => {
  byEvent = false;
  vi.stubGlobal("navigator", {
    clipboard: { writeText: async (text: string) => clipboard.push(text) },
  });
  expect(await copyText("one")).toBe(true);
  expect(clipboard).toEqual(["one"]);
});

it.each([{}, { clipboard: { writeText: () => Promise.reject(new Error("denied")) } }])(
  "says that neither worked, with %o",
  async (navigator) => {
    byEvent = false;
    vi.stubGlobal("navigator", navigator);
    expect(await copyText("one")).toBe(false);
  },
);
