/**
 * Puts text on the clipboard, from a key or a click of the user; whether that worked. First by the
 * browser's event: that needs neither HTTPS nor permission, and leaves focus and selection alone.
 */
export async function copyText(text: string): Promise<boolean> {
  if (copyByEvent(text)) return true;
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // refused; over plain HTTP, there is no `navigator.clipboard`
  }
}

function copyByEvent(text: string): boolean {
  let copied = false;
  const copy = (event: ClipboardEvent) => {
    event.clipboardData?.setData("text/plain", text);
    event.preventDefault();
    event.stopPropagation();
    copied = event.clipboardData !== null;
  };
  document.addEventListener("copy", copy, { capture: true });
  document.execCommand("copy");
  document.removeEventListener("copy", copy, { capture: true });
  return copied;
}
