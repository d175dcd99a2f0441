// How a document moves pointers, and which it does not move.

import { describe, expect, it } from "vitest";
import { after, arms, BUILT, follow, half, plain } from "../../test/live-prompts.js";
import { Split } from "../load.js";

describe("a document", () => {
  it("moves pointers, whichever way they are asked for", async () => {
    const live = follow({ source: () => ({ greet: { production: "v3" } }) });
    const before = live.load("greet", "production");
    const at = live.at("production");
    expect([before.version, at("greet").version]).toEqual([2, 2]);
    await live.refresh();
    const { load, find } = live;
    for (const args of [["greet", "production"], ["prompts:/greet@production"], ["prompts:/greet/production"]]) {
      expect(load(...args)).toEqual({ name: "greet", version: 3 });
      expect(load(...args)).toBe(load("greet", 3));
      expect(find(...args)).toBe(load("greet", "v3"));
    }
    expect(at("greet").version).toBe(3);
    // What was loaded before stays, and so does everything that the document does not name.
    expect([before.version, load("greet", "staging").version, load("greet", "latest").version]).toEqual([2, 2, 4]);
    expect([load("prompts:/greet@staging").version, load("prompts:/greet@staging").version]).toEqual([2, 2]);
    expect(find("greet", "nothing")).toBeUndefined();
    expect(find("prompts:/nothing@production")).toBeUndefined();
    expect(() => load("greet", "prod")).toThrow('no version or alias "prod" (greet@prod)');
    expect(() => live.at("prod")("greet")).toThrow('no version or alias "prod" (greet@prod)');
  });

  it("moves what it names, and everything else is as in the package", async () => {
    const live = await after([{ greet: { production: "v3", staging: "v1" } }, { greet: { staging: "v3" } }]);
    expect(plain(live.state.pointers)).toEqual({ ...BUILT, greet: { ...BUILT.greet, staging: "v3" } });
    expect(live.load("greet", "production").version).toBe(2);
  });

  it("moves weighted pointers, and gives each key its version as the package would", async () => {
    const live = await after([{ "team/half": { production: { v3: 50, v1: 50 } } }]);
    const split = new Split("team/half:production", [
      { weight: 50, value: half["v1"] as object },
      { weight: 50, value: half["v3"] as object },
    ]);
    const keys = Array.from({ length: 50 }, (_, at) => `user-${at}`);
    for (const key of keys) {
      expect(live.load("team/half", "production", { key })).toEqual(split.choose({ key }));
      expect(live.load("prompts:/team/half@production", { key })).toEqual(split.choose({ key }));
    }
    expect(new Set(keys.map((key) => live.load("team/half", "production", { key }).version))).toEqual(new Set([1, 3]));
    expect(() => live.load("team/half", "production")).toThrow(
      "team/half@production is split between versions: pass { key }",
    );
    // One that is no longer weighted needs no key and takes one.
    const whole = await after([{ "team/half": { production: { v3: 5 } } }]);
    expect(whole.load("team/half", "production", { key: "a" }).version).toBe(3);
    expect(whole.load("team/half", "production").version).toBe(3);
  });

  it.each<[what: string, document: object, code: string, reason: string]>([
    [
      "a prompt that the package lacks",
      { other: { production: "v1" } },
      "unknown-prompt",
      "this package has no prompt other",
    ],
    [
      "a prompt of an inherited name",
      JSON.parse('{"__proto__":{"production":"v1"}}'),
      "unknown-prompt",
      "this package has no prompt __proto__",
    ],
    [
      "an alias that the package lacks",
      { greet: { constructor: "v1" } },
      "unknown-alias",
      "greet has no alias constructor in this package",
    ],
    [
      "latest",
      { greet: { latest: "v1" } },
      "unknown-alias",
      "greet@latest is the newest version in the package, and does not move at run time",
    ],
    [
      "a version that the package lacks",
      { greet: { production: "v9" } },
      "unknown-version",
      "this package does not contain greet@v9",
    ],
    [
      "a version that breaks callers",
      { greet: { production: "v4" } },
      "breaks-callers",
      'v4 would break the callers of greet@production: input "tone" is new and required',
    ],
    [
      "the latest version, if that breaks callers",
      { greet: { production: "latest" } },
      "breaks-callers",
      'v4 would break the callers of greet@production: input "tone" is new and required',
    ],
    [
      "weights for callers that pass no key",
      { greet: { production: { v1: 1, v2: 1 } } },
      "needs-key",
      "greet@production is not weighted in the package, so its callers may pass no key",
    ],
    [
      "a weighted pointer with one version too many",
      { "team/half": { production: { v1: 1, v4: 1 } } },
      "unknown-version",
      "this package does not contain team/half@v4",
    ],
    [
      "the working file",
      { greet: { production: "working" } },
      "working-file",
      "greet@production can lead to the working file only if it does so in the package",
    ],
  ])("is refused for %s, and moves its other pointers", async (_, document, code, reason) => {
    const [[name = "", aliases = {}] = []] = Object.entries(document);
    const [[alias = "", target] = []] = Object.entries(aliases as object);
    const others = JSON.parse(JSON.stringify(document)) as Record<string, object>;
    const all = { ...document, greet: { staging: "v3", ...(others["greet"] ?? {}) } };
    const live = await after([name === "__proto__" ? document : all]);
    expect(live.state.refused).toEqual([{ name, alias, target, code, reason }]);
    expect(live.state.lastError).toBeUndefined();
    expect(live.load("greet", "staging").version).toBe(name === "__proto__" ? 2 : 3);
    expect(live.load("greet", "production").version).toBe(2);
    expect(live.load("team/half", "production", { key: "a" })).toEqual(
      new Split("team/half:production", arms).choose({ key: "a" }),
    );
  });

  it("may lead aliases to the working file where the package does, and away from it", async () => {
    const same = await after([{ greet: { dev: "working" } }]);
    expect([same.state.refused, same.load("greet", "dev").version]).toEqual([[], "working"]);
    expect((await after([{ greet: { dev: "v3" } }])).load("greet", "dev").version).toBe(3);
  });
});
