import { describe, expect, it } from "vitest";
import { Api, ApiFailure } from "./api";

const CONTENT = { title: "T", language: "python", main: "a", files: [{ path: "a", content: "" }] };
const SNIPPET = { id: 3, version: 2, updated_at: "", share: null, ...CONTENT };

interface Asked {
  url: string;
  method: string | undefined;
  headers: Record<string, string>;
  body: unknown;
}

function answering(status: number, body: unknown): { api: Api; asked: Asked[] } {
  const asked: Asked[] = [];
  const api = new Api(
    () => "token",
    async (url, request) => {
      const sent = request?.body ? JSON.parse(String(request.body)) : undefined;
      const headers = request?.headers as Record<string, string>;
      asked.push({ url: String(url), method: request?.method, headers, body: sent });
      const empty = status === 204;
      return new Response(empty ? null : JSON.stringify(body), { status });
    },
  );
  return { api, asked };
}

it("creates what was never saved, and names the version of what was", async () => {
  const { api, asked } = answering(200, SNIPPET);
  await api.save({ id: null, version: 0 }, CONTENT);
  const answer = await api.save({ id: 3, version: 1 }, CONTENT);
  expect(asked.map(({ method, url }) => `${method} ${url}`)).toEqual([
    "POST /snippets/",
    "PUT /snippets/3/",
  ]);
  expect(asked[1]?.body).toEqual({ version: 1, ...CONTENT });
  expect(asked[1]?.headers["X-CSRFToken"]).toBe("token");
  expect(answer).toEqual({ kind: "saved", snippet: SNIPPET });
});

describe("a save that fails", () => {
  const error = { error: { code: "x", message: "No." } };
  it.each([
    [409, { ...error, current: SNIPPET }, { kind: "conflict", current: SNIPPET }],
    [403, { error: { code: "signed_out", message: "" } }, { kind: "signed_out" }],
    [403, error, { kind: "refused", message: "No." }],
    [404, error, { kind: "gone" }],
    [413, error, { kind: "refused", message: "No." }],
    [429, error, { kind: "unavailable" }],
    [502, "bad gateway", { kind: "unavailable" }],
  ])("by %i is an answer", async (status, body, answer) => {
    expect(await answering(status, body).api.save({ id: 3, version: 1 }, CONTENT)).toEqual(answer);
  });

  it("because nobody answers, too", async () => {
    const api = new Api(
      () => "",
      () => Promise.reject(new TypeError("network")),
    );
    expect(await api.save({ id: 3, version: 1 }, CONTENT)).toEqual({ kind: "offline" });
  });
});

it("asks for a page of the list by words", async () => {
  const { api, asked } = answering(200, { snippets: [], next: null, total: 0 });
  await api.list("a&b", 2);
  expect(asked[0]?.url).toBe("/snippets/?q=a%26b&page=2");
});

it("says what the server said when it refuses", async () => {
  const { api } = answering(400, { error: { code: "bad", message: "That name is too long." } });
  await expect(api.rename(3, "x")).rejects.toThrow(
    new ApiFailure("refused", "That name is too long."),
  );
});

it("deletes without an answer to read", async () => {
  const { api, asked } = answering(204, null);
  await api.remove(3);
  expect(asked[0]?.method).toBe("DELETE");
});
