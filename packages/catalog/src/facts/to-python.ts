// Prints JSON as a literal of Python.

export function toPython(value: unknown, indent = ""): string {
  const inner = `${indent}    `;
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (Array.isArray(value))
    return value.length === 0
      ? "[]"
      : `[\n${value.map((item) => `${inner}${toPython(item, inner)},\n`).join("")}${indent}]`;
  if (typeof value === "object") {
    const entries = Object.entries(value);
    const lines = entries.map(([name, own]) => `${inner}${toPython(name)}: ${toPython(own, inner)},\n`);
    return lines.length === 0 ? "{}" : `{\n${lines.join("")}${indent}}`;
  }
  // Strings and numbers of JSON are literals of Python as well.
  return JSON.stringify(value);
}
