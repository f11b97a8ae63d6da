/** What browsers say of the device, where they do. */
interface Hints {
  /** In GiB, rounded; 8 stands for more, too. */
  readonly deviceMemory?: number;
  readonly connection?: { readonly saveData?: boolean };
}

const SMALL_GIB = 4;
const LARGE_GIB = 8;

const hints: Hints = navigator as Hints;

/** Has too little memory for a worker of 125 MiB, or a user who pays for what is loaded. */
export function isSmallDevice(): boolean {
  return (hints.deviceMemory ?? LARGE_GIB) <= SMALL_GIB || hints.connection?.saveData === true;
}

/** Has memory for two. Browsers that do not say so may be on a phone. */
export function isLargeDevice(): boolean {
  return (hints.deviceMemory ?? 0) >= LARGE_GIB;
}
