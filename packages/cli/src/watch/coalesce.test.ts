import { beforeEach, describe, expect, it, vi } from "vitest";
import { coalesce } from "./coalesce.js";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  return () => vi.useRealTimers();
});

const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);
const sleep = (milliseconds: number) => new Promise<void>((done) => setTimeout(done, milliseconds));

describe("coalesce", () => {
  it("takes a burst as one", async () => {
    let runs = 0;
    const loop = coalesce(async () => void runs++, 20);
    for (let n = 0; n < 10; n++) {
      loop.trigger();
      await pass(19);
    }
    expect(runs).toBe(0);
    await pass(1);
    expect(runs).toBe(1);
    await pass(1000);
    await loop.stop();
    expect(runs).toBe(1);
  });

  it("runs once more for what came during a run, and never twice at once", async () => {
    let runs = 0;
    let current = 0;
    let most = 0;
    const loop = coalesce(async () => {
      runs++;
      most = Math.max(most, ++current);
      await sleep(100);
      current--;
    }, 5);
    loop.trigger();
    await pass(40);
    for (let n = 0; n < 3; n++) {
      loop.trigger();
      await pass(10);
    }
    await pass(300);
    await loop.stop();
    expect([runs, most]).toEqual([2, 1]);
  });

  it("is not put off forever by triggers without a pause", async () => {
    let runs = 0;
    const loop = coalesce(async () => void runs++, 20);
    for (let time = 0; time <= 200; time += 5) {
      loop.trigger();
      await pass(5);
    }
    expect(runs).toBe(0);
    loop.trigger();
    await pass(5);
    expect(runs).toBe(1);
    // A watcher may leave out the last events of the stream.
    await pass(20);
    expect(runs).toBe(2);
    await pass(1000);
    await loop.stop();
    expect(runs).toBe(2);
  });

  it("waits for the work under way, and then takes nothing more", async () => {
    let done = 0;
    const loop = coalesce(async () => {
      await sleep(60);
      done++;
    }, 1);
    loop.trigger();
    await pass(20);
    const stopped = loop.stop();
    expect(done).toBe(0);
    await pass(41);
    await stopped;
    expect(done).toBe(1);
    loop.trigger();
    await pass(1000);
    expect(done).toBe(1);
  });

  it("passes on a bug", async () => {
    const loop = coalesce(() => Promise.reject(new Error("bug")), 1);
    loop.trigger();
    await pass(1);
    await expect(loop.failed).rejects.toThrow("bug");
  });
});
