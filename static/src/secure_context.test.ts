import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

/**
 * Schools serve the site over plain HTTP by a name of their network. Browsers then lack everything
 * that needs a secure context; a page that uses it unasked does not start.
 */
const ROOT = fileURLToPath(new URL(".", import.meta.url));

/** What browsers give to secure contexts only. Not here: `crypto.getRandomValues`. */
const SECURE_ONLY = [
  /\bcrypto\s*(\?\.|\.)\s*(randomUUID|subtle)\b/,
  /\bnavigator\s*(\?\.|\.)\s*(clipboard|serviceWorker|storage|credentials|mediaDevices|locks|wakeLock|share|canShare|keyboard|hid|usb|serial|bluetooth|gpu|permissions|virtualKeyboard|windowControlsOverlay|setAppBadge|geolocation|getBattery|requestMIDIAccess|contacts|devicePosture|storageBuckets|xr)\b/,
  /\b(caches|cookieStore|showOpenFilePicker|showSaveFilePicker|showDirectoryPicker|queryLocalFonts|getScreenDetails|documentPictureInPicture)\b/,
  /\bnew\s+(Notification|PaymentRequest|IdleDetector|EyeDropper|SharedWorker|AudioWorkletNode|Accelerometer|Gyroscope|CloseWatcher|WebTransport|ReportingObserver|VideoDecoder|VideoEncoder|AudioDecoder|AudioEncoder|ImageDecoder|PressureObserver|PushManager)\b/,
  /\b(Notification\.requestPermission|PublicKeyCredential|SharedArrayBuffer|crossOriginIsolated|audioWorklet|ContentIndex|LaunchQueue|scheduler\.wait)\b/,
];
/** Each does without, or tells the user: `tests/e2e/test_plain_http.py`. */
const CHECKED = [
  "artifacts/views/picture_view.ts", // says that the picture was not copied
  "pages/passkey.ts", // says that passkeys need HTTPS
  "terminal/copy_text.ts", // tried after what needs no secure context
  "workspace/editing/clipboard.ts", // says which keys paste
];

function sources(): string[] {
  return readdirSync(ROOT, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !/\.(test|gen)\.ts$/.test(name))
    .map((name) => join(ROOT, name));
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "");
}

function found(text: string): string[] {
  const code = withoutComments(text);
  return SECURE_ONLY.flatMap((api) => code.match(api)?.[0] ?? []);
}

it("uses nothing that needs HTTPS where it is not checked", () => {
  const uses = sources()
    .map((path) => [relative(ROOT, path), found(readFileSync(path, "utf8"))] as const)
    .filter(([path, apis]) => apis.length > 0 && !CHECKED.includes(path));
  expect(uses).toEqual([]);
});

it.each(CHECKED)("%s still needs its exception", (path) => {
  expect(found(readFileSync(join(ROOT, path), "utf8"))).not.toEqual([]);
});

it.each([
  "const id = crypto.randomUUID();",
  "await navigator.clipboard.readText()",
  "navigator?.serviceWorker?.register('x')",
  "void navigator . storage . persist()",
  "await crypto.subtle.digest('SHA-256', x)",
  "new Notification('done')",
  "const file = await showOpenFilePicker()",
])("finds %s", (code) => {
  expect(found(code)).not.toEqual([]);
});

it.each([
  "crypto.getRandomValues(new Uint32Array(4))",
  "// over plain HTTP there is no navigator.clipboard",
  "event.clipboardData.setData('text/plain', text)",
  "localStorage.getItem('x')",
])("leaves %s alone", (code) => {
  expect(found(code)).toEqual([]);
});
