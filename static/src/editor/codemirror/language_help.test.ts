import { CompletionContext } from "@codemirror/autocomplete";
import { python } from "@codemirror/lang-python";
import { EditorState } from "@codemirror/state";
import { expect, it } from "vitest";
import type { CodeHelp } from "../intelligence/code_help";
import { suggestionSource } from "./language_help";

const found = { from: 0, to: 0, items: [], incomplete: false };
const help = { completions: async () => found } as unknown as CodeHelp;

async function suggests(doc: string, explicit: boolean): Promise<boolean> {
  const state = EditorState.create({ doc, extensions: python() });
  const context = new CompletionContext(state, doc.length, explicit);
  return (await suggestionSource(help)(context)) !== null;
}

it.each([
  ["x = pri", true],
  ["'text' + pri", true],
  ['x = "pri', false],
  ["'''\npri", false],
  ["x = 1  # pri", false],
])("suggests names and no words of texts while typing: %j", async (doc, wanted) => {
  expect(await suggests(doc, false)).toBe(wanted);
  expect(await suggests(doc, true)).toBe(true);
});
