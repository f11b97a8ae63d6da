// biome-ignore-all lint/suspicious/noTemplateCurlyInString: places of templates look like that
import { expect, it } from "vitest";
import { codemirrorTemplate } from "./template";

it.each([
  ["for ${1:i} in $2:\n\t$0", "for ${1:i} in ${2}:\n\t${99}"],
  ["\\$${1:name} = ${0:1};", "$${1:name} = ${99:1};"],
  ["'\\\\n'", "'\\n'"],
  ["no places", "no places"],
])("writes %j as CodeMirror reads it", (text, expected) => {
  expect(codemirrorTemplate(text)).toBe(expected);
});
