import "monaco-editor/editor/common/core/range.js";
