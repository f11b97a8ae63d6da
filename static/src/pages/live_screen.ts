import { SideChannel } from "../common/channels/side_channel";
import type { OutputFrame } from "../common/run/message_codec";
import type { ServerMessage } from "../protocol.gen";
import type { Connection } from "../terminal/connection";
import { timer } from "../terminal/timer";
import { ScreenView } from "../terminal/windows/screen_view";

export type ScreenNews = OutputFrame | Extract<ServerMessage, { type: "gap" | "channel_ack" }>;
const SCREEN = 2;

/** The screen of a program that runs, for who watches: nothing is sent to it. */
export class LiveScreen {
  readonly #channel: SideChannel;
  readonly #view: ScreenView;

  constructor(connection: Connection, pane: HTMLElement) {
    const view = new ScreenView({
      channel: () => null,
      began: (width, height) => {
        view.element.hidden = false;
        view.element.style.aspectRatio = `${width} / ${height}`;
      },
      drew: () => undefined,
      failed: () => {
        view.element.hidden = true;
      },
    });
    this.#view = view;
    view.watching = true;
    view.element.hidden = true;
    view.element.dataset.testid = "screen";
    pane.append(view.element);
    this.#channel = new SideChannel(SCREEN, {
      timer,
      send: () => false,
      ack: (channel, offset) => connection.send({ type: "ack", channel, offset }),
      received: (data) => view.feed(data),
      skipped: () => view.skip(),
    });
  }

  /** Another program is watched. */
  end(): void {
    this.#view.end();
    this.#view.element.remove();
  }

  hear(news: ScreenNews): void {
    if (!("type" in news)) this.#channel.output(news.offset, news.data);
    else if (news.type === "gap") this.#channel.gap(news.to);
  }
}
