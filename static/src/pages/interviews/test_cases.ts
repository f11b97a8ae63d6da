import type { CaseResult, CaseResults } from "../../protocol.gen";
import { csrfToken } from "../../terminal/ways/csrf_token";
import { find } from "../find";

const ASK_MS = 500;
const LONGEST_MS = 120_000; // in the queue, and while it runs

/** Runs the test cases of an interview one after the other, and shows how each has ended. */
export function bindTestCases(section: HTMLElement): void {
  const button = find<HTMLButtonElement>("run-tests");
  const said = find("tests-said");
  if (!button || !said) return;
  const { results = "", count = "0" } = section.dataset;
  button.hidden = false; // without JavaScript it is
  button.addEventListener("click", async () => {
    button.disabled = true;
    said.textContent = "";
    let passed = 0;
    try {
      for (let number = 0; number < Number(count); number += 1) {
        if (await runOne(section, results, number)) passed += 1;
      }
      said.textContent = `${passed} / ${count} ${section.dataset.passed ?? ""}`;
    } catch (error) {
      said.textContent = error instanceof Error ? error.message : "";
    } finally {
      button.disabled = false;
    }
  });
}

async function runOne(section: HTMLElement, results: string, number: number): Promise<boolean> {
  show(section, number, "running", "");
  const method = { method: "POST", headers: { "X-CSRFToken": csrfToken() } };
  const started = await asked<CaseResult>(`${results}${number}/`, method).catch(
    (error: unknown) => {
      show(section, number, "lost", "");
      throw error;
    },
  );
  let result = started;
  const until = performance.now() + LONGEST_MS;
  while (result.passed === null && result.running && performance.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, ASK_MS));
    const { results: all } = await asked<CaseResults>(results, {});
    result = all.find((one) => one.number === number) ?? result;
  }
  const state = result.passed === null ? "lost" : result.passed ? "passed" : "failed";
  show(section, number, state, result.output);
  return result.passed === true;
}

async function asked<Answer>(address: string, request: RequestInit): Promise<Answer> {
  const answer = await fetch(address, { ...request, signal: AbortSignal.timeout(20_000) });
  const body: unknown = await answer.json();
  if (answer.ok) return body as Answer;
  const { error } = body as { readonly error?: { readonly message?: string } };
  throw new Error(error?.message ?? String(answer.status));
}

function show(section: HTMLElement, number: number, state: string, output: string): void {
  const place = section.querySelector(`[data-test="${number}"]`);
  const badge = place?.querySelector<HTMLElement>("[data-role=state]");
  const printed = place?.querySelector<HTMLElement>("[data-role=output]");
  if (!badge || !printed) return;
  badge.dataset.state = state;
  badge.textContent = section.dataset[state] ?? "";
  printed.textContent = output;
}
