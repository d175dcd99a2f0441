// Why a pointer must not move from one version to another while services run. They were compiled with the types of the first: so beside
// what breaks callers, everything that these types promise must hold. A commit that moves the pointer lets the compiler find the rest.

import type { JsonSchema } from "../model.js";
import { compareContracts, comparePrivacy, compareTools } from "./compare-facts.js";
import { compareSchemas } from "./compare-schemas.js";
import type { Contract } from "./contract.js";
import { differencesInKind } from "./kind-of-data.js";

/** @returns A phrase for people, or `undefined` if the pointer can move. */
export function whyNotFollow(built: Contract, other: Contract): string | undefined {
  const { inputs, kinds, outputs } = compareContracts(built, other);
  const broken = [...inputs, ...kinds, ...outputs].filter(({ breaking }) => breaking);
  const reasons = [
    ...broken.map(({ message }) => message),
    ...acceptedReasons(built, other)
      .filter(({ path }) => !broken.some((one) => one.path === path))
      .map(({ reason }) => reason),
    ...privacyReasons(built, other),
    ...messageReasons(built, other),
    ...answerReasons(built, other),
    ...dataReasons(built, other),
    ...settingReasons(built, other),
    ...toolReasons(built, other),
  ];
  const [first] = reasons;
  if (first === undefined) return undefined;
  return reasons.length === 1 ? first : `${first} (and ${reasons.length - 1} more)`;
}

/** `prompt.input` checks values of any kind and gives them, with the defaults, the type that callers know: so it must not accept more. */
function acceptedReasons(built: Contract, other: Contract): { readonly path: string; readonly reason: string }[] {
  return compareSchemas(completeSchema(built), completeSchema(other), "output")
    .filter(({ breaking }) => breaking)
    .map(({ path }) => {
      const what = path === "" ? "members" : `"${path}" with a value`;
      return { path, reason: `prompt.input may give ${what} that callers do not expect` };
    });
}

/** Of an input with its defaults. */
function completeSchema({ inputSchema, defaults }: Contract): JsonSchema {
  const declared = Object.keys(defaults).filter((name) => Object.hasOwn(inputSchema.properties ?? {}, name));
  const required = [...new Set([...(inputSchema.required ?? []), ...declared])];
  return required.length === 0 ? inputSchema : { ...inputSchema, required };
}

/** Telemetry must not begin to record what was private. */
function privacyReasons(built: Contract, other: Contract): string[] {
  const isPrivate = (name: string) => other.privateVariables?.includes(name) === true;
  const exposed = comparePrivacy(built, other).filter(({ path }) => !isPrivate(path));
  // Members that the schema does not name can be private as well.
  const rest = JSON.stringify(built.inputSchema.additionalProperties ?? true).includes('"private":true');
  const named = rest ? other.variables.filter((name) => !built.variables.includes(name) && !isPrivate(name)) : [];
  return [
    ...exposed.map(({ message }) => message),
    ...named.map((name) => `input "${name}" may be private, and telemetry records it`),
  ];
}

/** The type of a chat prompt has the roles of its messages, and says whether there is a system message. */
function messageReasons(built: Contract, other: Contract): string[] {
  if (built.kind !== "chat") return [];
  const roles = other.roles.filter((role) => !["system", "user", "assistant", ...built.roles].includes(role));
  const reasons = roles.map((role) => `there may be a ${role} message, which callers do not expect`);
  if (built.system === "sometimes" || built.system === other.system) return reasons;
  const system =
    built.system === "always"
      ? "there may be no system message, which callers expect"
      : "there may be a system message, which callers do not expect";
  return [...reasons, system];
}

/** SDK functions ask for an answer with a schema, which is no longer a text. */
function answerReasons(built: Contract, other: Contract): string[] {
  return built.outputSchema === undefined && other.outputSchema !== undefined
    ? ["the answer now has a schema, which callers do not expect"]
    : [];
}

/** Values may differ. Only tags, which are all texts, may be more: SDK functions throw for settings that they do not know. */
function dataReasons(built: Contract, other: Contract): string[] {
  const model =
    built.model === undefined && other.model !== undefined ? ["there is a model, which callers do not expect"] : [];
  const compared = (["model", "config", "tags", "metadata"] as const).flatMap((member) =>
    differencesInKind(built[member], other[member], { path: member, mayGrow: member === "tags" }).slice(0, 1),
  );
  return [...model, ...compared];
}

/** The settings that SDK functions take only some texts for, and the texts that each of the functions takes (runtime/src/sdk). */
const CHOICES: ReadonlyMap<string, readonly string[]> = new Map([
  ["reasoningeffort", ["none", "minimal", "low", "medium", "high", "xhigh"]],
  ["verbosity", ["low", "medium", "high"]],
]);

function settingReasons(built: Contract, other: Contract): string[] {
  return Object.entries(other.config).flatMap(([key, value]) => {
    const choices = CHOICES.get(key.replaceAll("_", "").toLowerCase());
    const isTaken = choices === undefined || built.config[key] === value || choices.includes(String(value));
    return isTaken ? [] : [`config.${key} is ${JSON.stringify(value)}, which SDKs may not take`];
  });
}

/** Callers have code for each tool, and the schemas say what the code gets. */
function toolReasons(built: Contract, other: Contract): string[] {
  const changes = compareTools(withoutDescriptions(built.tools), withoutDescriptions(other.tools));
  return changes.map(({ change, path, message }) => (change === "changed" ? `tool "${path}" changed` : message));
}

/** Tools with other descriptions are the same to callers. A schema can have a property of this name, which is not a text. */
function withoutDescriptions(tools: readonly unknown[]): readonly unknown[] {
  const replace = (key: string, value: unknown) => (key === "description" && typeof value === "string" ? "" : value);
  return JSON.parse(JSON.stringify(tools, replace));
}
