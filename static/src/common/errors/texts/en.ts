import { EN_CODE } from "./code_en";
import { EN_NAMES } from "./names_en";
import { EN_SYNTAX } from "./syntax_en";
import { EN_VALUES } from "./values_en";

export const EN = { ...EN_SYNTAX, ...EN_NAMES, ...EN_VALUES, ...EN_CODE } as const;
