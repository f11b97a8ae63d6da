import { describe, expect, it } from "vitest";
import type { ServerMessage } from "../../protocol.gen";
import { HelpRequest } from "./help_request";

const RUN = "00000000-0000-0000-0000-000000000007";

function attached(control: boolean): ServerMessage {
  return {
    type: "attached",
    run: RUN,
    status: "running",
    language: "python",
    control,
    input_seq: 0,
    output_bytes: 0,
  };
}

function control(requests: string[], you = false): ServerMessage {
  return { type: "control", run: RUN, holder: "ada", you, requests };
}

/** A request, and how often it was sent. */
function asking() {
  const sent = { times: 0 };
  const request = new HelpRequest(() => {
    sent.times += 1;
  });
  request.ask();
  return { request, sent };
}

describe("asking to type", () => {
  it("is said again when the terminal is found, and after a reconnect", () => {
    const { request, sent } = asking();
    request.receive(attached(false));
    request.receive(control(["teacher"]));
    request.receive(attached(false));
    expect(sent.times).toBe(3);
    expect(request.wanted).toBe(true);
  });

  it("ends with the yes of the student", () => {
    const { request, sent } = asking();
    request.receive(control(["teacher"]));
    expect(request.receive(attached(true))).toEqual({ answered: true });
    request.receive(attached(false)); // taken back
    expect(sent.times).toBe(1);
  });

  it("ends with the no of the student", () => {
    const { request, sent } = asking();
    expect(request.receive(control(["teacher"]))).toEqual({ answered: false });
    expect(request.receive(control([]))).toEqual({ answered: true });
    request.receive(attached(false));
    expect(sent.times).toBe(1);
  });

  it("waits while requests come too fast, and ends when it is refused", () => {
    const { request } = asking();
    const refused = { type: "error", message: "No.", run: null } as const;
    request.receive({ ...refused, code: "rate_limited" });
    expect(request.wanted).toBe(true);
    expect(request.receive({ ...refused, code: "not_allowed" })).toEqual({ answered: true });
  });

  it("is forgotten with the run", () => {
    const { request, sent } = asking();
    request.forget();
    request.receive(attached(false));
    expect(sent.times).toBe(1);
  });
});
