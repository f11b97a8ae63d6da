import { translator } from "../common/i18n/translate";
import { DE } from "./texts_de";
import { EN } from "./texts_en";

/** A text of the pages of visitors, in the page's language. */
export const tt = translator(EN, DE);
