import { translator } from "../../common/i18n/translate";
import { FILES_DE } from "./files_texts_de";
import { FILES_EN } from "./files_texts_en";

export const ft = translator(FILES_EN, FILES_DE);
