// Figures as people read them.

export function formatTime(milliseconds: number): string {
  if (milliseconds >= 1000) return `${(milliseconds / 1000).toFixed(2)} s`;
  return `${milliseconds.toFixed(milliseconds < 20 ? 1 : 0)} ms`;
}

export function formatRatio(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 1)} ×`;
}

export function formatMemory(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}

export function formatBytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(2)} kB`;
}

/** A target beside its figure: `✓ ≤ 300 MB`. */
export function formatTarget(text: string, met: boolean): string {
  return `${met ? "✓" : "✗ missed:"} ${text}`;
}
