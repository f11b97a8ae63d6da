import { translator } from "../../common/i18n/translate";

const EN = {
  tab: "Window",
  screen: "Window of the program",
  opened: "The window of the program is shown.",
  keys: "Click into the window to use it. F6 leads out of it.",
  touch: "Tap the window to use it.",
  watching: "You are watching. Another window controls this program.",
  ended: "The program has ended. This is what it showed last.",
  stays: "A last line such as turtle.done() or root.mainloop() keeps the window open.",
  failed: "The window cannot be shown: what the program sent is no picture.",
};

export const text = translator(EN, {
  tab: "Fenster",
  screen: "Fenster des Programms",
  opened: "Das Fenster des Programms wird gezeigt.",
  keys: "Klicke in das Fenster, um es zu bedienen. F6 führt heraus.",
  touch: "Tippe auf das Fenster, um es zu bedienen.",
  watching: "Du schaust zu. Ein anderes Fenster steuert dieses Programm.",
  ended: "Das Programm ist zu Ende. Das hat es zuletzt gezeigt.",
  stays: "Eine letzte Zeile wie turtle.done() oder root.mainloop() hält das Fenster offen.",
  failed: "Das Fenster kann nicht gezeigt werden: Was das Programm geschickt hat, ist kein Bild.",
});
