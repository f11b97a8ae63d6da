import type { FormatResult } from "../../editor/checks/ruff";
import type { TextRequest } from "../../editor/checks/text_request";
import type { LanguageOption } from "../../protocol.gen";
import { WorkerOnDemand } from "./checks_client";

type Formatter = LanguageOption["formatter"];

/** The formatters beside ruff; each is loaded with the first file that needs it, in a worker. */
export class FormatterClient {
  readonly #workers = new Map<Formatter, WorkerOnDemand>();
  readonly #failed: () => void;

  constructor(failed: () => void) {
    this.#failed = failed;
  }

  /** Null: no answer. */
  async format(formatter: Formatter, request: TextRequest): Promise<FormatResult | null> {
    let worker = this.#workers.get(formatter);
    if (!worker) {
      const Made = await made(formatter);
      if (!Made) return null;
      worker = new WorkerOnDemand(() => new Made(), this.#failed);
      this.#workers.set(formatter, worker);
    }
    return (await worker.request("format", request)) as FormatResult | null;
  }
}

async function made(formatter: Formatter): Promise<(new () => Worker) | null> {
  switch (formatter) {
    case "prettier":
      return (await import("../../editor/checks/prettier_worker?worker")).default;
    case "clang-format":
      return (await import("../../editor/checks/clang_format_worker?worker")).default;
    case "gofmt":
      return (await import("../../editor/checks/gofmt_worker?worker")).default;
    default:
      return null;
  }
}
