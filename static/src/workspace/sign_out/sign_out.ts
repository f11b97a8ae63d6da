import { at } from "../../common/base/paths";
import { useLanguage } from "../../common/i18n/translate";
import { persistentStore } from "../chrome/browser_storage";
import { Api, csrfToken } from "../snippets/api";
import { Drafts, storeSaved } from "../snippets/drafts";
import { type Answer, signOut } from "./leaving";
import { askWhatToDo, showOffline } from "./sign_out_dialog";
import { forgetUser, userStores } from "./traces";

/** How long other windows may take to save, and how long all saving may take. */
const OTHERS_MS = 1500;
const SAVE_MS = 5000;
/** Says why it is there: in the window that opens it, not in whichever one asks first. */
const signInPage = (why: "here" | "elsewhere" | "deleted") =>
  at(`/accounts/login/?signed_out=${why}`);

/** What a page with an open program does before its user signs out. */
export interface OpenWindow {
  /** Of the draft of the open snippet. */
  key(): string;
  /** Saves the open snippet, as far as the server takes it. */
  save(): Promise<void>;
  /** From now on the window stores nothing in the browser. */
  stop(): void;
}

type WindowMessage = { readonly kind: "save" | "saved" | "left" | "deleted" };

let openWindow: OpenWindow | null = null;
let busy = false;
/** This window goes to the page that says so. */
let leaving = false;

function channelOf(user: string): BroadcastChannel {
  return new BroadcastChannel(`coderunner:${user}:sign-out`);
}

/** The workspace: takes part when its user signs out, here or in another window. */
export function takePart(user: string, part: OpenWindow): void {
  openWindow = part;
  const windows = channelOf(user);
  windows.addEventListener("message", async ({ data }: MessageEvent<WindowMessage>) => {
    if (data.kind === "save") {
      await part.save();
      windows.postMessage({ kind: "saved" } satisfies WindowMessage);
    } else if ((data.kind === "left" || data.kind === "deleted") && !leaving) {
      part.stop();
      forgetUser(user, userStores());
      location.replace(signInPage(data.kind === "left" ? "elsewhere" : "deleted"));
    }
  });
}

/** The account was deleted. */
export function forgetDeleted(user: string): void {
  forgetEverywhere(user, "deleted");
}

function forgetEverywhere(user: string, kind: "left" | "deleted"): void {
  channelOf(user).postMessage({ kind } satisfies WindowMessage);
  forgetUser(user, userStores());
}

/** Signs out by a form whose `data-sign-out` names the user. */
export async function signOutBy(form: HTMLFormElement): Promise<void> {
  if (busy) return;
  busy = true;
  useLanguage(document.documentElement.lang, navigator.languages);
  const user = form.dataset.signOut ?? "";
  const drafts = new Drafts(user, persistentStore());
  const unsaved = () => drafts.unsaved().flatMap((key) => drafts.get(key) ?? []);
  try {
    await signOut({
      saveAll: () => within(SAVE_MS, saveAll(user, drafts)),
      unsaved,
      decide: askWhatToDo,
      end: () => end(form),
      showOffline,
      showPage: () => form.submit(),
      forget: () => {
        leaving = true;
        openWindow?.stop();
        forgetEverywhere(user, "left");
      },
      leave: () => location.assign(signInPage("here")),
    });
  } finally {
    busy = false;
  }
}

async function saveAll(user: string, drafts: Drafts): Promise<void> {
  await openWindow?.save();
  if (drafts.unsaved().length > 0) await othersSave(user, drafts);
  const api = new Api(csrfToken, undefined, user);
  for (const key of drafts.unsaved()) {
    if (key === openWindow?.key()) continue; // has just been tried
    const draft = drafts.get(key);
    const result = draft && (await api.save(draft, draft.content));
    if (result?.kind === "saved") storeSaved(drafts, key, result.snippet);
  }
}

/** Another window saves its own program: saving its draft here would make a second one of it. */
async function othersSave(user: string, drafts: Drafts): Promise<void> {
  const windows = channelOf(user);
  const saved = new Promise<void>((resolve) => {
    windows.addEventListener("message", ({ data }: MessageEvent<WindowMessage>) => {
      if (data.kind === "saved" && drafts.unsaved().length === 0) resolve();
    });
  });
  windows.postMessage({ kind: "save" } satisfies WindowMessage);
  await within(OTHERS_MS, saved);
  windows.close();
}

async function within(milliseconds: number, work: Promise<unknown>): Promise<void> {
  await Promise.race([work, new Promise((late) => window.setTimeout(late, milliseconds))]);
}

async function end(form: HTMLFormElement): Promise<Answer> {
  const body = new URLSearchParams(
    [...new FormData(form)].map(([name, value]) => [name, String(value)]),
  );
  body.set("told_by_page", "yes"); // the page that is opened then says it
  const request: RequestInit = { method: "POST", body, redirect: "manual" };
  const answer = await fetch(form.action, request).catch(() => null);
  if (answer === null) return "offline";
  return answer.type === "opaqueredirect" ? "signed_out" : "page";
}
