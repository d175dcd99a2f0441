// The front matter of an edited text as a form shows and changes it.

import type { Field, Fields, FieldsRequest, SetRequest, TextAnswer, TextRange } from "@cuecard/catalog";
import { offsetsOf, type Range } from "@cuecard/model";
import type { Applied } from "@cuecard/registry";
import type { Project } from "../read/project.js";
import { describeFindings } from "./describe-findings.js";

/** The text is not yet in any file. */
const FILE = "";

export async function readFields(project: Project, { text }: FieldsRequest): Promise<Applied<Fields>> {
  const compiler = await project.compiler();
  const { fields, others, problem, range } = compiler.readFields(FILE, text);
  const offset = offsetsOf(text);
  const [finding] = problem === undefined ? [] : describeFindings([problem], FILE, text);
  const result: Fields = {
    fields: fields.map(
      ({ range: place, ...field }): Field => ({
        ...field,
        ...(place === undefined ? {} : { range: toRange(place, offset) }),
      }),
    ),
    others: others.map(({ key, range: place }) => ({ key, range: toRange(place, offset) })),
    ...(finding === undefined ? {} : { problem: finding }),
    ...(range === undefined ? {} : { range: toRange(range, offset) }),
  };
  return { result, diagnostics: [] };
}

export async function setFields(project: Project, { text, changes }: SetRequest): Promise<Applied<TextAnswer>> {
  const { setFrontMatter } = await project.compiler();
  const { text: changed, diagnostics } = setFrontMatter(FILE, text, changes);
  return { result: changed === undefined ? undefined : { text: changed }, diagnostics };
}

function toRange({ start, end }: Range, offset: ReturnType<typeof offsetsOf>): TextRange {
  return { from: offset(start), to: offset(end) };
}
