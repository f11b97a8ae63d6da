import wasm from "@wasm-fmt/gofmt/wasm?url";
import init, { format } from "@wasm-fmt/gofmt/web";
import { answer } from "./answering";
import { goFormat } from "./go_format";
import type { TextRequest } from "./text_request";

void answer(async () => {
  await init(wasm);
  return { format: (request: TextRequest) => goFormat(request, format) };
});
