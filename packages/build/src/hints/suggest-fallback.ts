// Fallbacks for missing values as other languages write them: `title || "none"`, `title|default("none")`.

/** `{{title || "none"}}`, and filters and helpers that mean the same. */
export function suggestFallback(value: string | undefined, fallback: string | undefined): string {
  if (value === undefined || fallback === undefined)
    return "give the variable a default in input.default, or write {{#if …}}…{{else}}…{{/if}}";
  const written = `{{#if ${value}}}{{${value}}}{{else}}${asText(fallback)}{{/if}}`;
  return /^(?!this$)[\w$-]+$/.test(value)
    ? `give it a default in input.default, or write ${written}`
    : `write ${written}`;
}

/** An operand as text. */
export function asText(operand: string): string {
  return /^["']/.test(operand) ? operand.slice(1, -1) : `{{${operand}}}`;
}
