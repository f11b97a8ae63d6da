import { ct } from "../../common/classroom/class_text";
import { HelpRequest } from "../../common/classroom/help_request";
import type { ClientMessage, ServerMessage } from "../../protocol.gen";
import { button, make, say } from "./elements";

export interface HelpHost {
  send(message: ClientMessage): boolean;
}

/** Types into a student's terminal, after the student has agreed and until somebody ends it. */
export class HelpBar {
  readonly element = make("div", { class: "help-bar" });
  readonly #host: HelpHost;
  readonly #request = new HelpRequest(() => this.#host.send({ type: "request_control" }));
  readonly #ask: HTMLButtonElement;
  readonly #status = make("p", { class: "help-status", role: "status" });
  readonly #form = make("form", { class: "help-form" });
  readonly #field = make("input", {
    class: "field",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    "data-testid": "help-line",
  });
  #student = "";
  #seq = 0;
  #typing = false;

  constructor(host: HelpHost) {
    this.#host = host;
    this.#ask = button(ct("help.ask"), () => this.#askToType());
    this.#ask.dataset.testid = "help";
    const enter = make("button", { type: "submit", class: "button primary" }, ct("help.send"));
    const interrupt = button(ct("help.interrupt"), () => this.#type("\u0003"));
    const end = button(ct("help.end"), () => this.release());
    this.#form.append(this.#field, enter, interrupt, end);
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#type(`${this.#field.value}\r`);
      this.#field.value = "";
    });
    this.element.append(this.#ask, this.#status, this.#form);
    this.reset("", false);
  }

  /** Of another student, or another run. */
  reset(student: string, possible: boolean): void {
    if (this.#typing) this.release();
    this.#request.forget();
    this.#student = student;
    this.#field.setAttribute("aria-label", ct("help.line", { student }));
    this.#ask.hidden = !possible;
    this.#setTyping(false);
    say(this.#status, "");
  }

  receive(message: ServerMessage): void {
    const student = this.#student;
    const { answered } = this.#request.receive(message);
    if (message.type === "attached") {
      this.#seq = message.input_seq;
      if (this.#typing && !message.control) say(this.#status, ct("help.over", { student }));
      if (message.control) say(this.#status, ct("help.typing", { student }));
      this.#setTyping(message.control);
    } else if (message.type === "control") {
      if (answered && !this.#typing) say(this.#status, ct("help.over", { student }));
    } else if (message.type === "exit") {
      this.#setTyping(false);
      this.#ask.hidden = true;
      say(this.#status, "");
    } else if (message.type === "error") {
      say(this.#status, message.message);
    }
    this.#ask.disabled = this.#typing || this.#request.wanted;
  }

  release(): void {
    this.#host.send({ type: "release_control" });
  }

  #askToType(): void {
    this.#request.ask();
    this.#ask.disabled = true;
    say(this.#status, ct("help.asked", { student: this.#student }));
  }

  #setTyping(typing: boolean): void {
    if (typing && !this.#typing) queueMicrotask(() => this.#field.focus());
    this.#typing = typing;
    this.#form.hidden = !typing;
    this.#ask.disabled = typing;
  }

  #type(data: string): void {
    this.#seq += 1;
    this.#host.send({ type: "send_input", seq: this.#seq, data });
  }
}
