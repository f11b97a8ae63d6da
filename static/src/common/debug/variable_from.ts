import { number, object, text } from "./dap_client";
import type { Json } from "./dap_lines";
import type { Variable } from "./debug_state";

/** Our part of the debugger has given up on computing it. */
export function isLate(value: Json): boolean {
  return hasAttribute(value, "coderunner_late");
}

function hasAttribute(value: Json, name: string): boolean {
  const { attributes } = object(value.presentationHint);
  return Array.isArray(attributes) && attributes.includes(name);
}

export function variableOf(variable: Json): Variable {
  return {
    name: text(variable.name),
    value: text(variable.value),
    type: text(variable.type),
    reference: number(variable.variablesReference),
    expression: text(variable.evaluateName),
    late: isLate(variable),
    computed: hasAttribute(variable, "coderunner_computed"),
  };
}
