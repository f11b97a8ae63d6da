/** CodeMirror knows `${1:name}` alone, takes 0 for the first place, and has no other escapes. */
export function codemirrorTemplate(text: string): string {
  return text.replace(
    /\\([\\$])|\$\{(\d+)(:[^}]*)?\}|\$(\d+)/g,
    (_, escaped: string | undefined, number: string, name = "", bare: string | undefined) => {
      if (escaped !== undefined) return escaped;
      const place = bare ?? number;
      return `\${${place === "0" ? "99" : place}${name}}`;
    },
  );
}
