// size: one page, and what connects its parts
import "../../styles/overlays.css";
import "../../styles/room.css";
import "../../styles/room_interview.css";
import * as Y from "yjs";
import { inputDevice } from "../../common/base/input_device";
import { useLanguage } from "../../common/i18n/translate";
import { fileLanguage, type LanguageRules } from "../../common/languages/file_language";
import type { Theme } from "../../common/preferences";
import { rt } from "../../common/rooms/room_text";
import type { LanguageOption, LineSaid, RoomJoined, RoomServerMessage } from "../../protocol.gen";
import { timer } from "../../terminal/timer";
import { byId } from "../chrome/widgets/dom";
import { toast } from "../chrome/widgets/toasts";
import { ChatView } from "./chat_view";
import { FilesBar } from "./files_bar";
import { InterviewBar } from "./interview_bar";
import { PeopleView } from "./people_view";
import { RoomConnection, type RoomConnectionState } from "./room_connection";
import type { RoomDocument } from "./room_document";
import { followTheme, hideAbsence, Panes, showAbsence, showLost } from "./room_page";
import { RoomSync } from "./room_sync";
import { RoomTerminal } from "./room_terminal";
import { loadRoomEditor } from "./shared_editing/load_editor";
import { type Peer, Peers } from "./shared_editing/peers";
import type { RoomEditor } from "./shared_editing/room_editor";
import { Tickets } from "./tickets";

interface Config {
  readonly room: number;
  readonly user: string;
  readonly language: string;
  readonly languages: readonly (LanguageRules & LanguageOption)[];
  readonly ticket: string;
  readonly standing: string;
  readonly start_bytes: number;
}

const COMPOSED_MS = 100;

/** The page of a room: what several people write, run and say together. */
class RoomPage {
  readonly #config: Config;
  readonly #connection: RoomConnection;
  readonly #sync: RoomSync;
  readonly #terminal: RoomTerminal;
  readonly #people = new PeopleView(byId("room-people"));
  readonly #files = new FilesBar(byId("room-files"), {
    open: (key) => this.#open(key),
    undo: () => this.#editor?.undo(),
    redo: () => this.#editor?.redo(),
  });
  readonly #panes = new Panes(byId("room"));
  readonly #chat: ChatView;
  /** Where the room is one of an interview. */
  readonly #interview: InterviewBar | null;
  readonly #tickets: Tickets;
  #peers: Peers;
  #editor: RoomEditor | null = null;
  #joined: RoomJoined | null = null;
  #shown = "";
  #theme: Theme = "light";
  #composed = 0;
  #savedSeq = 0;
  /** Why the text is not saved: a reason code, or empty. */
  #notSaved = "";

  constructor(config: Config) {
    this.#config = config;
    this.#tickets = new Tickets(config, config.user);
    this.#connection = new RoomConnection({
      room: config.room,
      ticket: () => this.#tickets.fresh(),
      user: config.user,
      standing: () => this.#tickets.standing(),
    });
    this.#sync = new RoomSync({
      timer,
      send: (message) => this.#connection.send(message),
      sendFrame: (frame) => this.#connection.sendFrame(frame),
      renewed: (document, lost) => this.#renew(document, lost),
      synced: () => this.#drawFiles(),
    });
    this.#peers = this.#newPeers();
    this.#watchFiles(this.#sync.document);
    this.#interview = InterviewBar.ofPage({
      languages: config.languages,
      document: () => this.#sync.document,
      opened: (key) => this.#open(key),
    });
    this.#terminal = new RoomTerminal({
      room: config.room,
      user: config.user,
      language: () => this.#interview?.language(this.#sync.document) ?? config.language,
      startBytes: config.start_bytes,
      mayType: () => !this.#readOnly,
      ticket: () => this.#tickets.last,
      program: () => this.#sync.document.program,
      nameOf: (user) => this.#people.nameOf(user),
    });
    const form = byId<HTMLFormElement>("room-say");
    this.#chat = new ChatView(byId("room-lines"), form, {
      user: config.user,
      say: (text) => this.#connection.send({ type: "say", text }),
      unsaid: (text) => toast(rt("chat.unsaid", { text }), "problem"),
      colourOf: (user) => this.#people.colourOf(user),
    });
    this.#people.chosen = () => this.#follow();
    this.#connection.onDidReceive((message) => this.#receive(message));
    this.#connection.onDidReceiveUpdate((update) => this.#sync.take(update));
    this.#connection.onDidChangeState((state) => this.#showConnection(state));
  }

  async open(): Promise<void> {
    await this.#tickets.fresh().catch(() => ""); // the connection asks again
    void this.#connection.open();
    const input = {
      hovers: window.matchMedia("(hover: hover)").matches,
      coarse: window.matchMedia("(pointer: coarse)").matches,
      touchPoints: navigator.maxTouchPoints,
      platform: navigator.platform,
    };
    followTheme((theme) => this.#setTheme(theme));
    const parent = byId("room-editor");
    const init = {
      parent,
      label: rt("editor.label"),
      readOnly: this.#readOnly,
      theme: this.#theme,
      composing: (begins: boolean) => this.#compose(begins),
    };
    const touch = inputDevice(input) === "touch";
    this.#terminal.view.touch = touch;
    await Promise.all([
      this.#terminal.open(),
      loadRoomEditor(touch, init).then((editor) => {
        this.#editor = editor;
        this.#setTheme(this.#theme);
        editor.setReadOnly(this.#readOnly);
        this.#shown = "";
        this.#drawFiles();
      }),
    ]);
    for (const event of ["pointerdown", "keydown", "wheel"]) {
      parent.addEventListener(event, () => this.#people.stopFollowing(), { passive: true });
    }
    const comeBack = () => void this.#connection.comeBack();
    for (const event of ["focus", "pageshow"]) window.addEventListener(event, comeBack);
    document.addEventListener("visibilitychange", comeBack);
    window.addEventListener("beforeunload", (event) => {
      if (this.#sync.pending) event.preventDefault();
    });
  }

  /** Editors read what was composed shortly after its end. */
  #compose(begins: boolean): void {
    window.clearTimeout(this.#composed);
    if (begins) this.#sync.hold();
    else this.#composed = window.setTimeout(() => this.#sync.release(), COMPOSED_MS);
  }

  getText(): string {
    return this.#file?.text.toString() ?? "";
  }

  setText(text: string): void {
    const shared = this.#file?.text;
    shared?.doc?.transact(() => {
      shared.delete(0, shared.length);
      shared.insert(0, text);
    });
  }

  terminalText(): string {
    return this.#terminal.text();
  }

  get #readOnly(): boolean {
    return this.#joined === null || this.#joined.role === "viewer";
  }

  get #file() {
    return this.#sync.document.files.find(({ key }) => key === this.#shown);
  }

  #receive(message: RoomServerMessage): void {
    this.#sync.receive(message);
    switch (message.type) {
      case "room":
        this.#joined = message;
        this.#editor?.setReadOnly(this.#readOnly);
        this.#interview?.setReadOnly(this.#readOnly);
        this.#terminal.refresh();
        this.#drawFiles();
        break;
      case "timer":
        this.#interview?.show(message);
        break;
      case "people":
        this.#people.show(message.people, this.#joined?.page ?? "");
        this.#peers.setPeople(message.people);
        this.#chat.recolour();
        break;
      case "cursor_moved":
        this.#peers.move(message);
        break;
      case "said":
        this.#hear(message);
        break;
      case "room_run":
        this.#people.note(message);
        this.#terminal.follow(message);
        break;
      case "saved":
        this.#savedSeq = message.seq;
        this.#notSaved = message.problem;
        break;
      case "error":
        if (message.reason_code === "too_many_messages") this.#chat.refused();
        // It comes with another role, too: the connection finds out which it is.
        if (message.reason_code !== "signed_out") toast(message.message, "problem");
        break;
    }
    this.#showSaved();
  }

  #hear(line: LineSaid): void {
    const { user } = this.#config;
    this.#people.note(line);
    const isNew = this.#chat.add(line) && line.at > (this.#joined?.now ?? 0);
    if (isNew && line.user !== user) this.#panes.noteLine();
  }

  #showSaved(): void {
    const saved = byId("room-saved");
    const all = !this.#sync.pending && this.#savedSeq >= this.#sync.seq;
    const problem = this.#notSaved;
    const why = problem === "room_text" || problem === "room_unreadable" ? problem : "not";
    const text = rt(problem ? `saved.${why}` : all ? "saved.all" : "saved.soon");
    if (saved.textContent !== text) saved.textContent = text;
    saved.dataset.state = problem ? "problem" : all ? "saved" : "saving";
  }

  #newPeers(): Peers {
    const peers = new Peers(this.#sync.document.doc, timer, (message) => {
      if (this.#joined) this.#connection.send(message);
    });
    peers.moved = (peer) => this.#seePeer(peer);
    return peers;
  }

  #watchFiles(document: RoomDocument): void {
    document.onDidChangeFiles(() => this.#drawFiles());
    document.doc.on("update", () => this.#showSaved());
  }

  #renew(document: RoomDocument, lost: string | null): void {
    this.#peers.dispose();
    this.#editor?.forget();
    this.#peers = this.#newPeers();
    this.#shown = "";
    this.#watchFiles(document);
    if (lost !== null) showLost(byId("room-problem"), lost);
  }

  #drawFiles(): void {
    const { document } = this.#sync;
    const { files } = document;
    if (!files.some(({ key }) => key === this.#shown)) {
      if (this.#shown) this.#leaveRemoved();
      const first = files.find(({ path }) => path === document.main) ?? files[0];
      if (first) this.#open(first.key);
      return;
    }
    this.#files.draw(document, this.#shown, this.#readOnly);
  }

  /** Who types in a file that somebody removes goes on typing in no other one. */
  #leaveRemoved(): void {
    const active = document.activeElement;
    if (!(active instanceof HTMLElement) || !byId("room-editor").contains(active)) return;
    active.blur();
    toast(rt("file.gone"), "problem");
  }

  #open(key: string): void {
    const { document } = this.#sync;
    const file = document.files.find((one) => one.key === key);
    if (!file) return;
    this.#shown = key;
    const { language, languages } = this.#config;
    this.#editor?.show(file, fileLanguage(file.path, languages, language), this.#peers);
    this.#files.draw(document, key, this.#readOnly);
  }

  #follow(): void {
    const peer = this.#peers.peer(this.#people.followed);
    if (peer) this.#seePeer(peer);
  }

  #seePeer(peer: Peer): void {
    if (peer.page !== this.#people.followed) return;
    if (peer.file && peer.file !== this.#shown) this.#open(peer.file);
    const { doc } = this.#sync.document;
    const place = Y.createAbsolutePositionFromRelativePosition(peer.cursor.head, doc);
    if (place) this.#editor?.reveal(place.index);
  }

  #setTheme(theme: Theme): void {
    this.#theme = theme;
    this.#editor?.setTheme(theme);
    const options = { copyOnSelect: false, bell: "off", optionIsMeta: false } as const;
    this.#terminal.view.setOptions({ ...options, fontSize: 14, theme, screenReader: false });
  }

  #showConnection(state: RoomConnectionState): void {
    if (state !== "connected") {
      this.#sync.disconnected();
      this.#chat.disconnected();
      this.#peers.setPeople([]); // nobody knows where they are now
    }
    const badge = byId("room-connection");
    badge.dataset.state = state;
    badge.textContent = rt(`connection.${state}`);
    const problem = byId("room-problem");
    if (state === "connected") hideAbsence(problem);
    if (state === "connected" || state === "reconnecting" || state === "full") return;
    this.#editor?.setReadOnly(true);
    showAbsence(problem, state, this.#sync.unsent);
  }
}

useLanguage(document.documentElement.lang, navigator.languages);
const page = new RoomPage(JSON.parse(byId("room-config").textContent ?? "{}") as Config);
Object.assign(window, {
  coderunner: {
    getText: () => page.getText(),
    setText: (text: string) => page.setText(text),
    terminalText: () => page.terminalText(),
  },
});
void page.open();
