// When a source is asked, what its answers do, and what people see of it.

import { afterEach, describe, expect, it, vi } from "vitest";
import { after, BUILT, follow, plain } from "../../test/live-prompts.js";
import type { FollowError, FollowState } from "./index.js";

afterEach(() => vi.useRealTimers());

describe("a source", () => {
  it("that fails leaves pointers where they are, and the next answer counts", async () => {
    const errors: string[] = [];
    const onError = ({ code, message }: FollowError) => errors.push(`${code}: ${message}`);
    const live = await after(
      [{ greet: { production: "v3" } }, new Error("no database"), { greet: { production: "v1" } }],
      { onError },
    );
    expect(errors).toEqual(["source: the function for the source failed: no database"]);
    expect([live.load("greet", "production").version, live.state.lastError]).toEqual([1, undefined]);
  });

  it("that answers too late is not waited for, and its answer is dropped", async () => {
    let answer: ((document: unknown) => void) | undefined;
    let aborted = false;
    const live = follow({
      timeout: 20,
      source: ({ signal }) => {
        signal.addEventListener("abort", () => {
          aborted = true;
        });
        return answer === undefined
          ? new Promise((resolve) => {
              answer = resolve;
            })
          : { greet: { production: "v3" } };
      },
    });
    expect((await live.refresh()).lastError).toMatchObject({
      code: "timeout",
      message: "function did not answer within 20 ms",
    });
    await live.refresh();
    answer?.({ greet: { production: "v1" } });
    await Promise.resolve();
    expect([aborted, live.load("greet", "production").version]).toEqual([true, 3]);
  });

  it("is asked again for a refresh while it answers, once for all who ask", async () => {
    const answers: ((document: unknown) => void)[] = [];
    const live = follow({ source: () => new Promise((resolve) => answers.push(resolve)) });
    const first = live.refresh();
    const [second, third] = [live.refresh(), live.refresh()];
    answers[0]?.({ greet: { production: "v1" } });
    expect((await first).pointers["greet"]).toMatchObject({ production: "v1" });
    await expect.poll(() => answers.length).toBe(2);
    answers[1]?.({ greet: { production: "v3" } });
    for (const state of await Promise.all([second, third]))
      expect(state.pointers["greet"]).toMatchObject({ production: "v3" });
    expect(answers).toHaveLength(2);
  });

  it("is asked once for many who want no newer answer than maxAge", async () => {
    let asked = 0;
    const live = follow({
      source: async () => {
        asked++;
        return {};
      },
    });
    await Promise.all(Array.from({ length: 20 }, () => live.refresh({ maxAge: "1m" })));
    await live.refresh({ maxAge: 60_000 });
    expect(asked).toBe(1);
    await live.refresh({ maxAge: 0 });
    expect(asked).toBe(2);
    await expect(live.refresh({ maxAge: "soon" })).rejects.toThrow('maxAge is "soon": pass a time');
  });

  it("is not asked by itself without an interval, and not after close()", async () => {
    vi.useFakeTimers();
    let asked = 0;
    const live = follow({
      source: () => {
        asked++;
        return { greet: { production: "v3" } };
      },
    });
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(asked).toBe(0);
    await live.refresh();
    live.close();
    await live.refresh();
    expect([asked, live.load("greet", "production").version]).toEqual([1, 3]);
  });

  it("is asked at once and then at each interval, until the block ends", async () => {
    vi.useFakeTimers();
    const versions: unknown[] = [];
    let asked = 0;
    {
      using live = follow({
        interval: "100ms",
        source: () => ({ greet: { production: asked++ === 0 ? "v1" : "v3" } }),
        onChange: ({ pointers }) => versions.push(pointers["greet"]?.["production"]),
      });
      await vi.advanceTimersByTimeAsync(0);
      expect(versions).toEqual(["v1"]);
      await vi.advanceTimersByTimeAsync(110);
      expect(versions).toEqual(["v1", "v3"]);
      expect(live.load("greet", "production").version).toBe(3);
    }
    const before = asked;
    await vi.advanceTimersByTimeAsync(10_000);
    expect([asked, vi.getTimerCount()]).toEqual([before, 0]);
  });

  it("is not waited for after close(), also if an older answer came in between", async () => {
    const asked: { readonly signal: AbortSignal; readonly answer: (document: unknown) => void }[] = [];
    const live = follow({
      source: ({ signal }) => new Promise((answer) => asked.push({ signal: signal as AbortSignal, answer })),
      timeout: 10_000,
    });
    const first = live.refresh();
    // Edge run times stop timers, such as that of the timeout, between requests.
    vi.setSystemTime(Date.now() + 60_000);
    const second = live.refresh();
    asked[0]?.answer({});
    await first;
    live.close();
    expect(asked.map(({ signal }) => signal.aborted)).toEqual([false, true]);
    await second;
  });
});

describe("the state", () => {
  it("is what a status page needs, and is frozen", async () => {
    const live = follow({
      source: () => ({ pointersVersion: 1, sequence: 3, pointers: { greet: { production: "v3", staging: "v9" } } }),
    });
    expect(plain(live.state)).toEqual({ source: "function", pointers: BUILT, refused: [] });
    const state = await live.refresh();
    expect(state).toBe(live.state);
    expect(plain(state)).toEqual({
      source: "function",
      sequence: 3,
      since: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      checked: state.since,
      pointers: { ...BUILT, greet: { ...BUILT.greet, production: "v3" } },
      refused: [expect.objectContaining({ alias: "staging", target: "v9" })],
    });
    const frozen = (value: object): boolean =>
      Object.isFrozen(value) && Object.values(value).every((one) => typeof one !== "object" || frozen(one));
    expect([
      frozen({ ...state.pointers }),
      Object.isFrozen(state),
      frozen(state.refused),
      Object.isFrozen(live),
    ]).toEqual([false, true, true, true]);
    expect(frozen(state.pointers)).toBe(true);
  });

  it("keeps its time if a document moves nothing", async () => {
    const changes: FollowState[] = [];
    const live = await after([{ greet: { production: "v3" } }, { greet: { production: "v3" }, $schema: "x" }], {
      onChange: (state) => changes.push(state),
    });
    expect(changes).toHaveLength(1);
    expect(live.state.since).toBe(changes[0]?.since);
  });

  it("has the error of a callback, which breaks nothing", async () => {
    const live = await after([{ greet: { production: "v3" } }], {
      onChange: () => {
        throw new Error("no metrics");
      },
      onError: () => {
        throw new Error("no log");
      },
    });
    expect(live.state.lastError).toMatchObject({ code: "callback", message: "onChange failed: no metrics" });
    expect(live.load("greet", "production").version).toBe(3);
  });

  it("has the error of an async callback, which does not end the process", async () => {
    const unhandled = vi.fn();
    process.on("unhandledRejection", unhandled);
    const live = await after([{ greet: { production: "v3" } }], {
      onChange: async () => {
        throw new Error("no metrics");
      },
      onError: async () => {
        throw new Error("no log");
      },
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    process.off("unhandledRejection", unhandled);
    expect(unhandled).not.toHaveBeenCalled();
    expect(live.state.lastError).toMatchObject({ code: "callback", message: "onChange failed: no metrics" });
  });
});
