/** The commands that show and hide areas of the page. */
export const VIEW_EN = {
  "command.sidebar": "Show or hide the snippets",
  "command.go_code": "Go to the code",
  "command.go_terminal": "Go to the terminal",
  "command.side_panel": "Show or hide the results",
};

export const VIEW_DE: Readonly<Record<keyof typeof VIEW_EN, string>> = {
  "command.sidebar": "Snippets ein- oder ausblenden",
  "command.go_code": "Zum Code gehen",
  "command.go_terminal": "Zum Terminal gehen",
  "command.side_panel": "Ergebnisse ein- oder ausblenden",
};
