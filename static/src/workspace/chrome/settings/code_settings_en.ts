/** The settings of what the page says about code. */
export const CODE_SETTINGS_EN = {
  checks: "Problems in Python",
  "checks.off": "Off",
  "checks.errors": "Errors only",
  "checks.strict": "Strict",
  explain_errors: "Explain errors",
  explain_errors_help:
    "When a Python program ends with an error, a card below the terminal says what it means.",
  advice: "Advice before the run",
  advice_help: "Such as modules that this site does not have, or a loop that never ends.",
  format_on_save: "Format when I save",
  format_on_save_help: "With the keys for saving. Automatic saving changes nothing in the text.",
  all_advice: "Show all advice again",
  all_advice_done: "All advice is shown again.",
};
