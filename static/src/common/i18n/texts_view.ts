/** The commands that show and hide areas of the page, and what is new in dialogs. */
export const VIEW_EN = {
  "share.visitors": "Anybody may run it",
  "share.visitors_help":
    "Without an account, with lower limits. People change it only for themselves, and nothing of them is kept.",
  "share.try_url": "Address of the program",
  "share.try_code": "Code for course pages",
  "command.sidebar": "Show or hide the snippets",
  "command.go_code": "Go to the code",
  "command.go_terminal": "Go to the terminal",
  "command.side_panel": "Show or hide the results",
  "command.edit_together": "Edit together",
  "edit_together.unsaved":
    "The snippet could not be saved, so nobody can edit it together with you.",
  "run_options.windows": "Window",
  "run_options.windows_help":
    "A program that opens windows (turtle, tkinter, pygame, Swing) runs with a screen beside the terminal.",
  "run_options.windows_auto": "If the program imports one of these",
  "run_options.windows_on": "Always",
  "run_options.windows_off": "Never",
  "run_options.mark_windows_on": "with a window",
  "run_options.mark_windows_off": "without a window",
};

export const VIEW_DE: Readonly<Record<keyof typeof VIEW_EN, string>> = {
  "share.visitors": "Alle dürfen es ausführen",
  "share.visitors_help":
    "Ohne Konto, mit niedrigeren Grenzen. Wer es ändert, ändert es nur für sich, und nichts davon wird gespeichert.",
  "share.try_url": "Adresse des Programms",
  "share.try_code": "Code für Kursseiten",
  "command.sidebar": "Snippets ein- oder ausblenden",
  "command.go_code": "Zum Code gehen",
  "command.go_terminal": "Zum Terminal gehen",
  "command.side_panel": "Ergebnisse ein- oder ausblenden",
  "command.edit_together": "Gemeinsam bearbeiten",
  "edit_together.unsaved":
    "Das Snippet konnte nicht gespeichert und darum nicht gemeinsam bearbeitet werden.",
  "run_options.windows": "Fenster",
  "run_options.windows_help":
    "Ein Programm, das Fenster öffnet (turtle, tkinter, pygame, Swing), läuft mit einem Bildschirm neben dem Terminal.",
  "run_options.windows_auto": "Wenn das Programm eines davon importiert",
  "run_options.windows_on": "Immer",
  "run_options.windows_off": "Nie",
  "run_options.mark_windows_on": "mit Fenster",
  "run_options.mark_windows_off": "ohne Fenster",
};
