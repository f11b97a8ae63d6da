import { Emitter } from "../../common/base/emitter";
import type { Timer } from "../../common/base/timer";
import type {
  CodePlace,
  Completion,
  CompletionList,
  Description,
  FileEdits,
  OutlineEntry,
  SignatureHelp,
} from "../../common/intelligence/answers";
import type { ProgramPlace } from "../../common/intelligence/language_service";
import { Latest } from "../../common/intelligence/latest";
import { isDecimal } from "../../common/intelligence/names";
import type { Problem } from "../../common/problems/problem";
import type { CodeHelpChoice } from "../../protocol.gen";
import { isLargeDevice, isSmallDevice } from "./device";
import { type Family, familyOf, type Helper } from "./helper";
import { HelperSlot } from "./helper_slot";
import { LocalHelp, type WordSource } from "./local_help";
import type { PythonService } from "./python_service";

export interface CodeHelpSource extends WordSource {
  /** The stubs of an installed package, as files for the worker; null: there are none. */
  stubsOf(name: string): Promise<Readonly<Record<string, string>> | null>;
}

export interface CodeHelpInit {
  readonly timer: Timer;
  readonly locale: string;
  readonly source: CodeHelpSource;
  readonly touch: () => boolean;
  project(): Omit<ProgramPlace, "offset">;
  /** The version of the Python that runs the program, such as `3.11`; empty: not known. */
  pythonVersion(): string;
  /** Type errors are told without being asked for, where the device has the memory. */
  checksTypes(): boolean;
}

/** How long the editor is idle before anything is loaded. */
const IDLE_MS = 3000;
/** The longest wait for a worker before what is known without it is shown. */
const SUGGEST_MS = 3000;
const COMMAND_MS = 20_000;

/** There is no worker to answer: turned off, failed, not loaded in time, or for no such language. */
export class NoCodeHelp extends Error {}

/**
 * What both editors ask about the program in them. For Python, JavaScript and TypeScript a worker
 * answers, which is loaded once the editor was used and then idle, or at the first question. Without
 * it, and for other languages, the answers come from the text of the open files.
 */
export class CodeHelp {
  readonly #didFail = new Emitter();
  /** A worker has failed twice: from now on it is off. */
  readonly onDidFail = this.#didFail.event;
  readonly #didFindProblems = new Emitter<readonly Problem[]>();
  /** Type errors, all that are known. */
  readonly onDidFindProblems = this.#didFindProblems.event;
  readonly #didChange = new Emitter();
  /** `state` is another one. */
  readonly onDidChange = this.#didChange.event;
  readonly #init: CodeHelpInit;
  readonly #local: LocalHelp;
  readonly #completing = new Latest();
  readonly #hovering = new Latest();
  readonly #signing = new Latest();
  readonly #python = new HelperSlot(
    () => this.#makePython(),
    () => this.#didChange.fire(),
  );
  readonly #script = new HelperSlot(
    () => this.#makeScript(),
    () => this.#didChange.fire(),
  );
  #mode: CodeHelpChoice = "asked";
  #idle: unknown = null;
  /** Who described the list that is shown. */
  #lastAsked: Helper | null = null;

  constructor(init: CodeHelpInit) {
    this.#init = init;
    this.#local = new LocalHelp(init.source);
  }

  /** Of the worker for the shown file. */
  get state(): "none" | "loading" | "ready" | "off" {
    return this.#slot(this.#init.project().shown)?.state ?? "none";
  }

  get mode(): CodeHelpChoice {
    return this.#mode;
  }

  setMode(mode: CodeHelpChoice): void {
    if (mode === this.#mode) return;
    this.#mode = mode;
    if (mode !== "off") return;
    for (const slot of [this.#python, this.#script]) slot.stop();
    this.#didFindProblems.fire([]);
  }

  /** A key was pressed in the editor, or it got the focus. */
  used(): void {
    const { timer, touch } = this.#init;
    if (this.#idle !== null) timer.clear(this.#idle);
    this.#idle = null;
    if (this.#mode === "off" || touch() || isSmallDevice()) return;
    if (this.state !== "none") return;
    this.#idle = timer.set(() => {
      this.#idle = null;
      const { files, shown } = this.#init.project();
      this.#slot(shown)
        ?.start(files)
        .catch(() => undefined);
    }, IDLE_MS);
  }

  /** Null: nothing is to be suggested, or newer questions have been asked. `asked`: by a key, not while typing. */
  async completions(offset: number, asked: boolean): Promise<CompletionList | null> {
    const place = this.#place(offset);
    const text = place.files.find(({ path }) => path === place.shown)?.content ?? "";
    if (!asked && isDecimal(text, offset)) return null;
    const mayStart = asked && !isSmallDevice();
    const helper = await this.#helper(place, mayStart ? SUGGEST_MS : 0);
    return this.#completing.run(async () => {
      const found = await helper?.client.completions(place).catch(() => null);
      this.#lastAsked = helper;
      return this.#local.completed(place, found ?? null, asked);
    });
  }

  /** As Markdown; empty: nothing is known. */
  async describe(completion: Completion): Promise<string> {
    if (completion.source === null || !this.#lastAsked) return "";
    return this.#lastAsked.client.describe(completion).catch(() => "");
  }

  async hover(offset: number): Promise<Description | null> {
    const place = this.#place(offset);
    const helper = await this.#helper(place, 0);
    if (!helper) return this.#local.hover(place);
    return this.#hovering.run(() => helper.client.hover(place)).catch(() => null);
  }

  async signature(offset: number, asked: boolean): Promise<SignatureHelp | null> {
    const place = this.#place(offset);
    const helper = await this.#helper(place, asked ? SUGGEST_MS : 0);
    if (!helper) return null;
    return this.#signing.run(() => helper.client.signature(place)).catch(() => null);
  }

  /** The first one is shown; none: no open file defines the name. */
  async definition(offset: number): Promise<readonly CodePlace[]> {
    const place = this.#place(offset);
    const helper = await this.#helper(place, 0);
    const found = await helper?.client.definition(place).catch(() => []);
    return found && found.length > 0 ? found : this.#local.definition(place);
  }

  /** The following reject with `NoCodeHelp` if there is no worker to answer. */
  async references(offset: number): Promise<readonly CodePlace[]> {
    const place = this.#place(offset);
    return (await this.#needed(place)).client.references(place);
  }

  async renamable(offset: number): Promise<CodePlace | null> {
    const place = this.#place(offset);
    const helper = await this.#needed(place);
    return helper.client.renamable(place).catch(() => null);
  }

  async rename(offset: number, name: string): Promise<readonly FileEdits[] | null> {
    const place = this.#place(offset);
    return (await this.#needed(place)).client.rename(place, name);
  }

  async outline(): Promise<readonly OutlineEntry[]> {
    const place = this.#place(0);
    return (await this.#needed(place)).client.outline(place);
  }

  /** Tells type errors of Python from now on. */
  async checkTypes(): Promise<void> {
    const place = this.#place(0);
    await this.#needed(place);
    const { helper } = this.#python;
    if (!helper) throw new NoCodeHelp();
    helper.check();
    await helper.start(place.files);
  }

  /** The program was edited: type errors are looked for again. */
  async edited(): Promise<void> {
    const { helper } = this.#python;
    if (helper?.checks) await helper.start(this.#init.project().files).catch(() => undefined);
  }

  #place(offset: number): ProgramPlace {
    return { ...this.#init.project(), offset };
  }

  #slot(path: string): HelperSlot<Helper> | null {
    const slots: Readonly<Record<Family, HelperSlot<Helper>>> = {
      python: this.#python,
      script: this.#script,
    };
    const family = familyOf(path);
    return family && slots[family];
  }

  async #needed(place: ProgramPlace): Promise<Helper> {
    const helper = await this.#helper(place, COMMAND_MS);
    if (!helper) throw new NoCodeHelp();
    return helper;
  }

  /** The worker, which is started if it may take some time; null: there is none in that time. */
  async #helper({ shown, files }: ProgramPlace, milliseconds: number): Promise<Helper | null> {
    const slot = this.#slot(shown);
    if (!slot || this.#mode === "off" || slot.state === "off") return null;
    if (milliseconds === 0) return slot.helper;
    const late = new Promise<null>((resolve) => {
      this.#init.timer.set(() => resolve(null), milliseconds);
    });
    return Promise.race([slot.start(files).catch(() => null), late]);
  }

  async #makePython(): Promise<PythonService> {
    const { timer, locale, source } = this.#init;
    const { PythonService } = await import("./python_service");
    const version = this.#init.pythonVersion();
    const stubsOf = (name: string) => source.stubsOf(name);
    const service = new PythonService({ timer, locale, version, stubsOf });
    service.onDidFindProblems((problems) => this.#didFindProblems.fire(problems));
    service.worker.onDidFail(() => this.#didFail.fire());
    if (this.#init.checksTypes() && isLargeDevice()) service.check();
    return service;
  }

  async #makeScript(): Promise<Helper> {
    const { ScriptService } = await import("./script_service");
    const service = new ScriptService(this.#init.timer);
    service.worker.onDidFail(() => this.#didFail.fire());
    return service;
  }
}
