import { afterEach, beforeEach, expect, it, vi } from "vitest";

/** Of the browser, only what pages use of it. */
class Connection extends EventTarget {
  static opened: Connection[] = [];

  constructor(readonly url: string) {
    super();
    Connection.opened.push(this);
  }

  close(): void {}

  send(name: string, data: string): void {
    this.dispatchEvent(new MessageEvent(name, { data }));
  }
}

const reload = vi.fn();

beforeEach(() => {
  vi.stubGlobal("EventSource", Connection);
  vi.stubGlobal("location", { reload });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
  reload.mockClear();
  Connection.opened = [];
});

/** A page that was loaded when the site had this state. */
async function openPage(content: string) {
  const page = Object.assign(new EventTarget(), { hidden: false, querySelector: () => ({ content }) });
  vi.stubGlobal("document", page);
  const { startLive, onChange } = await import("./live.js");
  startLive();
  const show = (isShown: boolean) => {
    page.hidden = !isShown;
    page.dispatchEvent(new Event("visibilitychange"));
  };
  const send = (name: string, data: string) => Connection.opened.at(-1)?.send(name, data);
  return { onChange, show, send };
}

it("loads again if the site has changed before the page was connected", async () => {
  const { send } = await openPage("a-1");
  send("state", "a-2");
  expect(reload).toHaveBeenCalledTimes(1);
});

it("stays while the site is the same, also after another read, and when it was not seen for some time", async () => {
  const { send, show } = await openPage("a-1");
  send("state", "a-1");
  send("read", "a-1");
  show(false);
  show(true);
  send("state", "a-1");
  expect(Connection.opened).toHaveLength(2);
  expect(reload).not.toHaveBeenCalled();
  send("change", "a-2");
  expect(reload).toHaveBeenCalledTimes(1);
});

it("lets a page that brings itself up to date know what it has missed, and each read", async () => {
  const { send, onChange } = await openPage("a-1");
  const listener = vi.fn();
  onChange(listener);
  send("state", "a-2");
  send("read", "a-2");
  send("state", "b-0");
  expect(listener.mock.calls).toEqual([[true], [false], [true]]);
  expect(reload).not.toHaveBeenCalled();
});
