// What models of OpenAI have in common, whichever API serves them: the prefix of their names, and settings with a few values.

export const OPENAI_PREFIXES = ["openai"] as const;

export const OPENAI_CHOICES = {
  reasoning_effort: ["none", "minimal", "low", "medium", "high", "xhigh", "max"],
  verbosity: ["low", "medium", "high"],
} as const;
