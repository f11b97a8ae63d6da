/** Advice before the run. Each first sentence stands alone; `…_more` says what to do. */
export const ADVICE_EN = {
  dismiss: "Do not show this kind of advice again",
  network: "{name} needs the internet, which programs here do not have.",
  network_more:
    "To work with data from there, download it and upload it as a file of this snippet.",
  eval_input: "{name}() runs whatever is typed, as a program.",
  eval_input_more: "For a number, write int(input()) or float(input()).",
  shell_input: "{name} runs what is typed as a command.",
  shell_input_more:
    "Who types “; rm -r *” deletes your files. Give subprocess.run a list of words instead.",
  password: "This looks like a password or a key. Everybody whom you show the program can read it.",
  password_more: "Ask for it with getpass.getpass(), or read it from a file that you do not share.",
  endless_loop: "This loop never ends: it has no break, and it neither prints nor waits.",
  endless_condition: "This loop never ends once it begins: nothing in it changes {names}.",
  module_missing: "The module “{name}” is not installed here.",
  module_missing_more:
    "The page “Packages” lists what is. A file of your own with this name works, too.",
  needs_window: "“{name}” opens windows. Programs here have a terminal and no windows.",
  windows_only: "“{name}” exists on Windows only. Programs here run on Linux.",
  file_missing: "There is no file “{path}” beside the program.",
  file_missing_more: "Add it to the snippet: by “New file”, or by dropping it on the editor.",
  file_similar: "There is a file “{path}”: capital and small letters count.",
  forbidden_module: "This site does not allow “{name}”. A program with it is not run.",
  forbidden_call: "This site does not allow {name}(). A program with it is not run.",
} as const;
