// What a command sees of the world it runs in: streams, environment, folder. Tests pass their own.

import { fstatSync } from "node:fs";

export interface OutputStream {
  write(text: string): void;
  /** Whether this is a terminal, and not a pipe or a file. */
  readonly interactive: boolean;
  /** Columns of the terminal; `undefined` when unknown. */
  readonly columns: number | undefined;
  /** Whether this is a file, which no CI service reads. */
  readonly isFile?: boolean;
  /** Writes commands that a CI service should obey; `write` makes them visible instead. */
  writeCommands?(text: string): void;
  /** Whether some of the text was changed so that no CI service obeys it. */
  readonly isAltered?: boolean;
}

/**
 * Columns to fit prose into: at most 100, because longer lines are hard to read. Without a terminal there is no limit, so
 * that `grep` finds whole sentences in pipes and CI logs.
 */
export function proseWidth({ columns }: OutputStream): number {
  return columns === undefined ? Number.POSITIVE_INFINITY : Math.min(columns, 100);
}

export interface InputStream {
  readonly interactive: boolean;
  /** The bytes up to the end of the input. */
  readAll(): Promise<Uint8Array>;
  /** The same bytes as they arrive. */
  chunks(): AsyncIterable<Uint8Array>;
}

export interface Terminal {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: InputStream;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  /** Settles when a long-running command should end: after Ctrl-C or SIGTERM, or if nothing reads its output anymore. */
  readonly interrupted: Promise<void>;
}

/** The terminal of this process. */
export function processTerminal(): Terminal {
  return {
    cwd: process.cwd(),
    env: process.env,
    stdin: { interactive: process.stdin.isTTY === true, readAll: readStandardInput, chunks: () => process.stdin },
    stdout: output(process.stdout),
    stderr: output(process.stderr),
    // Lazily: a handler replaces Node's own (immediate) exit, which every other command keeps.
    get interrupted() {
      return new Promise<void>((resolve) => {
        for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
        process.stdout.once("error", () => resolve());
      });
    },
  };
}

function output(stream: NodeJS.WriteStream & { readonly fd: number }): OutputStream {
  return {
    write: (text) => void stream.write(text),
    get isFile() {
      try {
        return fstatSync(stream.fd).isFile();
      } catch {
        return false;
      }
    },
    get interactive() {
      return stream.isTTY === true;
    },
    get columns() {
      return stream.isTTY ? stream.columns : undefined;
    },
  };
}

async function readStandardInput(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}
