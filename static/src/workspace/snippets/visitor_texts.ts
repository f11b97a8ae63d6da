import { translator } from "../../common/i18n/translate";

const EN = {
  "share.visitors": "Anybody may run it",
  "share.visitors_help":
    "Without an account, with lower limits. People change it only for themselves, and nothing of them is kept.",
  "share.try_url": "Address of the program",
  "share.try_code": "Code for course pages",
};

const DE: Readonly<Record<keyof typeof EN, string>> = {
  "share.visitors": "Alle dürfen es ausführen",
  "share.visitors_help":
    "Ohne Konto, mit niedrigeren Grenzen. Wer es ändert, ändert es nur für sich, und nichts davon wird gespeichert.",
  "share.try_url": "Adresse des Programms",
  "share.try_code": "Code für Kursseiten",
};

/** A text of the dialog, where the site allows visitors. */
export const vt = translator(EN, DE);
