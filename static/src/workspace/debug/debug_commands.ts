import type { Command } from "../chrome/commands";
import type { DebugEntry } from "./debug_entry";

interface Targets {
  readonly debug: DebugEntry;
  readonly panel: { readonly active: boolean };
}

/** With the keys of VS Code. While they are not enabled, the browser has its keys. */
export function debugCommands({ debug, panel }: Targets): Command[] {
  const step = (id: string, name: Command["name"], keys: string, run: Command["run"]): Command => ({
    id,
    name,
    keys,
    browserKeys: true,
    // A program that stands does not read them.
    get outsideTerminal() {
      return !debug.stopped;
    },
    enabled: () => debug.stopped,
    run,
  });
  return [
    {
      id: "debug",
      name: "command.debug",
      keys: "F5",
      // Elsewhere it reloads the page.
      insideEditor: true,
      browserKeys: true,
      enabled: () => debug.canDebug && !panel.active,
      run: () => debug.start("debug"),
    },
    {
      id: "trace",
      name: "command.trace",
      enabled: () => debug.canTrace && !panel.active,
      run: () => debug.start("trace"),
    },
    step("debug-continue", "command.debug_continue", "F5", () =>
      debug.with((one) => one.step("continue")),
    ),
    step("debug-step-over", "command.debug_step_over", "F10", () =>
      debug.with((one) => one.step("next")),
    ),
    step("debug-step-in", "command.debug_step_in", "F11", () =>
      debug.with((one) => one.step("stepIn")),
    ),
    step("debug-step-out", "command.debug_step_out", "Shift+F11", () =>
      debug.with((one) => one.step("stepOut")),
    ),
    {
      id: "debug-pause",
      name: "command.debug_pause",
      enabled: () => debug.active && !debug.stopped,
      run: () => debug.with((one) => one.pause()),
    },
    {
      id: "debug-stop",
      name: "command.debug_stop",
      keys: "Shift+F5",
      browserKeys: true,
      enabled: () => debug.active,
      run: () => debug.with((one) => one.stop()),
    },
    {
      id: "debug-run-to",
      name: "command.debug_run_to",
      enabled: () => debug.stopped,
      run: () => debug.with((one) => one.runToCursor()),
    },
    {
      id: "breakpoint",
      name: "command.breakpoint",
      keys: "F9",
      insideEditor: true,
      browserKeys: true,
      enabled: () => debug.canDebug,
      run: () => debug.with((one) => one.toggleAtCursor()),
    },
    {
      id: "edit-breakpoint",
      name: "command.edit_breakpoint",
      enabled: () => debug.canDebug,
      run: () => debug.with((one) => one.editBreakpoint()),
    },
  ];
}
