// Measures the workspace from outside: injected before its scripts, for any revision and renderer.
// All times are milliseconds on the clock of performance.now().
(() => {
  const FRAME_GAP_MS = 300; // no drawing for so long: all is drawn
  const now = () => performance.now();
  const drawings = new Set(); // of listeners; each drawing of the terminal calls them

  // --- What the terminal draws: rows of the DOM, or calls of WebGL -------------------------------
  function drew() {
    for (const listener of [...drawings]) listener();
  }
  for (const call of ["drawArrays", "drawElements", "drawArraysInstanced", "drawElementsInstanced"]) {
    const original = WebGL2RenderingContext.prototype[call];
    WebGL2RenderingContext.prototype[call] = function (...how) {
      original.apply(this, how);
      drew();
    };
  }
  const isRow = ({ target }) =>
    (target.nodeType === Node.TEXT_NODE ? target.parentElement : target)?.closest(".xterm-rows");
  new MutationObserver((changes) => {
    if (drawings.size > 0 && changes.some(isRow)) drew();
  }).observe(document, { subtree: true, childList: true, characterData: true });

  let inFrame = false;
  const request = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (callback) =>
    request((time) => {
      inFrame = true;
      try {
        callback(time);
      } finally {
        // After the microtasks of observers, which see what the callback has changed.
        queueMicrotask(() => { inFrame = false; });
      }
    });

  /** Calls back when style, layout, paint and commit of this frame, or of the next one, are done. */
  function afterFrame(callback) {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => callback(now());
    if (inFrame) port2.postMessage(null);
    else request(() => port2.postMessage(null));
  }

  // --- Frames of the WebSocket, and input -----------------------------------------------------------
  let steps = {};
  const first = (name) => {
    steps[name] ??= now();
  };
  window.WebSocket = class extends WebSocket {
    constructor(...how) {
      super(...how);
      this.addEventListener("message", ({ data }) => {
        first(typeof data === "string" ? "message" : "output");
        if (typeof data !== "string") probe.received += data.byteLength;
      });
    }
    send(data) {
      if (typeof data === "string" && !data.includes('"ack"') && !data.includes('"ping"')) first("sent");
      super.send(data);
    }
  };
  for (const name of ["click", "keydown"]) {
    addEventListener(name, (event) => { steps.event ??= event.timeStamp; }, true);
  }

  // --- Milestones of loading --------------------------------------------------------------------
  const milestones = {};
  const MILESTONES = {
    run: '[data-testid="run"]:enabled',
    connected: '[data-testid="connection"][data-state="connected"]',
    editor: ".view-line",
  };
  const loading = new MutationObserver(() => {
    for (const [name, selector] of Object.entries(MILESTONES)) {
      if (!(name in milestones) && document.querySelector(selector)) milestones[name] = now();
    }
    if (Object.keys(milestones).length === Object.keys(MILESTONES).length) loading.disconnect();
  });
  loading.observe(document, {
    subtree: true, childList: true, attributes: true, attributeFilter: ["disabled", "data-state"],
  });

  // --- Long tasks and frames ---------------------------------------------------------------------
  const longTasks = [];
  const note = (list) => longTasks.push(...list.getEntries().map((entry) => [entry.startTime, entry.duration]));
  const observer = new PerformanceObserver(note);
  observer.observe({ type: "longtask", buffered: true });
  function tasksSince(time) {
    note({ getEntries: () => observer.takeRecords() });
    return longTasks.filter(([start]) => start >= time).map(([, duration]) => duration);
  }

  let shown = null;
  const probe = {
    received: 0,
    /** From the next event on: until the terminal shows a text that `pattern` matches, and that it
     * does not show now. `pattern` has one group. */
    watch(pattern) {
      const found = () => new RegExp(pattern).exec(window.coderunner.terminalText())?.[1];
      const before = found();
      steps = {};
      shown = new Promise((resolve) => {
        const listener = () => {
          if (!("event" in steps) || (found() ?? before) === before) return;
          drawings.delete(listener);
          const drawn = now();
          afterFrame((done) => resolve({ ...steps, drawn, done }));
        };
        drawings.add(listener);
      });
    },
    shown: () => shown,
    /** From the next event on: until `bytes` were received and all of them are drawn. */
    watchFlood(bytes) {
      steps = {};
      probe.received = 0;
      let [last, frame, worst, timer] = [0, 0, 0, 0];
      shown = new Promise((resolve) => {
        const end = () => {
          drawings.delete(listener);
          clearInterval(timer);
          resolve({ took: last - steps.event, worst, tasks: tasksSince(steps.event) });
        };
        const listener = () => { last = now(); };
        const tick = (time) => {
          if (frame && steps.event && last) worst = Math.max(worst, time - frame);
          frame = time;
          if (drawings.has(listener)) request(tick);
        };
        drawings.add(listener);
        request(tick);
        timer = setInterval(() => {
          if (probe.received >= bytes && now() - last > FRAME_GAP_MS) end();
        }, 50);
      });
    },
    /** When the page has loaded everything. */
    loaded() {
      const [paint] = performance.getEntriesByName("first-contentful-paint");
      return { ...milestones, paint: paint?.startTime ?? null, tasks: tasksSince(0) };
    },
  };
  window.pageProbe = probe;
})();
