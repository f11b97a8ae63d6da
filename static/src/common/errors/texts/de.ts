import { DE_CODE } from "./code_de";
import type { Texts } from "./keys";
import { DE_NAMES } from "./names_de";
import { DE_SYNTAX } from "./syntax_de";
import { DE_VALUES } from "./values_de";

export const DE: Texts = { ...DE_SYNTAX, ...DE_NAMES, ...DE_VALUES, ...DE_CODE };
