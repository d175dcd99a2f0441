// Run by this package's build: bundles the scripts of the pages, and writes them with styles and icon as a module of texts.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const folder = fileURLToPath(new URL("..", import.meta.url));
const resolve = { conditionNames: ["cuecard-source", "browser", "import", "default"] };
const options = { cwd: folder, resolve, platform: "browser", transform: { target: "es2022" } } as const;

/** The modules that the scripts contain, relative to this package: the licenses of libraries go with the code. */
const modules = new Set<string>();

async function bundle(
  input: string | Record<string, string>,
  format: "es" | "iife",
  chunkFileNames = "[name].js",
): Promise<[path: string, text: string][]> {
  const build = await rolldown({ ...options, input, checks: { pluginTimings: false } });
  const { output } = await build.generate({
    format,
    minify: true,
    chunkFileNames,
    comments: { legal: true },
  });
  for (const part of output)
    if (part.type === "chunk")
      for (const [id, { renderedLength }] of Object.entries(part.modules))
        if (renderedLength > 0) modules.add(path.relative(folder, id.replace("\0", "")));
  return output.flatMap((part) => (part.type === "chunk" ? [[`assets/${part.fileName}`, part.code] as const] : []));
}

/** Writes a module of texts. */
function writeAssets(file: string, name: string, files: readonly (readonly [path: string, text: string])[]): void {
  const assets = files.map(([path, text]) => ({ path, text }));
  writeFileSync(`${folder}dist/${file}.js`, `export const ${name} = ${JSON.stringify(assets, undefined, 2)};\n`);
  writeFileSync(
    `${folder}dist/${file}.d.ts`,
    `export declare const ${name}: readonly { readonly path: string; readonly text: string }[];\n`,
  );
}

writeAssets("assets", "assets", [
  ...(await bundle({ app: "src/browser/app.ts", runtime: "src/browser/runtime.ts" }, "es")),
  ...(await bundle("src/browser/theme.ts", "iife")),
  ["assets/site.css", readFileSync(`${folder}src/browser/site.css`, "utf8")],
  ["assets/icon.svg", readFileSync(`${folder}src/browser/icon.svg`, "utf8")],
]);
const dev = `${folder}src/browser/dev/`;
const devStyles = readdirSync(dev)
  .filter((file) => file.endsWith(".css"))
  .sort();
// Only `cuecard dev` has these.
writeAssets("dev-assets", "devAssets", [
  ...(await bundle({ dev: "src/browser/dev/dev.ts" }, "es", "dev-[name].js")),
  ["assets/dev.css", devStyles.map((file) => readFileSync(`${dev}${file}`, "utf8")).join("\n")],
]);
writeFileSync(`${folder}dist/bundled-modules.json`, JSON.stringify([...modules].sort(), undefined, 2));
