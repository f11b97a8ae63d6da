const DRAWS = /^[ \t]*(?:import|from)[ \t][^#\n]*\b(?:turtle|tkinter)\b/m;
const STAYS = /\b(?:mainloop|done|exitonclick|wait_window)\s*\(/;

/** Whether a program in Python draws by turtle or tkinter, and never waits: its window closes at once. */
export function leavesWindow(files: readonly { readonly content: string }[]): boolean {
  const code = files.map(({ content }) => content.replaceAll(/#.*/g, "")).join("\n");
  return DRAWS.test(code) && !STAYS.test(code);
}
