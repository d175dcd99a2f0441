// Untrusted values that a template inserts where they can pass for its own text: outside of delimiters, or in a system message. Tests of a
// value insert nothing. docs/decisions/053-untrusted-values.md has the reasons.

import type { Diagnostic } from "@cuecard/model";
import type { ValueType } from "../language/helper-signature.js";
import { UNTRUSTED } from "../language/language.js";
import type { JsonSchema } from "../model.js";
import { DescribedValue } from "../schema/untrusted-values.js";
import type { Expression, Node, Origin, PartialFunction, Scope, Template } from "../template/ir.js";
import type { HelperLookup } from "../template/lowering.js";
import { textOf } from "./path-segments.js";
import { FIRST_SPEAKERS, SpeakerFlow, type Speakers, speakersIn } from "./speakers.js";
import { TemplateFindings } from "./template-findings.js";
import { delimited, extended, fromSchema, madeOf, oneOf, TRUSTED, type TracedValue } from "./traced-value.js";

/** For how many contexts a partial that includes itself is checked one by one. */
const MAX_CONTEXTS = 16;

/** @param schema Of the input, as it is declared or inferred. */
export function checkTrust(template: Template, schema: JsonSchema, helpers: HelperLookup): readonly Diagnostic[] {
  const input = new DescribedValue(schema);
  if (!input.holdsUntrusted) return [];
  const findings = new TemplateFindings();
  const check = new TrustCheck(fromSchema(input), helpers, findings);
  check.bind(template.input, fromSchema(input));
  check.nodes(template.nodes, FIRST_SPEAKERS, { begins: false, ends: true });
  check.partials();
  return findings.diagnostics;
}

interface Call {
  readonly partial: PartialFunction;
  readonly context: TracedValue;
  readonly speakers: Speakers;
}

class TrustCheck {
  readonly #input: TracedValue;
  readonly #helpers: HelperLookup;
  readonly #findings: TemplateFindings;
  readonly #flow = new SpeakerFlow();
  /** The context of each scope. */
  readonly #contexts = new Map<number, TracedValue>();
  /** What the loop that made a scope is over. */
  readonly #lists = new Map<number, TracedValue>();
  readonly #seen = new Map<PartialFunction, Set<string>>();
  readonly #calls: Call[] = [];

  constructor(input: TracedValue, helpers: HelperLookup, findings: TemplateFindings) {
    this.#input = input;
    this.#helpers = helpers;
    this.#findings = findings;
  }

  bind(scope: Scope, value: TracedValue): void {
    this.#contexts.set(scope.id, value);
  }

  nodes(nodes: readonly Node[], before: Speakers, edges: Edges = NO_EDGES): void {
    let speakers = before;
    for (const [index, node] of nodes.entries()) {
      const around = edgesAt(nodes, index, edges);
      if (node.kind === "output") this.#output(node, speakers, around.begins && around.ends);
      else this.#node(node, speakers, around);
      speakers = this.#flow.after(node, speakers);
    }
  }

  /** Partials that include themselves, for each kind of context. */
  partials(): void {
    for (let call = this.#calls.shift(); call !== undefined; call = this.#calls.shift()) {
      this.bind(call.partial.scope, call.context);
      this.nodes(call.partial.body, call.speakers);
    }
  }

  #node(node: Exclude<Node, { kind: "output" }>, speakers: Speakers, edges: Edges): void {
    if (node.kind === "media") {
      const { origin } = this.#trace(node.url);
      if (origin !== undefined) this.#inSystem(node.origin, origin, speakers);
    } else if (node.kind === "include") this.#include(node, speakers);
    else if (node.kind === "if") this.nodes(node.then, speakers, edges);
    else if (node.kind === "each") {
      const list = this.#trace(node.list);
      this.#lists.set(node.scope.id, list);
      this.bind(node.scope, list.item());
    } else if (node.kind === "section") {
      const value = this.#trace(node.value);
      this.bind(node.scope, oneOf([value, value.item(), this.#trace(node.context)]));
    } else if (node.kind === "with" || node.kind === "let") this.bind(node.scope, this.#trace(node.value));
    if ("body" in node) this.nodes(node.body, this.#flow.atBody(node, speakers), edgesOfBody(node, edges));
    if ("otherwise" in node) this.nodes(node.otherwise, speakers, edges);
  }

  #output(node: Extract<Node, { kind: "output" }>, speakers: Speakers, alone: boolean): void {
    const { source, origin } = this.#trace(node.value);
    if (origin === undefined || this.#inSystem(node.origin, origin, speakers) || source === undefined || alone) return;
    const written = textOf(node.origin);
    const instead = this.#helpers.has(UNTRUSTED)
      ? `rename your helper "${UNTRUSTED}", and write ${delimiting(written)}`
      : `write ${delimiting(written)}`;
    this.#findings.report("template/untrusted-undelimited", { written, variable: source, instead }, node.origin);
  }

  /** Reports a value that may be in a system message. */
  #inSystem(at: Origin, variable: string, speakers: Speakers): boolean {
    if (!speakers.has("system")) return false;
    this.#findings.report("template/untrusted-in-system", { written: textOf(at), variable }, at);
    return true;
  }

  #include({ partial, context }: Extract<Node, { kind: "include" }>, before: Speakers): void {
    const traced = this.#trace(context);
    const seen = this.#seen.get(partial) ?? new Set();
    this.#seen.set(partial, seen);
    const speakers = speakersIn(partial, before);
    const isLast = seen.size >= MAX_CONTEXTS;
    const key = isLast ? "any" : `${traced.key} in ${[...speakers].sort().join(" ")}`;
    if (seen.has(key)) return;
    seen.add(key);
    this.#calls.push({ partial, context: isLast ? madeOf([this.#input]) : traced, speakers });
  }

  #trace(expression: Expression): TracedValue {
    switch (expression.kind) {
      case "literal":
        return TRUSTED;
      case "path":
        return expression.members.reduce((value, name) => value.member(name), this.#base(expression.base));
      case "lookup": {
        const { object, key } = expression;
        const value = this.#trace(object);
        return key.kind === "literal" ? value.member(String(key.value)) : value.item();
      }
      case "json":
        return this.#json(this.#trace(expression.value));
      case "untrusted":
        return delimited(this.#trace(expression.value));
      case "call": {
        const { helper, positional, named } = expression;
        // What a helper is given between delimiters, it may return without them.
        const given = [...positional, ...named.map(([, argument]) => argument)].map(({ value }) => this.#trace(value));
        return mayHaveText(this.#helpers.get(helper)?.returns ?? "any") ? madeOf(given) : TRUSTED;
      }
      case "extend": {
        const members = expression.entries.map(([name, value]) => [name, this.#trace(value)] as const);
        return extended(this.#trace(expression.object), new Map(members));
      }
    }
  }

  #base(base: Extract<Expression, { kind: "path" }>["base"]): TracedValue {
    if (base.kind === "data") return TRUSTED;
    if (base.kind === "scope") return this.#contexts.get(base.scope.id) ?? TRUSTED;
    const list = base.variable === "key" ? this.#lists.get(base.scope.id) : undefined;
    return list?.keySource === undefined ? TRUSTED : madeOf([list]);
  }

  /** Delimited text stays delimited: JSON adds only backslashes, which no delimiter has. */
  #json(value: TracedValue): TracedValue {
    return value.source === undefined ? value : madeOf([value]);
  }
}

/** Whether a helper's result may contain text that it was given. */
function mayHaveText(type: ValueType): boolean {
  return (
    type === "any" ||
    type.some((form) => {
      if (typeof form === "string") return ["string", "array", "object"].includes(form);
      if ("items" in form) return mayHaveText(form.items);
      return (
        "members" in form && (form.others !== undefined || form.members.some((member) => mayHaveText(member.type)))
      );
    })
  );
}

/** Whether a user's or a tool's message begins directly before some nodes, and ends directly after them: its ends delimit a value. */
interface Edges {
  readonly begins: boolean;
  readonly ends: boolean;
}

const NO_EDGES: Edges = { begins: false, ends: false };

const isBlank = (node: Node): boolean => node.kind === "text" && node.value.trim() === "";
const isMarker = ({ kind }: Node): boolean => kind === "role" || kind === "history";

/** @param edges Of the nodes together. */
function edgesAt(nodes: readonly Node[], index: number, edges: Edges): Edges {
  const before = nodes.slice(0, index).findLast((node) => !isBlank(node));
  const after = nodes.slice(index + 1).find((node) => !isBlank(node));
  return {
    begins: before === undefined ? edges.begins : before.kind === "role" && ["user", "tool"].includes(before.role),
    ends: after === undefined ? edges.ends : isMarker(after),
  };
}

/** Beside one round of a loop there is another one. */
function edgesOfBody(node: Extract<Node, { readonly body: readonly Node[] }>, edges: Edges): Edges {
  if (node.kind !== "each" && node.kind !== "section") return edges;
  const first = node.body.find((one) => !isBlank(one));
  return { begins: false, ends: edges.ends && first !== undefined && isMarker(first) };
}

/** `{{untrusted query}}` for `{{query}}`, and `{{untrusted (upper query)}}` for a call. */
function delimiting(tag: string): string {
  const [, inside = ""] = /^\{\{+~?&?\s*(.*?)\s*~?\}\}+$/s.exec(tag) ?? [];
  const isCall = /\s/.test(inside.replace(/\[[^\]]*\]/g, ""));
  return `{{untrusted ${isCall ? `(${inside})` : inside}}}`;
}
