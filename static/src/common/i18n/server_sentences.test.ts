import { expect, it } from "vitest";
import { CHECKED_CODES, type CheckedCode } from "../../protocol.gen";
import { problemSentence, useServerSentences } from "./server_sentences";

it("says what is wrong with a name as the server has said it", () => {
  const given = Object.fromEntries(CHECKED_CODES.map((code) => [code, `Satz ${code}.`]));
  useServerSentences(given as Record<CheckedCode, string>);
  expect(problemSentence("path_empty")).toBe("Satz path_empty.");
});
