import { parser } from "@lezer/python";

export type Node = ReturnType<typeof parser.parse>["topNode"];

/** For all files of a question that a key has asked: it is answered on the page's main thread. */
const PARSE_MS = 100;
/** How often a parser that takes steps of microseconds looks at the clock. */
const STEPS = 64;

/** When a question that is asked now has to be answered. */
export function parseUntil(milliseconds = PARSE_MS): number {
  return performance.now() + milliseconds;
}

/** The rest of the text is left out after a time; of broken text, the parser tries many readings. */
export function treeOf(text: string, until: number): Node {
  const parse = parser.startParse(text);
  let tree = parse.advance();
  for (let step = 1; tree === null; step += 1) {
    const late = step % STEPS === 0 && performance.now() > until;
    if (late && parse.stoppedAt === null) parse.stopAt(parse.parsedPos);
    tree = parse.advance();
  }
  return tree.topNode;
}

export function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(child);
  return children;
}
