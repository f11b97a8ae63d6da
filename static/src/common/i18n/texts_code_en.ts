/** Names of what code help does, in English. What it says is loaded with it. */
export const CODE_EN = {
  "settings.code_help": "Code help",
  "code_help.off": "Off",
  "code_help.asked": "On a key",
  "code_help.typing": "While typing",
  "command.describe": "Explain the name at the cursor",
  "command.signature": "Show parameters",
  "command.references": "Find uses of the name",
  "command.rename_symbol": "Rename everywhere",
  "command.outline": "Outline of the file",
  "command.go_back": "Go back",
  "command.check_types": "Check types",
} as const;
