// Run by this package's build: bundles the command line and the programmatic API, with the packages and libraries that they
// use, into dist. Parts that few commands need are chunks of their own, which load when they are needed.

import { readFileSync, writeFileSync } from "node:fs";
import { builtinModules } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import {
  type GetModuleInfo,
  type OutputChunk,
  type Plugin,
  type PreRenderedChunk,
  type RolldownOutput,
  rolldown,
} from "rolldown";
import { dts } from "rolldown-plugin-dts";
import { describeLicenses } from "./licenses.js";

const folder = fileURLToPath(new URL("..", import.meta.url));
const dist = path.join(folder, "dist");

/** The packages are read as sources. Of libraries, ES modules come first. */
const resolve = { conditionNames: ["cuecard-source", "import", "node", "default"], mainFields: ["module", "main"] };

/** gray-matter's own engines, one of which runs JavaScript, are never used: the compiler passes others for all of them. */
const withoutEngines: Plugin = {
  name: "without-engines",
  load: {
    filter: { id: /[\\/]gray-matter[\\/]lib[\\/]engines\.js$/ },
    handler: () => "module.exports = {};",
  },
};

/** The protocol's library brings a copy of Ajv to check what users enter, which this server never asks for. */
const withoutValidator: Plugin = {
  name: "without-validator",
  load: {
    filter: { id: /[\\/]@modelcontextprotocol[\\/]server[\\/]dist[\\/]shimsNode\.mjs$/ },
    handler: () => 'export { default as process } from "node:process"; export class DefaultJsonSchemaValidator {}',
  },
};

/** The AI SDK calls models by their names through a gateway of its maker, whose library reads tokens from disk. We pass models. */
const withoutGateway: Plugin = {
  name: "without-gateway",
  load: {
    filter: { id: /[\\/]@ai-sdk[\\/]gateway[\\/]dist[\\/]index\.m?js$/ },
    handler: () =>
      `class None extends Error { static isInstance() { return false; } }
export { None as GatewayAuthenticationError, None as GatewayError };
export const createGateway = () => { throw new None("The gateway is not part of this bundle."); };
export const gateway = createGateway;`,
  },
};

async function bundleCode(): Promise<RolldownOutput> {
  const build = await rolldown({
    cwd: folder,
    input: { bin: "src/bin.ts", index: "src/index.ts" },
    external: [...builtinModules, /^node:/],
    resolve,
    platform: "node",
    transform: { target: "es2022" },
    plugins: [withoutEngines, withoutValidator, withoutGateway],
    checks: { pluginTimings: false },
    onLog(level, { message }) {
      if (level === "warn") throw new Error(message);
    },
  });
  return build.write({
    dir: dist,
    cleanDir: true,
    comments: { legal: true, jsdoc: false, annotation: false },
    chunkFileNames: (chunk) => `${nameChunk(chunk)}.js`,
    codeSplitting: {
      groups: [{ debugName: START, name: (id, graph) => (isNeededAtStart(id, graph) ? START : null) }],
    },
  });
}

/** The chunk with what every start needs: to open one file takes less time than to open twenty. */
const START = "command-line";
const ENTRY = path.join(folder, "src/run.ts");
let neededAtStart: Set<string> | undefined;

function isNeededAtStart(id: string, graph: { getModuleInfo: GetModuleInfo }): boolean {
  if (neededAtStart === undefined) {
    const found = new Set<string>([ENTRY]);
    // The loop also visits what it adds.
    for (const module of found)
      for (const imported of graph.getModuleInfo(module)?.importedIds ?? [])
        if (path.isAbsolute(imported)) found.add(imported);
    neededAtStart = found;
  }
  return neededAtStart.has(id);
}

/**
 * The declarations, in one file. They name no type of a library, so that callers need none.
 *
 * @throws Error if they do.
 */
async function bundleTypes(): Promise<void> {
  const build = await rolldown({
    cwd: folder,
    input: { index: "src/index.ts" },
    external: /^(?!@cuecard\/)[^./]/,
    resolve,
    plugins: [dts({ oxc: true, emitDtsOnly: true, resolver: "oxc" })],
  });
  const { output } = await build.write({ dir: dist });
  for (const part of output)
    if (part.type === "chunk" && /^import /m.test(part.code))
      throw new Error(`The declarations of cuecard import ${part.imports.join(", ")}`);
}

/** Names that people can find in the sources: of the last module or, if it is the entry of a package, of the package. */
function nameChunk({ name, moduleIds }: PreRenderedChunk): string {
  const last = moduleIds.at(-1) ?? "";
  const [, library] = /.*[\\/]node_modules[\\/](@[^\\/]+[\\/][^\\/]+|[^\\/]+)/.exec(last) ?? [];
  if (library !== undefined) return library.replace("@", "").replaceAll(/[\\/]/g, "-");
  return /[\\/]packages[\\/]([^\\/]+)[\\/]src[\\/]index\.ts$/.exec(last)?.[1] ?? name;
}

const { output } = await bundleCode();
await bundleTypes();
const chunks = output.filter((part): part is OutputChunk => part.type === "chunk");
writeFileSync(path.join(dist, "third-party-licenses.md"), describeLicenses(chunks, catalogModules()));

/** The modules in the scripts of the catalog, which the bundle has as texts. */
function catalogModules(): string[] {
  const catalog = path.join(folder, "../catalog");
  const modules = JSON.parse(readFileSync(path.join(catalog, "dist/bundled-modules.json"), "utf8")) as string[];
  return modules.map((module) => path.join(catalog, module));
}
