import { type Place, PlaceFinder } from "../common/languages/places";
import { offsetOf } from "../common/languages/text_offset";
import type { PlaceUser } from "../terminal/text/place_links";

/** Leads from places that a terminal names to the code that is shown on the same page. */
export function placesInCode(): PlaceUser {
  const files = new Map<string, HTMLElement>();
  for (const code of document.querySelectorAll<HTMLElement>(".run-files code[data-path]")) {
    files.set(code.dataset.path ?? "", code);
  }
  const finder = new PlaceFinder([], [...files.keys()], "");
  return { finder: () => finder, chosen: (place) => show(place, files.get(place.path)) };
}

/** Scrolls to a line and selects it: whoever uses the keyboard goes on from there. */
function show({ line }: Place, code: HTMLElement | undefined): void {
  if (!code) return;
  const text = code.textContent ?? "";
  const from = offsetOf(text, line);
  const range = rangeOf(code, from, offsetOf(text, line, Number.MAX_SAFE_INTEGER));
  const around = code.closest<HTMLElement>("pre");
  around?.focus({ preventScroll: true });
  const selection = document.getSelection();
  selection?.removeAllRanges();
  selection?.addRange(range);
  if (around) {
    const { top } = range.getBoundingClientRect();
    around.scrollTop += top - around.getBoundingClientRect().top - around.clientHeight / 2;
  }
  const { top, bottom } = range.getBoundingClientRect();
  if (top < 0 || bottom > window.innerHeight) window.scrollBy(0, top - window.innerHeight / 2);
}

/** Of the characters between two offsets of an element's text, which has one element per token. */
function rangeOf(code: HTMLElement, from: number, to: number): Range {
  const range = document.createRange();
  range.selectNodeContents(code);
  const texts = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
  let before = 0;
  let started = false;
  while (texts.nextNode()) {
    const node = texts.currentNode as Text;
    const after = before + node.data.length;
    if (!started && from <= after) {
      range.setStart(node, from - before);
      started = true;
    }
    if (to <= after) {
      range.setEnd(node, to - before);
      break;
    }
    before = after;
  }
  return range;
}
