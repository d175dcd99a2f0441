// Loads prompts of a package by alias, by URI, through weighted aliases and with pointers that moved, beside look-ups of the same keys
// in Maps, and counts the memory that prompts take. Argument: the URL of the package's dist folder. Run with --expose-gc.

const ROUNDS = 25;

const [dist = ""] = process.argv.slice(2);
const before = usedBytes();
const { load, promptNames, references } = await import(`${dist}index.js`);
const imported = usedBytes() - before;
let sink = 0;

const WEIGHTED = "production";
const weightedNames = promptNames.filter((/** @type {string} */ name) => isWeighted(name));
const options = { key: "user-4711" };

const names = promptNames.slice();
const uris = names.map((/** @type {string} */ name) => `prompts:/${name}@staging`);
const splits = names.map(
  (/** @type {unknown} */ _, /** @type {number} */ n) => weightedNames[n % weightedNames.length],
);

// Loaded once, as in a service that runs.
/** @type {Map<string, Map<string, { version: any }>>} */
const byName = new Map();
/** @type {Map<string, { version: any }>} */
const byUri = new Map();
for (const name of names)
  byName.set(
    name,
    new Map([
      ["staging", load(name, "staging")],
      [WEIGHTED, load(name, WEIGHTED, options)],
    ]),
  );
for (const [index, uri] of uris.entries()) byUri.set(uri, load(names[index], "staging"));
const loaded = usedBytes() - before;

// A document moves the alias of every prompt: what was not moved is loaded by the package itself.
const { follow } = await import(`${dist}follow.js`);
const pointers = Object.fromEntries(names.map((/** @type {string} */ name) => [name, { staging: "v9" }]));
const live = follow({ source: () => pointers });
await live.refresh();
if (live.load(names[0], "staging").version !== 9) throw new Error("the pointers did not move");

/** Each passes over as many keys. @type {Record<string, () => void>} */
const kinds = {
  map() {
    for (const name of names) sink += byName.get(name)?.get("staging")?.version;
  },
  alias() {
    for (const name of names) sink += load(name, "staging").version;
  },
  followed() {
    for (const name of names) sink += live.load(name, "staging").version;
  },
  uriMap() {
    for (const uri of uris) sink += byUri.get(uri)?.version;
  },
  uri() {
    for (const uri of uris) sink += load(uri).version;
  },
  weightedMap() {
    for (const name of splits) sink += byName.get(name)?.get(WEIGHTED)?.version;
  },
  weighted() {
    for (const name of splits) sink += load(name, WEIGHTED, options).version;
  },
};

/** @type {Record<string, number>} */
const best = {};
for (let round = 0; round < ROUNDS; round++)
  for (const [kind, pass] of Object.entries(kinds)) {
    const started = process.hrtime.bigint();
    for (let repeat = 0; repeat < 40; repeat++) pass();
    const nanoseconds = Number(process.hrtime.bigint() - started) / (40 * names.length);
    best[kind] = Math.min(best[kind] ?? Number.POSITIVE_INFINITY, nanoseconds);
  }

for (const name of names) for (const ref of references(name)) if (/^v\d/.test(ref)) sink += load(name, ref).version;
const everything = usedBytes() - before;
console.log(JSON.stringify({ best, memory: { imported, loaded, everything }, sink: typeof sink }));

/** @param {string} name */
function isWeighted(name) {
  try {
    return load(name, WEIGHTED) === undefined;
  } catch {
    return true;
  }
}

/** What is alive, the texts of modules included, in bytes. */
function usedBytes() {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
