export const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
export const isWindows = navigator.platform.startsWith("Win");
