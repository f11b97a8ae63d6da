import { Emitter } from "../../common/base/emitter";
import { dateTime } from "../../common/i18n/dates";
import { t } from "../../common/i18n/translate";
import type { Share, ShareChange } from "../../protocol.gen";
import { copyText } from "../../terminal/copy_text";
import { keyWords } from "../chrome/commands";
import { readConfig } from "../chrome/config";
import { openDialog } from "../chrome/widgets/dialog";
import { make } from "../chrome/widgets/dom";
import { toast } from "../chrome/widgets/toasts";
import type { Api } from "./api";
import type { SnippetSession } from "./snippet_session";

type More = Pick<ShareChange, "update" | "visitors">;

const EMBED_HEIGHT = 480;

/** Controls who may read the snippet: the owner, everyone with the link, and course pages. */
export class ShareDialog {
  readonly #didChange = new Emitter();
  /** The server has stored new settings. */
  readonly onDidChange = this.#didChange.event;
  readonly #api: Api;
  readonly #session: SnippetSession;
  /** Whether the site lets other pages show snippets at all. */
  readonly #embedding = readConfig().embedding;
  /** Whether people without an account may run snippets at all. */
  readonly #visitors = readConfig().visitors;

  constructor(api: Api, session: SnippetSession) {
    this.#api = api;
    this.#session = session;
  }

  async open(): Promise<void> {
    // A first share, and an update, show the version on the server.
    if (this.#session.id === null || this.#session.saveState !== "saved")
      await this.#session.saveNow();
    const { id } = this.#session;
    if (id === null) {
      toast(t("share.unsaved"), "problem");
      return;
    }
    const { body } = openDialog(t("command.share"), "share-dialog");
    this.#fill(body, id, this.#session.share);
  }

  #changedSince(share: Share): boolean {
    return share.version !== this.#session.version;
  }

  #fill(body: HTMLElement, id: number, share: Share | null): void {
    const change = async (shared: boolean, embed: boolean, more: More = {}) => {
      try {
        if (more.update) await this.#session.saveNow();
        const answer = await this.#api.share(id, shared, embed, more);
        if (id === this.#session.id) this.#session.setShare(answer);
        this.#didChange.fire();
        this.#fill(body, id, answer);
      } catch (error) {
        toast(error instanceof Error ? error.message : String(error), "problem");
        this.#fill(body, id, share);
      }
    };
    const shared = checkbox(t("share.link"), t("share.link_help"), share !== null, (on) =>
      change(on, false),
    );
    body.replaceChildren(shared);
    if (share) body.append(copyable(t("share.url"), absolute(share.url)));
    if (share?.shared_at) {
      const update = () => change(true, share.embed, { update: true });
      body.append(sharedVersion(share.shared_at, this.#changedSince(share), update));
    }
    if (share && this.#embedding) {
      const embedded = checkbox(t("share.embed"), t("share.embed_help"), share.embed, (on) =>
        change(true, on),
      );
      body.append(embedded);
      if (share.embed) body.append(copyable(t("share.code"), embedCode(share)));
    }
    if (share && this.#visitors) {
      const opened = checkbox(
        t("share.visitors"),
        t("share.visitors_help"),
        share.visitors ?? false,
        (on) => change(true, share.embed, { visitors: on }),
      );
      opened.dataset.testid = "visitors";
      body.append(opened);
      if (share.visitors && share.try_url) {
        const address = absolute(share.try_url);
        body.append(copyable(t("share.try_url"), address));
        body.append(copyable(t("share.try_code"), tryCode(address)));
      }
    }
    body.querySelector("input")?.focus();
  }
}

/** Says which version readers see, and offers to show them the one of now. */
function sharedVersion(sharedAt: string, changed: boolean, update: () => void): HTMLElement {
  const says = t("share.version", { time: dateTime(sharedAt) });
  const words = make("p", {}, `${says} ${t(changed ? "share.changed" : "share.same")}`);
  const part = make("div", { class: "shared-version", role: "status" }, words);
  if (!changed) return part;
  const button = make("button", { type: "button", class: "button" }, t("share.update"));
  button.addEventListener("click", () => {
    button.disabled = true;
    update();
  });
  part.append(button);
  return part;
}

function absolute(url: string): string {
  return new URL(url, location.origin).href;
}

/** As docs/embedding.md describes it. */
function tryCode(address: string): string {
  const script = new URL("../../embed.js", address).href;
  return `<script src="${script}" defer></script><code-runner src="${address}"></code-runner>`;
}

function embedCode(share: Share): string {
  const source = absolute(share.embed_url);
  return `<iframe src="${source}" width="100%" height="${EMBED_HEIGHT}" loading="lazy"></iframe>`;
}

function checkbox(
  label: string,
  help: string,
  on: boolean,
  changed: (on: boolean) => void,
): HTMLElement {
  const box = make("input", { type: "checkbox", checked: on });
  box.addEventListener("change", () => {
    box.disabled = true;
    changed(box.checked);
  });
  const words = make("span", {}, make("strong", {}, label), make("small", {}, help));
  return make("label", { class: "choice" }, box, words);
}

function copyable(label: string, text: string): HTMLElement {
  const field = make("input", { readonly: true, value: text, "aria-label": label });
  field.addEventListener("focus", () => field.select());
  const button = make("button", { type: "button", class: "button" }, t("command.copy"));
  button.addEventListener("click", async () => {
    const done = await copyText(text);
    if (!done) field.select();
    button.textContent = done ? t("copied") : t("copy_by_hand", { keys: keyWords("Mod+C") ?? "" });
  });
  return make("div", { class: "copyable" }, field, button);
}
