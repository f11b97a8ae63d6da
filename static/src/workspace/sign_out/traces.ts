import type { KeyValueStore } from "../chrome/browser_storage";

/** Removes everything that this browser, or this tab, has stored for a user. */
export function forgetUser(user: string, stores: readonly KeyValueStore[]): void {
  const prefix = `coderunner:${user}:`;
  for (const store of stores) {
    const names = Array.from({ length: store.length }, (_, index) => store.key(index));
    for (const name of names) {
      if (name?.startsWith(prefix)) store.removeItem(name);
    }
  }
}

/** The stores of this browser and of this tab; browsers may refuse access to them. */
export function userStores(): KeyValueStore[] {
  const stores: KeyValueStore[] = [];
  for (const read of [() => window.localStorage, () => window.sessionStorage]) {
    try {
      stores.push(read());
    } catch {
      // Nothing is stored there.
    }
  }
  return stores;
}
