import { beforeEach, expect, it } from "vitest";
import { FakeTimer } from "../base/fake_timer";
import { Answers } from "./answers";

let timer: FakeTimer;
let wanted: boolean;
let answers: Answers;

beforeEach(() => {
  timer = new FakeTimer();
  wanted = true;
  answers = new Answers(timer, () => wanted);
});

const bytes = (text: string) => new TextEncoder().encode(text);

/** What of the output may be answered, in capitals. */
function output(start: number, text: string): string {
  return answers
    .pieces(start, bytes(text))
    .map(({ piece, wants }) => {
      const shown = new TextDecoder().decode(piece);
      return wants?.() ? shown.toUpperCase() : shown;
    })
    .join("|");
}

it("lets what has just been printed be answered", () => {
  expect(output(0, "now")).toBe("NOW");
});

it("lets nothing be answered that was printed before the window was attached", () => {
  answers.printedBefore(8);
  expect(output(0, "past")).toBe("past");
  expect(output(4, "pastnow")).toBe("past|NOW");
  expect(output(11, "now")).toBe("NOW");
});

it("remembers the newest end of the past", () => {
  answers.printedBefore(8);
  answers.printedBefore(4);
  expect(output(4, "past")).toBe("past");
});

it("asks again whether answers are wanted when the terminal has them", () => {
  const [piece] = answers.pieces(0, bytes("now"));
  wanted = false;
  expect(piece?.wants?.()).toBe(false);
});

it("lets nothing be answered that came while the program did not want answers", () => {
  wanted = false;
  const [piece] = answers.pieces(0, bytes("before"));
  wanted = true;
  expect(piece?.wants).toBeUndefined();
});

it.each([
  ["output", () => undefined],
  ["its clock", () => timer.elapse()],
])(
  "lets nothing be answered that waited for a page that was paused, whichever comes first: %s",
  (_, first) => {
    expect(output(0, "now")).toBe("NOW");
    timer.at = 5000;
    first();
    expect(output(3, "late")).toBe("late");
    timer.at = 5500;
    expect(output(7, "late")).toBe("late");
    timer.at = 6100;
    timer.elapse();
    expect(output(11, "now")).toBe("NOW");
  },
);

it("takes a program that prints nothing for long for no pause", () => {
  expect(output(0, "now")).toBe("NOW");
  for (timer.at = 0; timer.at < 60_000; timer.at += 500) timer.elapse();
  expect(output(3, "now")).toBe("NOW");
});

it("keeps no time after the end", () => {
  output(0, "now");
  answers.end();
  timer.at = 60_000;
  expect(output(3, "now")).toBe("NOW");
});
