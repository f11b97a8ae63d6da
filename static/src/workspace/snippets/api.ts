import { at } from "../../common/base/paths";
import { t } from "../../common/i18n/translate";
import type { SavedVersion, SaveResult } from "../../common/snippets/autosave";
import type { SnippetContent } from "../../common/snippets/snippet";
import type {
  ActiveRun,
  ActiveRuns,
  ConflictBody,
  ErrorBody,
  LanguageExample,
  LanguageExamples,
  Languages,
  Preferences,
  Share,
  ShareChange,
  Snippet,
  SnippetPage,
} from "../../protocol.gen";

export { csrfToken } from "../../terminal/ways/csrf_token";

export type FailureKind = "offline" | "unavailable" | "signed_out" | "gone" | "refused";

/** A request that failed; the message can be shown to the user. */
export class ApiFailure extends Error {
  override readonly name = "ApiFailure";
  readonly kind: FailureKind;

  constructor(kind: FailureKind, message: string) {
    super(message);
    this.kind = kind;
  }
}

const TIMEOUT_MS = 15_000;
const UPLOAD_MS = 120_000;
const NOT_FOUND = 404;
const CONFLICT = 409;
const UNAUTHORIZED = 401;
const TOO_MANY = 429;
const OUR_FAULT = 500;

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** Client of the server's JSON API for snippets, preferences and the list of running programs. */
export class Api {
  readonly #fetch: typeof fetch;
  readonly #token: () => string;
  readonly #user: string;

  /**
   * `token` is read for each request: signing in again replaces it. `user` is whose page this is:
   * the server refuses requests when somebody else has signed in since.
   */
  constructor(token: () => string, fetcher: typeof fetch = (...args) => fetch(...args), user = "") {
    this.#token = token;
    this.#user = encodeURIComponent(user);
    this.#fetch = fetcher;
  }

  async list(query: string, page: number): Promise<SnippetPage> {
    const search = new URLSearchParams({ q: query, page: String(page) });
    return (await this.#ask("GET", `/snippets/?${search}`)) as SnippetPage;
  }

  async get(id: number): Promise<Snippet> {
    return (await this.#ask("GET", `/snippets/${id}/`)) as Snippet;
  }

  async remove(id: number): Promise<void> {
    await this.#ask("DELETE", `/snippets/${id}/`);
  }

  async restore(id: number): Promise<void> {
    await this.#ask("POST", `/snippets/${id}/restore/`, {});
  }

  async duplicate(id: number): Promise<Snippet> {
    return (await this.#ask("POST", `/snippets/${id}/duplicate/`, {})) as Snippet;
  }

  /** For a snippet that is not open: changes the title of its newest version. */
  async rename(id: number, title: string): Promise<Snippet> {
    const { version } = await this.get(id);
    return (await this.#ask("PUT", `/snippets/${id}/`, { version, title })) as Snippet;
  }

  /**
   * Returns the new share; null: only the owner can read the snippet. `update`: readers see the version
   * that is saved now. `visitors`: whether people without an account may run it; else as before.
   */
  async share(
    id: number,
    shared: boolean,
    embed: boolean,
    more: Pick<ShareChange, "update" | "visitors"> = {},
  ): Promise<Share | null> {
    const change = { shared, embed, ...more };
    const answer = await this.#ask("PUT", `/snippets/${id}/share/`, change);
    return "share" in (answer as object) ? (answer as Snippet).share : (answer as Share | null);
  }

  async examples(language: string): Promise<readonly LanguageExample[]> {
    const path = `/languages/${encodeURIComponent(language)}/examples/`;
    return ((await this.#ask("GET", path)) as LanguageExamples).examples;
  }

  /** What programs in Python may import beside the standard library; null: the server does not know. */
  async importable(): Promise<readonly string[] | null> {
    const { packages } = (await this.#ask("GET", "/languages/")) as Languages;
    return packages.length > 0 ? packages.flatMap(({ modules }) => modules) : null;
  }

  /** Any other answer. */
  read(path: string): Promise<unknown> {
    return this.#ask("GET", path);
  }

  /** Any other request; a form is sent as it is, with more time. */
  send(method: string, path: string, body?: unknown): Promise<unknown> {
    return this.#ask(method, path, body);
  }

  /** The user's runs that have not ended. */
  async activeRuns(): Promise<readonly ActiveRun[]> {
    return ((await this.#ask("GET", "/runs/active/")) as ActiveRuns).runs;
  }

  /** Those that are left. */
  async stopRun(run: string): Promise<readonly ActiveRun[]> {
    return ((await this.#ask("POST", `/runs/${run}/stop/`, {})) as ActiveRuns).runs;
  }

  async savePreferences(preferences: Preferences): Promise<void> {
    await this.#ask("PUT", "/preferences/", preferences);
  }

  /** Does not throw ApiFailure: autosave handles every failure. */
  async save(saved: SavedVersion, content: SnippetContent): Promise<SaveResult> {
    try {
      const { status, body } =
        saved.id === null
          ? await this.#send("POST", "/snippets/", content)
          : await this.#send("PUT", `/snippets/${saved.id}/`, {
              version: saved.version,
              ...content,
            });
      const current =
        status === CONFLICT ? (body as Partial<ConflictBody> | null)?.current : undefined;
      if (current) return { kind: "conflict", current };
      return { kind: "saved", snippet: understood(status, body) as Snippet };
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      const { kind, message } = error;
      return kind === "refused" ? { kind, message } : { kind };
    }
  }

  async #ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await this.#send(method, path, body);
    return understood(answer.status, answer.body);
  }

  async #send(method: string, path: string, body?: unknown): Promise<Answer> {
    const headers: Record<string, string> = { Accept: "application/json" };
    if (this.#user) headers["X-Page-User"] = this.#user;
    if (method !== "GET") headers["X-CSRFToken"] = this.#token();
    const form = body instanceof FormData;
    if (body !== undefined && !form) headers["Content-Type"] = "application/json";
    const signal = AbortSignal.timeout(form ? UPLOAD_MS : TIMEOUT_MS);
    // The server redirects to the sign-in page; that page is not JSON.
    const request: RequestInit = { method, headers, signal, redirect: "manual" };
    if (body !== undefined) request.body = form ? body : JSON.stringify(body);
    const response = await this.#fetch(at(path), request).catch(() => null);
    if (response === null) throw new ApiFailure("offline", t("api.offline"));
    if (response.type === "opaqueredirect") throw new ApiFailure("signed_out", t("api.signed_out"));
    return { status: response.status, body: await response.json().catch(() => null) };
  }
}

function understood(status: number, body: unknown): unknown {
  if (status < 300) return body;
  const error = (body as Partial<ErrorBody> | null)?.error;
  const message = typeof error?.message === "string" ? error.message : t("api.failed", { status });
  // A browser that lost its cookies is signed out; signing in also gives it a new CSRF token.
  const signedOut = error?.code === "signed_out" || error?.code === "csrf";
  if (status === UNAUTHORIZED || signedOut) throw new ApiFailure("signed_out", t("api.signed_out"));
  if (status === NOT_FOUND) throw new ApiFailure("gone", message);
  // Both are temporary.
  if (status >= OUR_FAULT || status === TOO_MANY) throw new ApiFailure("unavailable", message);
  throw new ApiFailure("refused", message);
}
