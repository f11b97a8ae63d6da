import "monaco-editor/features/find/register.js";
