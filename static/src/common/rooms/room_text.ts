import { translator } from "../i18n/translate";
import { DE } from "./texts_de";
import { EN } from "./texts_en";

/** A text of a room, in the page's language. */
export const rt = translator(EN, DE);
