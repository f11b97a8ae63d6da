import type { InterviewTimer } from "../../protocol.gen";

export interface Countdown {
  readonly state: "waiting" | "open" | "running" | "over";
  /** Until the end, or of the whole where it has not begun; without an end 0. */
  readonly seconds: number;
}

/** What the timer of an interview shows; `now`: seconds since 1970 by the server's clock. */
export function countdown(timer: InterviewTimer, now: number): Countdown {
  const { minutes, started_at: started, ends_at: ends } = timer;
  if (started === null) return { state: "waiting", seconds: minutes * 60 };
  if (ends === null) return { state: "open", seconds: 0 };
  const seconds = Math.max(0, Math.ceil(ends - now));
  return { state: seconds > 0 ? "running" : "over", seconds };
}

/** Minutes and seconds, or hours, too. */
export function clockText(seconds: number): string {
  const two = (number: number) => String(number).padStart(2, "0");
  const whole = Math.max(0, Math.floor(seconds));
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const end = `${two(minutes)}:${two(whole % 60)}`;
  return hours > 0 ? `${hours}:${end}` : end;
}
