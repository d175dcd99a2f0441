// `npm run fuzz:time`: looks for small prompts that take the compiler long. It combines fragments that grow with a count, keeps the
// combinations that took most time for each byte, and changes them again. The minutes are the argument, 1 without one.
// A second argument is the seed. Prints the slowest, and fails if one takes longer than the limit.

import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { compileText } from "../packages/build/test/render.js";
import { BODIES, HEADS } from "./fuzz-fragments.js";

/** No file within the documented limits takes longer, on a machine that does nothing else. */
const LIMIT_MS = 10_000;
const [argument = "1", seed = "1"] = process.argv.slice(2);
const random = seeded(Number(seed));
const KEPT = 40;
const SERVE = "serve";
const MOST_BYTES = { head: 30_000, body: 250_000 };

interface Part {
  readonly fragment: number;
  readonly count: number;
}

interface Recipe {
  readonly schemas: readonly Part[];
  readonly body: readonly Part[];
  readonly partials: readonly Part[];
}

type Prompt = readonly [text: string, partials: Readonly<Record<string, string>>];

interface Tried {
  readonly recipe: Recipe;
  readonly bytes: number;
  /** Of CPU; infinite if it was stopped. */
  readonly milliseconds: number;
}

/** In the other process: compiles each prompt that it receives, and sends back the milliseconds of CPU that it took. */
function serve(): void {
  process.on("message", ([text, partials]: Prompt) => {
    const start = process.cpuUsage();
    compileText(text, partials);
    const { user } = process.cpuUsage(start);
    process.send?.(user / 1000);
  });
}

async function search(minutes: number): Promise<void> {
  const end = Date.now() + minutes * 60_000;
  const start = () => fork(fileURLToPath(import.meta.url), [SERVE]);
  let worker = start();
  const kept: Tried[] = [];
  let tries = 0;
  while (Date.now() < end) {
    const recipe = pick(kept) === undefined || random() < 0.2 ? randomRecipe() : change((pick(kept) as Tried).recipe);
    const prompt = write(recipe);
    const bytes = prompt[0].length + Object.values(prompt[1]).join("").length;
    let milliseconds = await ask(worker, prompt, 2 * LIMIT_MS);
    tries++;
    if (milliseconds === Number.POSITIVE_INFINITY) {
      worker.kill("SIGKILL");
      worker = start();
      // A busy machine may have had no time for it.
      await ask(worker, ["Hello", {}], 10 * LIMIT_MS);
      milliseconds = await ask(worker, prompt, 6 * LIMIT_MS);
      if (milliseconds === Number.POSITIVE_INFINITY) {
        worker.kill("SIGKILL");
        worker = start();
      }
    }
    kept.push({ recipe, bytes, milliseconds });
    kept.sort((a, b) => scoreOf(b) - scoreOf(a));
    kept.length = Math.min(kept.length, KEPT);
  }
  worker.kill();
  report(kept, tries);
}

/** The first compilation of a worker loads the compiler, so short times say nothing. */
function scoreOf({ bytes, milliseconds }: Tried): number {
  return Math.max(0, milliseconds - 50) / (bytes + 500);
}

/** @returns Infinity if there was no answer within the time. */
function ask(worker: ChildProcess, prompt: Prompt, within: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => finish(Number.POSITIVE_INFINITY), within);
    const finish = (milliseconds: number) => {
      clearTimeout(timer);
      worker.removeAllListeners();
      resolve(milliseconds);
    };
    worker.on("message", finish);
    worker.on("exit", (code) => {
      console.log(JSON.stringify(prompt).slice(0, 2000));
      reject(new Error(`the compiler ended with ${code}`));
    });
    worker.send(prompt);
  });
}

function report(kept: readonly Tried[], tries: number): void {
  const slowest = kept.toSorted((a, b) => b.milliseconds - a.milliseconds).slice(0, 10);
  console.log(`${tries} prompts; those that took longest:`);
  for (const { recipe, bytes, milliseconds } of slowest)
    console.log(
      `${milliseconds.toFixed(0).padStart(8)} ms  ${String(bytes).padStart(7)} bytes  ${JSON.stringify(recipe)}`,
    );
  if ((slowest[0]?.milliseconds ?? 0) > LIMIT_MS) process.exitCode = 1;
}

function write({ schemas, body, partials }: Recipe): Prompt {
  const template = textOf(BODIES, body).slice(0, MOST_BYTES.body);
  const heads = schemas.map(
    (part, index) => `${index === 0 ? "input" : "output"}: { schema: ${textOf(HEADS, [part])} }\n`,
  );
  const head = heads.length === 0 ? "" : `---\n${heads.join("")}---\n`;
  const [p = "", q = ""] = partials.map((part) => textOf(BODIES, [part]));
  return [(head.length > MOST_BYTES.head ? "" : head) + template, { p, q }];
}

function textOf(makers: typeof BODIES, parts: readonly Part[]): string {
  return parts.map(({ fragment, count }) => makers[fragment]?.(count) ?? "").join("");
}

/** Mulberry32. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const below = (limit: number): number => Math.floor(random() * limit);
const pick = <T>(from: readonly T[]): T | undefined => from[below(from.length)];
const randomPart = (makers: readonly unknown[]): Part => ({
  fragment: below(makers.length),
  count: 1 + 2 ** below(11),
});
const someParts = (makers: readonly unknown[], most: number): Part[] =>
  Array.from({ length: below(most + 1) }, () => randomPart(makers));

function randomRecipe(): Recipe {
  return {
    schemas: someParts(HEADS, 2),
    body: [randomPart(BODIES), ...someParts(BODIES, 2)],
    partials: someParts(BODIES, 2),
  };
}

function change(recipe: Recipe): Recipe {
  const changed = (parts: readonly Part[], makers: readonly unknown[], most: number): Part[] => {
    const grown = parts.map((part) =>
      random() < 0.5 ? part : { ...part, count: Math.max(1, Math.round(part.count * (0.4 + random() * 2))) },
    );
    if (random() < 0.3 && grown.length < most) grown.push(randomPart(makers));
    if (random() < 0.2) grown.splice(below(grown.length), 1);
    return grown;
  };
  return {
    schemas: changed(recipe.schemas, HEADS, 2),
    body: changed(recipe.body, BODIES, 4),
    partials: changed(recipe.partials, BODIES, 2),
  };
}

if (argument === SERVE) serve();
else await search(Number(argument));
