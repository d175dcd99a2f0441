// Renders one shape by each engine, in turn, and prints nanoseconds a rendering. One argument, JSON: the generated package's
// index module, the shape's name and the number of rounds.

import { Dotprompt } from "dotprompt";
import { Eta } from "eta";
import Handlebars from "handlebars";
import Mustache from "mustache";
import { shapes } from "./render-shapes.mjs";

/** How many inputs take turns. */
const INPUTS = 16;
/** How long one engine renders in a round, in nanoseconds. */
const TURN = 60_000_000;

const { index, name: shapeName, rounds } = JSON.parse(process.argv[2] ?? "{}");
const { load } = await import(index);
let sink = 0;

/**
 * A string that was put together is a tree until somebody reads it; reading one character makes it flat.
 * @param {string | readonly { content: string }[]} rendered
 */
function flatten(rendered) {
  if (typeof rendered === "string") sink ^= rendered.charCodeAt(rendered.length >> 1);
  else for (const { content } of rendered) sink ^= content.charCodeAt(content.length >> 1);
}

const shape = shapes.find(({ name }) => name === shapeName);
if (shape === undefined) throw new Error(`there is no shape ${shapeName}`);
const inputs = Array.from({ length: INPUTS }, (_, n) => shape.input(n));
const engines = await enginesOf(shape);
check(shape, engines, inputs);
/** @type {Record<string, number[]>} */
const times = Object.fromEntries(Object.keys(engines).map((name) => [name, []]));
// The first round warms up.
for (let round = 0; round <= rounds; round++)
  for (const [name, render] of Object.entries(engines)) {
    const time = name === "dotprompt" ? await timeAsync(render, inputs) : timeOf(render, inputs);
    if (round > 0) times[name]?.push(time);
  }
const results = Object.fromEntries(Object.entries(times).map(([name, all]) => [name, median(all)]));
console.log(JSON.stringify({ results, sink: typeof sink }));

/**
 * @param {import("./render-shapes.mjs").Shape} shape
 * @returns {Promise<Record<string, (input: any) => any>>}
 */
async function enginesOf(shape) {
  const prompt = load(shape.name.replaceAll(/[^a-z0-9]+/g, "_"), "working");
  const isChat = prompt.kind === "chat";
  /** @type {(options?: object) => (input: any) => any} */
  const cuecard = (options) => {
    if (isChat) return (input) => prompt.messages(input, options);
    return (input) => prompt.format(input, options);
  };
  // Engines without messages render the text, with the markers in it.
  const handlebars = Handlebars.create();
  handlebars.registerHelper("role", (role) => `<<<${role}>>>`);
  for (const [name, text] of Object.entries(shape.partials ?? {}))
    handlebars.registerPartial(name, handlebars.compile(text, { noEscape: true }));
  const precompiled = handlebars.template(
    new Function(`return ${handlebars.precompile(shape.prompt, { noEscape: true, knownHelpers: { role: true } })}`)(),
  );
  const compiled = handlebars.compile(shape.prompt, { noEscape: true });
  const eta = new Eta({ autoEscape: false, autoTrim: false });
  for (const [name, text] of Object.entries(shape.partials ?? {}))
    eta.loadTemplate(`@${name}`, text.replaceAll(/\{\{(\w+)\}\}/g, "<%= it.$1 %>"));
  const etaTemplate = eta.compile(shape.eta);
  const dotprompt = new Dotprompt();
  for (const [name, text] of Object.entries(shape.partials ?? {})) dotprompt.definePartial(name, text);
  const renderDotprompt = await dotprompt.compile(shape.prompt);
  return {
    "template literal": shape.literal,
    "cuecard, unvalidated": cuecard({ validate: false }),
    cuecard: cuecard(),
    "Handlebars, precompiled": (input) => precompiled(input),
    "Handlebars, compiled": (input) => compiled(input),
    ...(shape.mustache === undefined
      ? {}
      : { mustache: (input) => Mustache.render(shape.mustache ?? "", input, shape.partials) }),
    eta: (input) => etaTemplate.call(eta, input),
    dotprompt: async (input) =>
      (await renderDotprompt({ input })).messages.map((/** @type {any} */ message) => ({
        content: message.content[0].text,
      })),
  };
}

/**
 * What is compared must say the same.
 * @param {import("./render-shapes.mjs").Shape} shape
 * @param {Record<string, (input: any) => any>} engines
 * @param {readonly any[]} inputs
 */
function check(shape, engines, inputs) {
  for (const [name, render] of Object.entries(engines)) {
    const isComparable =
      name.startsWith("cuecard") || (typeof shape.literal(inputs[0]) === "string" && name !== "dotprompt");
    for (const input of isComparable ? inputs : []) {
      const [given, wanted] = [JSON.stringify(render(input)), JSON.stringify(shape.literal(input))];
      if (given !== wanted) throw new Error(`${name} renders "${shape.name}" otherwise:\n${given}\n${wanted}`);
    }
  }
}

/** @param {(input: any) => any} render @param {readonly any[]} inputs */
function timeOf(render, inputs) {
  const started = process.hrtime.bigint();
  let count = 0;
  let elapsed = 0;
  do {
    for (const input of inputs) flatten(render(input));
    count += inputs.length;
    if (count % 128 === 0 || count === 16) elapsed = Number(process.hrtime.bigint() - started);
  } while (elapsed < TURN);
  return elapsed / count;
}

/** @param {(input: any) => Promise<any>} render @param {readonly any[]} inputs */
async function timeAsync(render, inputs) {
  const started = process.hrtime.bigint();
  let count = 0;
  let elapsed = 0;
  do {
    for (const input of inputs) flatten(await render(input));
    count += inputs.length;
    elapsed = Number(process.hrtime.bigint() - started);
  } while (elapsed < TURN);
  return elapsed / count;
}

/** @param {readonly number[]} values */
function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
