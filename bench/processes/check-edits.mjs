// Checks an edited text again and again, as the editor of `cuecard dev` does while someone types. Arguments: the URL of the package
// `cuecard`, the project's folder, and the file. Prints what one check takes.

const [url = "", dir = "", file = ""] = process.argv.slice(2);
const { openRegistry } = await import(url);
const registry = await openRegistry({ dir });
const { text } = (await registry.editSource(file)).result;

/** @param {number} count How many keystrokes. */
async function type(count) {
  for (let index = 0; index < count; index++) await registry.checkEdit({ file, text: `${text}\n{{unknown_${index}}}` });
}

const CHECKS = 20;
await type(CHECKS);
const started = performance.now();
const before = process.cpuUsage();
await type(CHECKS);
const { user, system } = process.cpuUsage(before);
registry.close();
console.log(
  JSON.stringify({
    milliseconds: (performance.now() - started) / CHECKS,
    processorMilliseconds: (user + system) / 1000 / CHECKS,
  }),
);
