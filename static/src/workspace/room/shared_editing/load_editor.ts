import type { RoomEditor, RoomEditorInit } from "./room_editor";

/** Monaco does not support touch screens. */
export async function loadRoomEditor(touch: boolean, init: RoomEditorInit): Promise<RoomEditor> {
  if (touch) {
    const { CodeMirrorRoomEditor } = await import("./codemirror_room_editor");
    return new CodeMirrorRoomEditor(init);
  }
  const { loadMonaco } = await import("../../../editor/monaco_loader");
  await loadMonaco(async () => undefined); // its texts come before its modules
  const { MonacoRoomEditor } = await import("./monaco_room_editor");
  return new MonacoRoomEditor(init);
}
