import { t } from "../../common/i18n/translate";
import type { SnippetContent } from "../../common/snippets/snippet";
import { contentOfExample, EXAMPLES } from "../../examples";
import { openDialog } from "../chrome/widgets/dialog";
import { make } from "../chrome/widgets/dom";

/** Lists the example programs; choosing one creates a snippet from it. */
export function openExamples(onChoose: (content: SnippetContent) => void): void {
  const { body, close } = openDialog(t("command.examples"), "wide");
  const cards = make("ul", { class: "examples" });
  for (const example of EXAMPLES) {
    const name = make("strong", {}, t(example.name));
    const hint = make("small", {}, t(example.hint));
    const card = make("button", { type: "button", class: "example" }, name, hint);
    card.addEventListener("click", async () => {
      const content = await contentOfExample(example);
      close();
      onChoose(content);
    });
    cards.append(make("li", {}, card));
  }
  body.append(cards);
}
