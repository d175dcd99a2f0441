// The lines of a file of traces, one after the other: such a file may be larger than memory.

export interface TraceLine {
  /** 1-based. */
  readonly number: number;
  /** `undefined` for a line that is longer than the limit. */
  readonly text: string | undefined;
}

/** How many bytes of a line are read. A line of the OpenTelemetry Collector has a batch of spans. */
export const MAX_LINE: number = 64 * 1024 * 1024;

const LINE_END = 0x0a;

/** @param chunks The file's bytes. Lines without anything in them are left out. */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array | string>,
  maxLine: number = MAX_LINE,
): AsyncGenerator<TraceLine> {
  let parts: Buffer[] = [];
  let length = 0;
  let number = 1;
  const take = (): TraceLine | undefined => {
    const text = length > maxLine ? undefined : Buffer.concat(parts).toString("utf8");
    const line = { number, text: number === 1 ? text?.replace(/^\uFEFF/, "") : text };
    parts = [];
    length = 0;
    number++;
    return line.text === undefined || line.text.trim() !== "" ? line : undefined;
  };
  for await (const chunk of chunks) {
    const bytes = Buffer.from(chunk as Uint8Array);
    let start = 0;
    for (let end = bytes.indexOf(LINE_END); end !== -1; end = bytes.indexOf(LINE_END, start)) {
      add(bytes.subarray(start, end));
      const line = take();
      if (line !== undefined) yield line;
      start = end + 1;
    }
    add(bytes.subarray(start));
  }
  const last = length > 0 ? take() : undefined;
  if (last !== undefined) yield last;

  /** Of a line that is too long, only its length is kept. */
  function add(bytes: Buffer): void {
    length += bytes.length;
    if (length > maxLine) parts = [];
    else if (bytes.length > 0) parts.push(bytes);
  }
}
