// What prompts become in the requests of the SDKs: each call passes its SDK's types, and what its client sends is recorded.
// The requests are in sdk-requests/; `vitest -u` writes them.

import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { compile } from "@cuecard/build";
import { createFolder } from "@cuecard/testing";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { makeSnapshot } from "../packages/build/test/make-snapshot.js";
import { recordRequests } from "./record-requests.js";
import { argumentsOf, promptsOf, RIGHT, SDKS, type SdkCalls, WRONG } from "./sdk-calls.js";
import { type CompileError, typeCheck } from "./type-check.js";

// The SDKs' types take a compiler seconds: on a slow machine, more than a test has.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

// The warning is about Node versions of next year.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";

const dir = createFolder("sdks");
const recorder = await recordRequests();
afterAll(() => recorder.close());

let errors: CompileError[] = [];

beforeAll(async () => {
  write("package.json", '{ "type": "module" }');
  symlinkSync(path.join(import.meta.dirname, "node_modules"), path.join(dir, "node_modules"), "dir");
  for (const [sdk, calls] of Object.entries(SDKS)) writeSdk(sdk, calls);
  const compilerOptions = {
    target: "es2022",
    module: "nodenext",
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    // The SDKs' own declarations have errors under these settings.
    skipLibCheck: true,
    noEmit: true,
    types: ["node"],
    typeRoots: [path.join(import.meta.dirname, "../node_modules/@types")],
    customConditions: ["cuecard-source"],
  };
  write("tsconfig.json", JSON.stringify({ compilerOptions, include: ["*/*.ts"] }));
  errors = await typeCheck("typescript7", dir, ["-p", "."]);
});

function write(file: string, text: string): void {
  const target = path.join(dir, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, text);
}

/** A package of the prompts, a module with a call of each, and one with wrong calls: one a line. */
function writeSdk(sdk: string, calls: SdkCalls): void {
  const snapshot = makeSnapshot({ versions: versionsOf(promptsOf(calls.provider)) });
  const { files, diagnostics } = compile(snapshot, { versions: "all", working: false });
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  for (const [file, text] of files) write(`${sdk}/dist/${file}`, text);
  const setup = `import { find, load } from "./dist/index.js";\n${calls.setup}\n`;
  const made = Object.entries(argumentsOf(calls)).map(([prompt, args]) => {
    const loaded = `load("${prompt}", "latest")`;
    // The types refuse it; at run time an error does.
    const given = calls.refused?.[prompt] === undefined ? loaded : `${loaded} as never`;
    const added = calls.added?.(prompt);
    const request = `to(${given}, ${args})`;
    return `  "${prompt}": (url: string) => ${calls.call(added === undefined ? request : `{ ${added}, ...${request} }`)},\n`;
  });
  const notRun = `export const more = () => {\n${RIGHT.map((line) => `  { ${line} }\n`).join("")}};\n`;
  write(`${sdk}/right.ts`, `${setup}export const calls = {\n${made.join("")}};\n${notRun}`);
  const wrong = [...WRONG, ...calls.wrong].map(([line]) => `{ ${line} }\n`);
  write(`${sdk}/wrong.ts`, `${setup.replaceAll("\n", " ")}\n${wrong.join("")}`);
}

/** `text@v1` for `text.md`. */
function versionsOf(prompts: Readonly<Record<string, string>>): Record<string, Record<string, string>> {
  return Object.fromEntries(
    Object.entries(prompts).map(([file, text]) => [file.replace(/\.md$/, "@v1"), { [file]: text }]),
  );
}

describe.each(Object.entries(SDKS))("%s", (sdk, calls) => {
  it("accepts every request without a cast", () => {
    expect(errors.filter(({ file }) => file === `${sdk}/right.ts`)).toEqual([]);
  });

  it("refuses wrong calls at compile time, and the message names what is wrong", () => {
    const unnamed = [...WRONG, ...calls.wrong].flatMap(([line, ...named], index) => {
      const found = errors.filter((error) => error.file === `${sdk}/wrong.ts` && error.line === index + 2);
      const message = found.map((error) => error.message).join("\n");
      return named.every((text) => message.includes(text)) ? [] : [`${line}: ${message}`];
    });
    expect(unnamed).toEqual([]);
  });

  it("is sent what the prompts contain", async () => {
    const sent: Record<string, unknown> = {};
    const { calls: made } = (await import(path.join(dir, sdk, "right.ts"))) as {
      readonly calls: Readonly<Record<string, (url: string) => Promise<unknown>>>;
    };
    for (const [prompt, call] of Object.entries(made)) {
      const refused = calls.refused?.[prompt];
      const result = Promise.resolve().then(() => call(calls.http2 ? recorder.http2Url : recorder.url));
      if (refused === undefined) await result.catch(ignoreAnswer);
      else await expect(result).rejects.toThrow(refused);
      const requests = recorder.take();
      expect(requests.length, prompt).toBe(refused === undefined ? 1 : 0);
      if (requests.length > 0) sent[prompt] = requests[0];
    }
    await expect(`${JSON.stringify(sent, null, 2)}\n`).toMatchFileSnapshot(`sdk-requests/${sdk}.json`);
  });
});

it("is refused by the oldest supported compiler as well", async () => {
  const calls = Object.values(SDKS).map(({ setup }) => /import \{.*\} from "@cuecard.*/.exec(setup)?.[0] ?? "");
  const modules = calls.map((importOfTo, index) => {
    const file = `older/${index}.ts`;
    const lines = WRONG.map(([line]) => `{ ${line} }`).join("\n");
    write(file, `import { load } from "../anthropic/dist/index.js"; ${importOfTo}\n${lines}\n`);
    return file;
  });
  const compilerOptions = {
    target: "es2022",
    module: "nodenext",
    strict: true,
    noEmit: true,
    types: [],
    skipLibCheck: true,
  };
  const files = modules.map((file) => path.basename(file));
  write(
    "older/tsconfig.json",
    JSON.stringify({ compilerOptions: { ...compilerOptions, customConditions: ["cuecard-source"] }, files }),
  );
  const found = await typeCheck("typescript50", path.join(dir, "older"), ["-p", "."]);
  const lines = files.map((file) => new Set(found.filter((error) => error.file === file).map(({ line }) => line - 2)));
  expect(lines).toEqual(files.map(() => new Set(WRONG.keys())));
});

/** Only what was sent counts: no answer fits every prompt. */
function ignoreAnswer(error: unknown): void {
  if (!/answer|output/i.test(String(error))) throw error;
}
