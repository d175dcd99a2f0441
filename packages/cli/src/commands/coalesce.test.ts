import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { coalesce } from "./coalesce.js";

describe("coalesce", () => {
  it("takes a burst as one", async () => {
    let runs = 0;
    const loop = coalesce(async () => void runs++, 20);
    for (let n = 0; n < 10; n++) loop.trigger();
    await sleep(100);
    await loop.stop();
    expect(runs).toBe(1);
  });

  it("runs once more for what came meanwhile, and never twice at once", async () => {
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
    await sleep(40);
    for (let n = 0; n < 3; n++) {
      loop.trigger();
      await sleep(10);
    }
    await sleep(300);
    await loop.stop();
    expect([runs, most]).toEqual([2, 1]);
  });

  it("is not put off for ever by triggers without a pause", async () => {
    let runs = 0;
    const loop = coalesce(async () => void runs++, 20);
    for (const end = performance.now() + 600; performance.now() < end; await sleep(5)) loop.trigger();
    expect(runs).toBeGreaterThan(0);
    await loop.stop();
  });

  it("waits for the work under way, and then takes nothing more", async () => {
    let done = 0;
    const loop = coalesce(async () => {
      await sleep(60);
      done++;
    }, 1);
    loop.trigger();
    await sleep(20);
    await loop.stop();
    expect(done).toBe(1);
    loop.trigger();
    await sleep(50);
    expect(done).toBe(1);
  });

  it("passes on a bug", async () => {
    const loop = coalesce(() => Promise.reject(new Error("bug")), 1);
    loop.trigger();
    await expect(loop.failed).rejects.toThrow("bug");
  });
});
