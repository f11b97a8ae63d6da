import { afterEach, beforeEach, expect, it, vi } from "vitest";

/** The page's buttons and editor, as far as the script of the sign-in page touches them. */
class Part {
  disabled = false;
  readonly #listeners: (() => void)[] = [];

  addEventListener(_: string, listener: () => void): void {
    this.#listeners.push(listener);
  }

  removeAttribute(): void {
    this.disabled = false;
  }

  press(): void {
    if (!this.disabled) for (const listener of this.#listeners) listener();
  }
}

const made = vi.hoisted(() => ({ panels: 0, runs: 0 }));
vi.mock("../styles/try.css", () => ({}));
vi.mock("./panel", () => ({
  get TryPanel() {
    return class {
      constructor(root: { run: Part }) {
        made.panels += 1;
        root.run.disabled = false;
        root.run.addEventListener("click", () => void this.run());
      }

      async run(): Promise<void> {
        made.runs += 1;
      }
    };
  },
}));

const run = new Part();
const editor = new Part();

beforeEach(async () => {
  const root = {
    run,
    querySelector: (selector: string) => (selector.includes("run") ? run : editor),
  };
  vi.stubGlobal("document", {
    documentElement: { lang: "en", dataset: {} },
    getElementById: (id: string) => (id === "try" ? root : { textContent: "{}" }),
  });
  vi.stubGlobal("navigator", { languages: ["en"] });
  await import("./landing");
});

afterEach(() => {
  vi.unstubAllGlobals(); // the next file of tests runs in the same process
});

it("makes one panel, whose Run it leaves to it: a second one would replace what was typed", async () => {
  editor.press();
  await vi.waitFor(() => expect(made.panels).toBe(1));
  expect(made.runs).toBe(0);
  run.press();
  await vi.waitFor(() => expect(made.runs).toBe(1));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(made).toMatchObject({ panels: 1, runs: 1 });
});
