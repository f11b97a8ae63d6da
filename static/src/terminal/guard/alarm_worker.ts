// A clock beside the page: browsers delay the timeouts of a hidden page, but not those of its workers.
self.onmessage = ({ data }: MessageEvent<number>) => {
  self.setTimeout(() => self.postMessage(null), data);
};
