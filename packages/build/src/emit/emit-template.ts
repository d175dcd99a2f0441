// A version's compiled template: the function that renders it, and what checks its inputs and answers.

import type { CheckCode, CompiledContent, CompiledVersion } from "../model.js";
import { stringLiteral } from "../text/escape.js";
import { hoistTexts, textParameter } from "./hoist-texts.js";
import { emitData, emitLongText, emitMembers } from "./layout.js";
import type { VersionStructure } from "./pack.js";
import { type PromptEmission, PURE } from "./prompt-emission.js";
import { namedTexts } from "./render-function.js";

/** What the code of a version is made for, and what it is part of. */
export interface TemplateContext {
  /** Whether inputs and answers can be validated. */
  readonly validation: boolean;
  readonly emission: PromptEmission;
}

/** The constant of a version's compiled template; versions with equal templates share it. */
export function emitTemplate(version: CompiledVersion, context: TemplateContext): string {
  const { emission } = context;
  const { render } = version.content;
  const texts = render.texts.map((text, index) =>
    emission.share(index === 0 ? "text" : `text${index + 1}`, version, `${PURE} ${emitLongText(text, "")}`),
  );
  return emission.share("template", version, `{\n${templateMembers(version, namedTexts(render, texts), context)}}`);
}

/**
 * What a version needs to be made from its texts.
 *
 * @example `($, [$0]) => textPrompt($, { render: (input) => $0 + asText(input.name), … })`
 */
export function emitStructure(version: CompiledVersion, context: TemplateContext): VersionStructure {
  const { render } = version.content;
  const { code, texts } = hoistTexts(namedTexts(render, render.texts.map(stringLiteral)));
  const template = templateMembers(version, code, context)
    .replaceAll(/\s*\n\s*/g, " ")
    .trim();
  const parameters = texts.length === 0 ? "$" : `$, [${texts.map((_, index) => textParameter(index)).join(", ")}]`;
  return { make: `(${parameters}) => ${useMaker(version, context.emission)}($, { ${template} })`, texts };
}

/** The runtime's function that makes a prompt of the version's kind. */
export function useMaker({ content }: CompiledVersion, emission: PromptEmission): string {
  return emission.use(content.kind === "chat" ? "chatPrompt" : "textPrompt");
}

/** @param renderCode The function that renders, as source. */
function templateMembers(
  version: CompiledVersion,
  renderCode: string,
  { validation, emission }: TemplateContext,
): string {
  const { inputCheck, outputCheck, defaults, render }: CompiledContent = version.content;
  const guard = validation && inputCheck.kind === "plain" ? inputCheck.guard : undefined;
  for (const name of [...render.imports, ...(guard?.imports ?? [])]) emission.use(name);
  for (const name of render.helpers) emission.helpers.add(name);
  const names = [...new Set([...render.names, ...(guard?.names ?? [])])];
  return emitMembers({
    render: renderCode,
    defaults: Object.keys(defaults).length === 0 ? undefined : emitData(defaults, "  "),
    ...(validation ? emitCheck("Input", inputCheck, version, emission) : {}),
    ...(validation ? emitCheck("Output", outputCheck, version, emission) : {}),
    callsHelpers: validation && render.helpers.length > 0 ? "true" : undefined,
    accepts: guard && emitCondition("input", guard.tests.length === 0 ? ["true"] : guard.tests, "&&"),
    isPolluted:
      names.length === 0
        ? "() => false"
        : emitCondition(
            "prototype",
            names.map((name) => `${stringLiteral(name)} in prototype`),
            "||",
          ),
  });
}

/** A function that tests several things. */
function emitCondition(parameter: string, tests: readonly string[], operator: "&&" | "||"): string {
  const line = `(${parameter}) => ${tests.join(` ${operator} `)}`;
  return line.length < 100 ? line : `(${parameter}) =>\n    ${tests.join(` ${operator}\n    `)}`;
}

/** How values are checked: by reading the schema, or by a validator that Ajv emitted. */
function emitCheck(
  kind: "Input" | "Output",
  check: CheckCode | undefined,
  version: CompiledVersion,
  emission: PromptEmission,
): Readonly<Record<string, string>> {
  if (check === undefined) return {};
  const [key, what] = kind === "Input" ? ["input", "InputValidator"] : ["output", "OutputParser"];
  const reader = kind === "Output" ? answerReader(version.content) : undefined;
  const read = (parser: string) => (reader === undefined ? parser : `${PURE} ${emission.use(reader)}(${parser})`);
  if (check.kind === "plain") return { [key]: read(emission.use(`plain${what}`)) };
  for (const name of check.imports) emission.use(name);
  const makeCheck = `make${kind}Check`;
  return { [key]: read(emission.use(`compiled${what}`)), [makeCheck]: emission.share(makeCheck, version, check.code) };
}

/** How answers that are not JSON are read: those of the formats `text` and `enum`, if the schema allows only text. */
function answerReader({ outputFormat, outputSchema }: CompiledContent): "textAnswers" | "wordAnswers" | undefined {
  if (outputSchema === undefined || (outputFormat !== "text" && outputFormat !== "enum")) return undefined;
  const values = "const" in outputSchema ? [outputSchema.const] : outputSchema.enum;
  const isText =
    values === undefined ? outputSchema.type === "string" : values.every((value) => typeof value === "string");
  if (!isText) return undefined;
  return outputFormat === "text" ? "textAnswers" : "wordAnswers";
}
