/** Null if the page has no such element: a run without output has no replay. */
export function find<Kind extends HTMLElement>(id: string): Kind | null {
  return document.getElementById(id) as Kind | null;
}

export function setHidden(id: string, hidden: boolean): void {
  const element = find(id);
  if (element) element.hidden = hidden;
}
