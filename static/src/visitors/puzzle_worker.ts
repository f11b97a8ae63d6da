import { solved } from "./puzzle";
import type { Puzzle } from "../protocol.gen";

self.onmessage = ({ data }: MessageEvent<Puzzle>) => {
  self.postMessage(solved(data.puzzle, data.parts, data.bits));
};
