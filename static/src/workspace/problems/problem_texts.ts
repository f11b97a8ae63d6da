import { translator } from "../../common/i18n/translate";
import { PROBLEMS_DE } from "./problem_texts_de";
import { PROBLEMS_EN } from "./problem_texts_en";

export const text = translator(PROBLEMS_EN, PROBLEMS_DE);
