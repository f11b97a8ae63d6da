import "../styles/classes.css";
import "../styles/interviews.css";
import { find } from "./find";

/** The pages of interviews: most work without a script. */
const tests = find("interview-tests");
if (tests) void import("./interviews/test_cases").then(({ bindTestCases }) => bindTestCases(tests));
const playback = find("interview-playback");
if (playback) {
  void import("./interviews/playback_view")
    .then(({ PlaybackView }) => new PlaybackView(playback).load())
    .catch((error: unknown) => {
      playback.textContent = playback.dataset.failed ?? "";
      console.error(error);
    });
}
for (const field of document.querySelectorAll<HTMLInputElement>("input[readonly]")) {
  field.addEventListener("focus", () => field.select());
}
