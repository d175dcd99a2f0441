// What a command sees of the world it runs in: streams, environment, folder. Tests pass their own.

export interface OutputStream {
  write(text: string): void;
  /** Whether a person reads along, and not a pipe or a file. */
  readonly interactive: boolean;
  /** Columns of the terminal; `undefined` when nobody knows. */
  readonly columns: number | undefined;
}

export interface InputStream {
  readonly interactive: boolean;
  /** Everything up to the end of the input. */
  readAll(): Promise<string>;
}

export interface Terminal {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: InputStream;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  /** Settles when the user asks a long-running command to end (Ctrl-C, SIGTERM). */
  readonly interrupted: Promise<void>;
}
