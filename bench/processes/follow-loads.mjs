// What loading takes in a package whose pointers are followed, and what a document takes that moves all of them. Argument: the URL of the
// package's dist folder.

const ROUNDS = 15;
const REPEATS = 40;
const [dist = ""] = process.argv.slice(2);

const started = process.cpuUsage();
const { load, promptNames, references } = await import(`${dist}index.js`);
const index = processorMs(started);
const before = process.cpuUsage();
const { follow } = await import(`${dist}follow.js`);
const module = processorMs(before);

/** @type {Record<string, Record<string, unknown>>} */
const document = {};
for (const name of promptNames)
  document[name] = { staging: "v9", production: isWeighted(name) ? { v8: 50, v9: 50 } : "v9" };
const text = JSON.stringify(document);
let answer = "{}";
const at = process.cpuUsage();
const live = follow({ source: () => answer });
await live.refresh();
const first = processorMs(at);
answer = text;
const moving = process.cpuUsage();
await live.refresh();
const moved = processorMs(moving);
const { refused } = live.state;
// Aliases that the document does not name.
const still = follow({ source: () => "{}" });
await still.refresh();

const options = { key: "user-4711" };
const names = promptNames.filter((/** @type {string} */ name) => references(name).includes("staging"));
const uris = names.map((/** @type {string} */ name) => `prompts:/${name}@staging`);
const splits = names.filter((/** @type {string} */ name) => isWeighted(name));
let sink = 0;
const pass = (/** @type {readonly string[]} */ keys, /** @type {(key: string) => { version: number }} */ get) => () => {
  for (const key of keys) sink += get(key).version;
};
/** @type {Record<string, () => void>} */
const kinds = {
  name: pass(names, (name) => load(name, "staging")),
  nameMoved: pass(names, (name) => live.load(name, "staging")),
  nameStill: pass(names, (name) => still.load(name, "staging")),
  uri: pass(uris, (uri) => load(uri)),
  uriMoved: pass(uris, (uri) => live.load(uri)),
  uriStill: pass(uris, (uri) => still.load(uri)),
  weighted: pass(splits, (name) => load(name, "production", options)),
  weightedMoved: pass(splits, (name) => live.load(name, "production", options)),
  weightedStill: pass(splits, (name) => still.load(name, "production", options)),
};
const keysOf = { n: names.length, u: uris.length, w: splits.length };

/** @type {Record<string, number>} */
const best = {};
for (let round = 0; round < ROUNDS; round++)
  for (const [kind, run] of Object.entries(kinds)) {
    const from = process.hrtime.bigint();
    for (let repeat = 0; repeat < REPEATS; repeat++) run();
    const keys = keysOf[/** @type {"n" | "u" | "w"} */ (kind[0])];
    const nanoseconds = Number(process.hrtime.bigint() - from) / (REPEATS * keys);
    best[kind] = Math.min(best[kind] ?? Number.POSITIVE_INFINITY, nanoseconds);
  }

console.log(JSON.stringify({ best, index, module, first, moved, bytes: text.length, refused: refused.length, sink }));

function isWeighted(/** @type {string} */ name) {
  try {
    load(name, "production");
    return false;
  } catch {
    return true;
  }
}

function processorMs(/** @type {NodeJS.CpuUsage} */ since) {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1_000;
}
