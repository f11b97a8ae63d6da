export const EN = {
  "editor.label": "Code. Press F6 to go to the terminal.",
  "code.of": "Code of {path}",
  preparing: "Preparing …",
  "problem.offline": "The server does not answer. Please press Run again in a moment.",
  "problem.load": "A part of this page could not be loaded. Please reload it.",
  "problem.large": "This program is too large: the limit is {limit} KB.",
  "problem.no_code": "The page around this frame gave no program.",
  "reset.done": "The program is as it was.",
};
