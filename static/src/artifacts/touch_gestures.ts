const SWIPE_PX = 50;
const TAP_PX = 10;
const DOUBLE_MS = 350;

export interface GestureHost {
  /** All of it is seen: a finger that moves sideways means another one. */
  fits(): boolean;
  scale(): number;
  setScale(scale: number): void;
  swiped(by: number): void;
  /** Twice. */
  tapped(): void;
}

interface Finger {
  readonly from: Point;
  at: Point;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Two fingers enlarge, a swipe goes on to the next one, and two taps go between fit and full size. */
export function touchGestures(element: HTMLElement, host: GestureHost): void {
  const fingers = new Map<number, Finger>();
  let pinch: { readonly apart: number; readonly scale: number } | null = null;
  let lastTap = 0;
  const apart = () => {
    const [one, two] = [...fingers.values()];
    return one && two ? Math.hypot(one.at.x - two.at.x, one.at.y - two.at.y) : 0;
  };
  element.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "touch") return;
    const at = { x: event.clientX, y: event.clientY };
    fingers.set(event.pointerId, { from: at, at });
    if (fingers.size === 2) pinch = { apart: Math.max(1, apart()), scale: host.scale() };
  });
  element.addEventListener("pointermove", (event) => {
    const finger = fingers.get(event.pointerId);
    if (!finger) return;
    finger.at = { x: event.clientX, y: event.clientY };
    if (pinch && fingers.size === 2) host.setScale((pinch.scale * apart()) / pinch.apart);
  });
  element.addEventListener("pointerup", (event) => {
    const finger = fingers.get(event.pointerId);
    fingers.delete(event.pointerId);
    if (!finger) return;
    if (pinch) {
      if (fingers.size === 0) pinch = null;
      return;
    }
    const [x, y] = [event.clientX - finger.from.x, event.clientY - finger.from.y];
    if (Math.abs(x) > SWIPE_PX && Math.abs(x) > 2 * Math.abs(y)) {
      if (host.fits()) host.swiped(x < 0 ? 1 : -1);
    } else if (Math.hypot(x, y) < TAP_PX) {
      const again = event.timeStamp - lastTap < DOUBLE_MS;
      lastTap = again ? 0 : event.timeStamp;
      if (again) host.tapped();
    }
  });
  const lost = ({ pointerId }: PointerEvent) => {
    fingers.delete(pointerId);
    if (fingers.size === 0) pinch = null;
  };
  element.addEventListener("pointercancel", lost);
  element.addEventListener("dblclick", (event) => {
    if (!(event.target as Element).closest("table, audio")) host.tapped();
  });
}
