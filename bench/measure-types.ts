// Type-checking a service that uses a few prompts: of a package of 1,000 prompts beside the same of 10.

import { existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BenchRepository } from "./bench-repository.js";
import { formatMemory, formatRatio, formatTarget, formatTime } from "./format-figure.js";
import { promptName } from "./make-repository.js";
import type { Bench, Table } from "./measurement.js";
import { CHECKOUT } from "./paths.js";
import { runProcess } from "./run-process.js";
import { type Sample, sampleInTurn } from "./sample.js";

const compilers = [
  { name: "TypeScript 6", program: join(CHECKOUT, "node_modules/typescript/bin/tsc") },
  { name: "TypeScript 7", program: join(CHECKOUT, "e2e/node_modules/typescript7/bin/tsc") },
];

export async function measureTypes({ repository, folder, rounds }: Bench): Promise<readonly Table[]> {
  const small = new BenchRepository(join(folder, "small"), { prompts: 10, versions: 10 });
  const services = { small: await makeService(small, folder), large: await makeService(repository, folder) };

  const rows: string[][] = [];
  for (const { name, program } of compilers.filter((compiler) => existsSync(compiler.program)))
    for (const skipLibCheck of [false, true]) {
      const check = (dir: string) => () =>
        runProcess([program, "--noEmit", "-p", dir, "--skipLibCheck", String(skipLibCheck)]);
      const samples = await sampleInTurn(rounds, { small: check(services.small), large: check(services.large) });
      rows.push(describe(`${name}${skipLibCheck ? ", skipLibCheck" : ""}`, samples.small, samples.large));
    }
  return [
    {
      title: "types: tsc on a service that uses a few prompts",
      columns: ["", "of 10 prompts", "of 1,000", "ratio", "of processor", "peak memory", "target"],
      rows,
      notes: [
        "Peak memory of 1,000 prompts in Node; TypeScript 7 checks in a process of its own, which is not counted.",
      ],
    },
  ];
}

function describe(name: string, small: Sample, large: Sample): string[] {
  const ratio = large.milliseconds / small.milliseconds;
  return [
    name,
    formatTime(small.milliseconds),
    formatTime(large.milliseconds),
    formatRatio(ratio),
    formatRatio(large.processorMilliseconds / small.processorMilliseconds),
    formatMemory(large.peakBytes),
    formatTarget("≤ 2 × or 3 s", ratio <= 2 || large.milliseconds <= 3000),
  ];
}

/** A service with the repository's package installed. */
async function makeService(repository: BenchRepository, folder: string): Promise<string> {
  await repository.ensureBuilt();
  const dir = join(folder, `service-${repository.size.prompts}`);
  mkdirSync(join(dir, "node_modules/@bench"), { recursive: true });
  symlinkSync(repository.packageDir, join(dir, "node_modules/@bench/prompts"), "junction");
  writeFileSync(join(dir, "package.json"), `${JSON.stringify({ type: "module" })}\n`);
  const compilerOptions = { strict: true, target: "es2022", module: "nodenext", types: [] };
  writeFileSync(join(dir, "tsconfig.json"), `${JSON.stringify({ compilerOptions, files: ["service.ts"] })}\n`);
  writeFileSync(join(dir, "service.ts"), SERVICE);
  return dir;
}

/** Right calls, and wrong ones that must be errors: types that fell back to `any` would be fast for nothing. */
const SERVICE = `import { load } from "@bench/prompts";
import { production } from "@bench/prompts/${promptName(3)}";

export const texts: string[] = [
  load("${promptName(0)}", "production").format({ variable_0: "a", variable_1: "b" }),
  load("${promptName(1)}", "v8").format({ variable_0: "a", variable_1: "b", variable_2: 3 }),
  load("${promptName(2)}", "latest").format({ variable_0: "a", variable_1: "b", variable_2: 3, variable_3: "d" }),
  load("${promptName(7)}", "production", { key: "k" }).format({ variable_0: "", variable_1: "", variable_2: 3, variable_3: "" }),
  load("prompts:/${promptName(0)}@staging").format({ variable_0: "a", variable_1: "b", items: [{ title: "t", amount: 1 }] }),
  production.format({ variable_0: "a", variable_1: "b", variable_2: 3, variable_3: "d", variable_4: "e" }),
];

// @ts-expect-error A variable is missing.
load("${promptName(0)}", "production").format({ variable_0: "a" });
// @ts-expect-error There is no such prompt.
load("${promptName(0)}x", "production");
// @ts-expect-error There is no such alias.
load("${promptName(0)}", "productive");
// @ts-expect-error There is no such version.
load("prompts:/${promptName(0)}/99");
// @ts-expect-error A weighted alias takes a key.
load("${promptName(7)}", "production");
`;
