import "../styles/try.css";
import { usePrefix } from "../common/base/paths";
import { useLanguage } from "../common/i18n/translate";
import { find } from "../pages/find";
import type { TryConfig } from "../protocol.gen";
import { inlineCode } from "./inline_code";
import { TryPanel } from "./panel";
import { tt } from "./texts";

async function begin(root: HTMLElement): Promise<void> {
  const config = JSON.parse(find("try-config")?.textContent ?? "{}") as TryConfig;
  const panel = new TryPanel(root, config.inline ? await withCode(root, config) : config);
  Object.assign(window, {
    coderunner: {
      getText: () => panel.getText(),
      setText: (text: string) => panel.setText(text),
      terminalText: () => panel.terminalText(),
    },
  });
}

async function withCode(root: HTMLElement, config: TryConfig): Promise<TryConfig> {
  const content = await inlineCode(config.source_bytes);
  const status = root.querySelector("[data-part=status]");
  if (content === null && status) status.textContent = tt("problem.no_code");
  return { ...config, files: [{ path: config.main, content: content ?? "" }] };
}

usePrefix(document.documentElement.dataset.prefix ?? "");
useLanguage(document.documentElement.lang, navigator.languages);
const root = find("try");
if (root) void begin(root);
