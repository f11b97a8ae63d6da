import { EN_NAMES } from "./en_names";
import { EN_SYNTAX } from "./en_syntax";
import { EN_VALUES } from "./en_values";

export const EN = { ...EN_SYNTAX, ...EN_NAMES, ...EN_VALUES } as const;
