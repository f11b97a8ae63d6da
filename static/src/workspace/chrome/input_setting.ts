import { Emitter } from "../../common/base/emitter";
import {
  type InputChoice,
  type InputDevice,
  inputDevice,
  knownChoice,
} from "../../common/base/input_device";
import type { BrowserStorage } from "./browser_storage";

const STORED = "input";

/** Whether the user of this page has a touch screen, and no mouse. */
export function usesTouch(): boolean {
  return document.documentElement.dataset.input === ("touch" satisfies InputDevice);
}

const hovers = window.matchMedia("(hover: hover)");
const coarse = window.matchMedia("(pointer: coarse)");

/**
 * What the user points with. The choice is kept in this browser only: the same user has other devices.
 * `data-input` of the page tells style sheets.
 */
export class InputSetting {
  readonly #didChange = new Emitter<InputDevice>();
  readonly onDidChange = this.#didChange.event;
  readonly #storage: BrowserStorage;
  #device: InputDevice;

  constructor(storage: BrowserStorage) {
    this.#storage = storage;
    this.#device = this.#found();
    document.documentElement.dataset.input = this.#device;
    // A keyboard with a mouse was attached to a tablet, or taken away.
    for (const query of [hovers, coarse]) query.addEventListener("change", () => this.#update());
  }

  get device(): InputDevice {
    return this.#device;
  }

  get choice(): InputChoice {
    return knownChoice(this.#storage.get(STORED));
  }

  choose(choice: InputChoice): void {
    this.#storage.set(STORED, choice);
    this.#update();
  }

  #found(): InputDevice {
    const { maxTouchPoints, platform } = navigator;
    const signals = { hovers: hovers.matches, coarse: coarse.matches, platform };
    return inputDevice({ ...signals, touchPoints: maxTouchPoints ?? 0 }, this.choice);
  }

  #update(): void {
    const device = this.#found();
    if (device === this.#device) return;
    this.#device = device;
    document.documentElement.dataset.input = device;
    this.#didChange.fire(device);
  }
}
