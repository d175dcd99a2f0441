// `cuecard pointers`

import path from "node:path";
import { UsageError } from "@cuecard/model";
import { exitCode } from "../exit.js";
import { plural } from "../report/count.js";
import { type DeclareCommand, examples } from "../support/command.js";
import type { CommandContext } from "../support/command-context.js";
import { printDiagnostics } from "../support/print-diagnostics.js";
import { withProject } from "../support/with-project.js";

export const pointers: DeclareCommand = (program, action) =>
  program
    .command("pointers")
    .summary("write the document by which running services move aliases")
    .description(
      "Write where every alias of aliases.json leads, as a document for services that follow it. Serve it from a CDN, an object store or a ConfigMap.",
    )
    .option("--out <file>", "the file to write (default: standard output)")
    .option("--sign <key>", "sign the document with this Ed25519 private key (a PEM file)")
    .option("--sequence <number>", "the document's number; services ignore documents with a lower one")
    .addHelpText(
      "after",
      examples("cuecard pointers --out pointers.json", "cuecard pointers --sign key.pem --sequence 42 > pointers.json"),
    )
    .action(action(run));

interface PointersCommandOptions {
  readonly out?: string;
  readonly sign?: string;
  readonly sequence?: string;
}

async function run(context: CommandContext, options: PointersCommandOptions): Promise<number> {
  const { stdout, stderr, cwd } = context.terminal;
  const fromHere = (name: "out" | "sign") => {
    const value = options[name];
    if (value === "") throw new UsageError(`--${name} requires a file`);
    return value === undefined ? undefined : path.resolve(cwd, value);
  };
  const sequence = options.sequence === undefined ? undefined : readSequence(options.sequence);
  const request = { out: fromHere("out"), sign: fromHere("sign"), sequence };
  return withProject(context, {}, async (registry) => {
    const { document, diagnostics } = await registry.pointers(request);
    await printDiagnostics(registry, diagnostics, { stream: stderr, paint: context.errorPaint });
    if (document === undefined) return exitCode.findings;
    if (options.out === undefined) {
      stdout.write(document.text);
      return exitCode.clean;
    }
    const what = [
      `${plural(document.aliases, "alias", "aliases")} of ${plural(document.prompts, "prompt")}`,
      ...(sequence === undefined ? [] : [`sequence ${sequence}`]),
      ...(options.sign === undefined ? [] : ["signed"]),
      ...(document.written ? [] : ["unchanged"]),
    ];
    stdout.write(`${context.paint.green("✓")} ${options.out}: ${what.join(", ")}\n`);
    return exitCode.clean;
  });
}

function readSequence(text: string): number {
  const sequence = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(sequence)) return sequence;
  throw new UsageError(`--sequence is "${text}": pass an integer from 0 to 2^53 - 1, such as the number of the CI run`);
}
