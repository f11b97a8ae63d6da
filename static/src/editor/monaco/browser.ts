import "monaco-editor/editor/browser/editorExtensions.js";
