// A measured value as people read it.

export function formatValue(value: number): string {
  return String(Number(value.toPrecision(6)));
}
