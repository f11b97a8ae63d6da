/** The element of the template, or an error that says which one is missing. */
export function byTestId<T extends HTMLElement = HTMLElement>(name: string): T {
  return found(document.querySelector<T>(`[data-testid="${name}"]`), name);
}

export function byId<T extends HTMLElement = HTMLElement>(name: string): T {
  return found(document.getElementById(name) as T | null, name);
}

function found<T>(element: T | null, name: string): T {
  if (element === null) throw new Error(`the page has no ${name}`);
  return element;
}
