import { byRules, type Explanation, type Fault, say } from "../fault";
import { BY_MESSAGE } from "./by_message";
import { explainSource } from "./by_source";
import { explainNoCode } from "./no_code";

/** Of a SyntaxError, IndentationError or TabError: never nothing. */
export function explainSyntax(fault: Fault): Explanation {
  return (
    explainNoCode(fault) ?? byRules(BY_MESSAGE, fault) ?? explainSource(fault) ?? fallback(fault)
  );
}

function fallback({ line }: Fault): Explanation {
  return say("syntax.any", { line });
}
