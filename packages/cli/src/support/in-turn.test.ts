import { describe, expect, it } from "vitest";
import { TooMany, takeTurns } from "./in-turn.js";

describe("takeTurns", () => {
  it("runs one piece of work after the other, also after one that failed", async () => {
    const turns = takeTurns(10);
    const seen: string[] = [];
    const work = (name: string) => async () => {
      seen.push(`${name} begins`);
      await Promise.resolve();
      seen.push(`${name} ends`);
      if (name === "b") throw new Error(name);
      return name;
    };
    const results = await Promise.allSettled(["a", "b", "c"].map((name) => turns.run(work(name))));
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(seen).toEqual(["a", "b", "c"].flatMap((name) => [`${name} begins`, `${name} ends`]));
  });

  it("does not start work whose client has gone, and refuses work if too much is waiting", async () => {
    const turns = takeTurns(2);
    const gone = new AbortController();
    let ran = 0;
    const work = async () => void ran++;
    const results = [turns.run(work), turns.run(work, gone.signal), turns.run(work)];
    gone.abort();
    const [first, second, third] = await Promise.allSettled(results);
    expect([first?.status, second?.status]).toEqual(["fulfilled", "rejected"]);
    expect(third).toMatchObject({ status: "rejected", reason: expect.any(TooMany) });
    await turns.run(work);
    expect(ran).toBe(2);
  });
});
