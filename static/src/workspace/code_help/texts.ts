import { translator } from "../../common/i18n/translate";
import { CODE_HELP_DE } from "./texts_de";
import { CODE_HELP_EN } from "./texts_en";

/** Texts that are loaded with code help. */
export const text = translator(CODE_HELP_EN, CODE_HELP_DE);
