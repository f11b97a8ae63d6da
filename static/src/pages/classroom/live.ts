import "../../styles/classroom.css";
import { ct } from "../../common/classroom/class_text";
import { useLanguage } from "../../common/i18n/translate";
import type { ClassServerMessage } from "../../protocol.gen";
import { ClassConnection, type ClassConnectionState } from "../../terminal/class_connection";
import { find } from "../find";
import { say } from "./elements";
import { GridView } from "./grid_view";
import { HandsView } from "./hands_view";
import { WatchPane } from "./watch_pane";

function element(id: string): HTMLElement {
  const found = find(id);
  if (!found) throw new Error(`the page has no ${id}`);
  return found;
}

/** The live grid of a class: a tile per student, raised hands, and one student at a time in detail. */
class LivePage {
  readonly #connection: ClassConnection;
  readonly #grid: GridView;
  readonly #hands: HandsView;
  #watch: WatchPane | null = null;

  constructor(page: HTMLElement) {
    this.#connection = new ClassConnection(Number(page.dataset.classroom));
    this.#grid = new GridView(element("class-grid"), element("grid-empty"), (user) =>
      this.#open(user),
    );
    this.#hands = new HandsView(element("hands"), element("hands-empty"), (user, text) =>
      this.#connection.send({ type: "answer_hand", user, text }),
    );
    this.#connection.onDidReceive((message) => this.#receive(message));
    this.#connection.onDidChangeState((state) => this.#showConnection(state));
    const filter = find<HTMLInputElement>("grid-filter");
    filter?.addEventListener("input", () => this.#grid.setFilter(filter.value));
    window.setInterval(() => this.#showHands(), 5000);
  }

  open(): void {
    this.#connection.open();
  }

  #receive(message: ClassServerMessage): void {
    switch (message.type) {
      case "class":
        this.#grid.setClock(message.now);
        this.#watch ??= new WatchPane(element("watch"), {
          seat: message,
          send: (sent) => this.#connection.send(sent),
          closed: (user) => this.#grid.focus(user),
          neighbour: (user, step) => this.#step(user, step),
        });
        this.#watch.resume();
        break;
      case "tiles":
        this.#grid.update(message.all, message.tiles);
        this.#showCounts();
        this.#showHands();
        this.#follow();
        break;
      default:
        this.#watch?.receive(message);
    }
  }

  #open(user: string): void {
    const tile = this.#grid.tiles.get(user);
    if (tile) this.#watch?.open(tile);
  }

  #follow(): void {
    const user = this.#watch?.user;
    if (!user) return;
    const tile = this.#grid.tiles.get(user);
    if (tile) this.#watch?.update(tile);
    else this.#watch?.close();
  }

  #step(user: string, step: number): void {
    const { order } = this.#grid;
    const to = order[(order.indexOf(user) + step + order.length) % order.length];
    if (to) this.#open(to);
  }

  #showCounts(): void {
    const tiles = [...this.#grid.tiles.values()];
    const here = tiles.filter(({ state }) => state !== "offline").length;
    say(element("grid-count"), ct("grid.count", { here, all: tiles.length }));
  }

  #showHands(): void {
    this.#hands.update(this.#grid.tiles.values(), this.#grid.now);
  }

  #showConnection(state: ClassConnectionState): void {
    const status = element("grid-connection");
    status.dataset.state = state;
    const texts = {
      connected: ct("grid.connected"),
      reconnecting: ct("grid.cut"),
      refused: ct("grid.refused"),
    };
    say(status, texts[state]);
    if (state !== "refused") return;
    this.#watch?.close();
    this.#grid.update(true, []);
    this.#showHands();
  }
}

useLanguage(document.documentElement.lang, navigator.languages);
new LivePage(element("class-live")).open();
