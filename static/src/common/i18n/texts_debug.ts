/** The commands of the debugger. */
export const DEBUG_EN = {
  "command.debug": "Debug the program",
  "command.trace": "See it step by step",
  "command.debug_continue": "Continue",
  "command.debug_step_over": "Step over",
  "command.debug_step_in": "Step into",
  "command.debug_step_out": "Step out",
  "command.debug_pause": "Pause the program",
  "command.debug_stop": "Stop debugging",
  "command.debug_run_to": "Run to the cursor",
  "command.breakpoint": "Set or remove a breakpoint",
  "command.edit_breakpoint": "Edit the breakpoint: condition, count, message",
};

export const DEBUG_DE: Readonly<Record<keyof typeof DEBUG_EN, string>> = {
  "command.debug": "Programm debuggen",
  "command.trace": "Schritt für Schritt ansehen",
  "command.debug_continue": "Weiterlaufen lassen",
  "command.debug_step_over": "Einzelschritt",
  "command.debug_step_in": "In den Aufruf hinein",
  "command.debug_step_out": "Aus dem Aufruf heraus",
  "command.debug_pause": "Programm anhalten",
  "command.debug_stop": "Debuggen beenden",
  "command.debug_run_to": "Bis zum Cursor laufen lassen",
  "command.breakpoint": "Haltepunkt setzen oder entfernen",
  "command.edit_breakpoint": "Haltepunkt bearbeiten: Bedingung, Anzahl, Meldung",
};
