import { translator } from "../../common/i18n/translate";
import { DEBUGGER_DE } from "./debug_texts_de";
import { DEBUGGER_EN } from "./debug_texts_en";

export const text = translator(DEBUGGER_EN, DEBUGGER_DE);
