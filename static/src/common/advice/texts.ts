import { translator } from "../i18n/translate";
import { ADVICE_DE } from "./advice_texts_de";
import { ADVICE_EN } from "./advice_texts_en";

export const text = translator(ADVICE_EN, ADVICE_DE);
