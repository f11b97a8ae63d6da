import { copyText } from "../terminal/copy_text";
import { colourCode } from "./colour";

const SAID_MS = 2000;

/** The buttons that copy a file are hidden without JavaScript. */
function listenForCopying(button: HTMLButtonElement): void {
  const code = button.closest(".file")?.querySelector("code");
  const word = button.textContent ?? "";
  let timer = 0;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const done = await copyText(code?.textContent ?? "");
    button.textContent = (done ? button.dataset.done : button.dataset.failed) ?? "";
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      button.textContent = word;
    }, SAID_MS);
  });
}

colourCode();
for (const button of document.querySelectorAll<HTMLButtonElement>(".copy-code"))
  listenForCopying(button);
