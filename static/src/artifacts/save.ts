import { make } from "./elements";

/** Saves what an address leads to as a file; false if there is no address. */
export async function save(address: Promise<string>, name: string): Promise<boolean> {
  const href = await address.catch(() => null);
  if (href === null) return false;
  const link = make("a", { href, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  return true;
}
