// Options that are wrong.

import { inspect } from "node:util";
import { describe, expect, it, vi } from "vitest";
import { follow } from "../../test/live-prompts.js";
import type { FollowOptions, RefreshOptions } from "./index.js";

const FAILS: PropertyDescriptor = {
  enumerable: true,
  get() {
    throw new Error("no setting");
  },
};

describe("options", () => {
  it.each<[unknown, string]>([
    [undefined, "follow() needs an object with a source"],
    [{}, "source is undefined: pass a URL, the path of a file, or a function"],
    [{ source: "" }, "source is empty"],
    [{ source: 3 }, "source is a value of the type number"],
    [{ source: "a\0b" }, "source is a string with a null character"],
    [{ source: "https://" }, 'source is not a valid URL; it begins with "https:"'],
    [{ source: "ftp://a/b" }, "source is a ftp: URL: pass an https:, http: or file: URL"],
    [{ source: new URL("data:,x") }, "source is a data: URL"],
    [{ source: "https://me:secret@a/b" }, "source contains a user name or password: pass them in headers"],
    [{ source: "file://host/share" }, "source is not the URL of a file"],
    [{ source: "https://a/b", intervall: "30s" }, 'unknown option "intervall"; valid options are source, interval,'],
    [
      { source: "https://a/b", interval: "30" },
      'interval is "30": pass a time such as "30s", "5m" or a number of milliseconds',
    ],
    [{ source: "https://a/b", interval: "30 minutes" }, 'interval is "30 minutes"'],
    [{ source: "https://a/b", interval: 0 }, "interval is 0: pass a time"],
    [{ source: "https://a/b", interval: 99 }, "from 100 to 2147483647"],
    [{ source: "https://a/b", interval: Number.NaN }, "interval is NaN"],
    [{ source: "https://a/b", interval: "1000h" }, 'interval is "1000h"'],
    [{ source: "https://a/b", timeout: -1 }, "timeout is -1"],
    [{ source: "https://a/b", maxBytes: 0.5 }, "maxBytes is 0.5: pass an integer of at least 1"],
    [{ source: "https://a/b", headers: "x" }, "headers are not an object"],
    [{ source: "https://a/b", headers: { authorization: undefined } }, "the header authorization is not a string"],
    [{ source: "a.json", headers: {} }, "headers are for a source that is an http: or https: URL"],
    [{ source: "https://a/b", interval: Object.create(null) }, "interval is an object: pass a time"],
    [{ source: "https://a/b", timeout: [5] }, "timeout is a list: pass a time"],
    [{ source: "https://a/b", maxBytes: Object.create(null) }, "maxBytes is an object: pass an integer"],
    [{ source: "https://a/b", minSequence: Symbol("x") }, "minSequence is Symbol(x): pass an integer"],
    [{ source: "https://a/b", headers: { "x y": "1" } }, '"x y" cannot be the name of a header'],
    [
      { source: "https://a/b", headers: { authorization: "Bearer secret\n" } },
      'the header authorization contains "\\n", which headers cannot have',
    ],
    [{ source: "https://a/b", headers: { "x-name": "Zoë €" } }, 'the header x-name contains "€"'],
    [{ source: "https://a/b", headers: new Headers({ a: "b" }) }, "headers are a Headers: pass a plain object"],
    [{ source: "https://a/b", headers: new Map([["a", "b"]]) }, "headers are a Map: pass a plain object"],
    [Object.defineProperty({ source: "a.json" }, "timeout", FAILS), "an option cannot be read: no setting"],
    [{ source: Object.defineProperty({}, "href", FAILS) }, "an option cannot be read: no setting"],
    [{ source: "https://a/b", onChange: true }, "onChange is not a function"],
    [{ source: "https://a/b", minSequence: "7" }, 'minSequence is "7": pass an integer of at least 0'],
  ])("that are wrong are refused: %#", (options, message) => {
    expect(() => follow(options as FollowOptions)).toThrow(
      expect.objectContaining({ name: "FollowError", code: "option", message: expect.stringContaining(message) }),
    );
  });

  it.each<[unknown, string]>([
    [null, 'refresh() takes an object such as { maxAge: "30s" }, and got null'],
    ["30s", 'and got "30s"'],
    [{ maxage: "30s" }, 'unknown option "maxage"; valid options are maxAge'],
    [{ maxAge: Object.create(null) }, "maxAge is an object: pass a time"],
    [{ maxAge: null }, "maxAge is null: pass a time"],
    [Object.defineProperty({}, "maxAge", FAILS), "an option cannot be read: no setting"],
  ])("of refresh() that are wrong are refused: %#", async (options, message) => {
    const refresh = follow({ source: () => undefined }).refresh(options as RefreshOptions);
    await expect(refresh).rejects.toMatchObject({
      name: "FollowError",
      code: "option",
      message: expect.stringContaining(message),
    });
  });

  it("do not show secrets of a URL", () => {
    for (const source of ["https://me:secret@a b/", "https://a:b?sig=secret", "https://me:secret@a/?sig=secret"]) {
      const thrown = vi.fn(() => follow({ source }));
      expect(thrown).toThrow("source ");
      expect(inspect(thrown.mock.results[0]?.value)).not.toContain("secret");
    }
    expect(follow({ source: new URL("https://a.example/b?token=secret") }).state.source).toBe("https://a.example/b?…");
  });
});
