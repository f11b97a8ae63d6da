import init, { PositionEncoding, Workspace } from "@astral-sh/ruff-wasm-web";
import { answer } from "./answering";
import { type CheckRequest, type FormatRequest, Ruff } from "./ruff";

void answer(async () => {
  await init();
  const ruff = new Ruff((options) => new Workspace(options, PositionEncoding.Utf16));
  return {
    check: (request: CheckRequest) => ruff.check(request),
    format: (request: FormatRequest) => ruff.format(request),
  };
});
