import type { ClientMessage, ScreenSize, SourceFile } from "../../protocol.gen";
import type { Timer } from "../base/timer";
import type { WantsAnswers } from "../screen/answers";
import type { HeldScreen } from "../screen/held_input";
import type { RunState } from "./run_state";

export interface Grid {
  readonly rows: number;
  readonly cols: number;
}

export interface Program {
  readonly language: string;
  readonly files: readonly SourceFile[];
  readonly main: string;
  readonly args: readonly string[];
  readonly keep_open?: boolean;
  readonly debug?: boolean;
  readonly trace?: boolean;
  /** For windows of the program. */
  readonly screen?: ScreenSize;
  /** An IANA name. */
  readonly timezone?: string;
  /** The class that the run belongs to. */
  readonly class?: number;
  /** The room whose members see the run. */
  readonly room?: number;
  /** The snippet that was saved before the run; the history lists runs under it. */
  readonly snippet: number | null;
}

export interface Screen extends HeldScreen {
  readonly grid: Grid;
  /** Clears the screen, at the latest with the next `write`. */
  reset(): void;
  /** Calls `parsed` when the terminal has parsed the bytes. */
  write(data: Uint8Array, parsed: () => void, wants?: WantsAnswers): void;
  /** Drops output that is not parsed yet; for the caller of `write` it is parsed. */
  skip(): void;
  /** Shows a message of the page between lines of output. */
  note(text: string): void;
  /** Shows the final line, after resetting the modes that the program may have left on. */
  end(text: string, success: boolean): void;
}

export interface RunSessionHost {
  readonly screen: Screen;
  readonly timer: Timer;
  /** Limit for the message that starts a program. */
  readonly startBytes: number;
  /** False if there is no connection; `connected()` is called when there is one. */
  send(message: ClientMessage): boolean;
  changed(state: RunState): void;
  notice(text: string): void;
  /** The server does not start the program; `code`: the reason, as the protocol names it. */
  refused(code: string): void;
}
