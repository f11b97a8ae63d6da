import init, { format } from "@wasm-fmt/clang-format/vite";
import { answer } from "./answering";
import { clangStyle } from "./clang_style";
import { formatResult, type TextRequest } from "./text_request";

void answer(async () => {
  await init();
  return {
    format: ({ text, path, target }: TextRequest) =>
      formatResult(text, format(text, path, clangStyle(path, target.tabSize))),
  };
});
