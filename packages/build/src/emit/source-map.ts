// Source maps (version 3, https://tc39.es/ecma426/): they lead from a place in an emitted file to a place in a file of the project.

/** Lines and columns count from 0. */
export interface Mapping {
  readonly line: number;
  readonly column: number;
  /** An index of the sources. */
  readonly source: number;
  readonly sourceLine: number;
  readonly sourceColumn: number;
}

/**
 * The field `mappings` of a source map.
 *
 * @param mappings In the order of the emitted file. Without one for its beginning, the beginning leads nowhere.
 */
export function encodeMappings(mappings: readonly Mapping[]): string {
  const [first] = mappings;
  const lines: string[][] = [first?.line === 0 && first.column === 0 ? [] : ["A"]];
  let [column, source, sourceLine, sourceColumn] = [0, 0, 0, 0];
  for (const mapping of mappings) {
    while (lines.length <= mapping.line) {
      lines.push([]);
      column = 0;
    }
    const deltas = [
      mapping.column - column,
      mapping.source - source,
      mapping.sourceLine - sourceLine,
      mapping.sourceColumn - sourceColumn,
    ];
    lines.at(-1)?.push(deltas.map(encodeNumber).join(""));
    ({ column, source, sourceLine, sourceColumn } = mapping);
  }
  return lines.map((segments) => segments.join(",")).join(";");
}

/**
 * @param file The emitted file's own name.
 * @param sources Relative to the emitted file.
 * @param mappings See `encodeMappings`.
 */
export function printSourceMap(file: string, sources: readonly string[], mappings: string): string {
  return `${JSON.stringify({ version: 3, file, sources, names: [], mappings })}\n`;
}

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Base 64 VLQ: the sign in the lowest bit, then groups of five bits, the lowest first. */
function encodeNumber(value: number): string {
  let rest = value < 0 ? (-value << 1) | 1 : value << 1;
  let code = "";
  do {
    const digit = rest & 31;
    rest >>>= 5;
    code += DIGITS.charAt(rest > 0 ? digit | 32 : digit);
  } while (rest > 0);
  return code;
}
