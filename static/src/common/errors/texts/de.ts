import { DE_NAMES } from "./de_names";
import { DE_SYNTAX } from "./de_syntax";
import { DE_VALUES } from "./de_values";
import type { Texts } from "./keys";

export const DE: Texts = { ...DE_SYNTAX, ...DE_NAMES, ...DE_VALUES };
