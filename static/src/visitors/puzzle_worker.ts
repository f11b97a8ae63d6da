import type { Puzzle } from "../protocol.gen";
import { solved } from "./puzzle";

self.onmessage = ({ data }: MessageEvent<Puzzle>) => {
  self.postMessage(solved(data.puzzle, data.parts, data.bits));
};
