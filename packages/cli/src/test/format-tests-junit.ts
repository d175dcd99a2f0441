// Tests of examples as a JUnit report: a suite for each prompt, a test for each example.
// https://github.com/testmoapp/junitxml

import { formatPlace } from "@cuecard/model";
import type { PromptTest, TestReport } from "@cuecard/project";
import { markChange } from "../report/format-changes.js";
import { escapeXml } from "../report/format-junit.js";
import { inRepository } from "../report/in-repository.js";
import { printableLine } from "../terminal/text.js";

/** @param folder The project's folder, relative to the top of the repository; empty if it is the top. */
export function formatTestsJunit({ prompts }: TestReport, folder: string): string {
  const suites = prompts
    .filter(({ broken, examples }) => broken || examples.length > 0)
    .map((prompt) => ({ prompt, cases: casesOf(prompt, folder) }));
  const all = suites.flatMap(({ cases }) => cases);
  const body = suites.map(({ prompt, cases }) => {
    const file = escapeXml(inRepository(prompt.path, folder));
    const name = escapeXml(prompt.name);
    const lines = cases.map(
      ({ example, failure }) =>
        `    <testcase name="${escapeXml(printableLine(example))}" classname="${name}" file="${file}"${failure === "" ? " />" : `>${failure}</testcase>`}`,
    );
    return `  <testsuite name="${name}" file="${file}" ${countsOf(cases)}>\n${lines.join("\n")}\n  </testsuite>\n`;
  });
  // A report without tests counts as a mistake in some services.
  if (body.length === 0)
    body.push(
      '  <testsuite name="cuecard test" tests="1" failures="0">\n    <testcase name="no examples" classname="cuecard" />\n  </testsuite>\n',
    );
  const counts = body.length === 1 && all.length === 0 ? 'tests="1" failures="0"' : countsOf(all);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="cuecard test" ${counts}>\n${body.join("")}</testsuites>\n`;
}

interface Case {
  readonly example: string;
  /** Elements of a failure; empty if the example passes. */
  readonly failure: string;
}

function casesOf({ broken, examples }: PromptTest, folder: string): Case[] {
  if (broken)
    return [{ example: "compiles", failure: '<failure type="compile" message="the prompt does not compile" />' }];
  return examples.map(({ name, failures }) => {
    const [first] = failures;
    if (first === undefined) return { example: name, failure: "" };
    const text = failures.map(({ problem, hint, place, words, actual }) => {
      const where = formatPlace({ ...place, file: inRepository(place.file, folder) });
      const shown = words?.map(markChange).join("") ?? actual;
      return [
        `${where}: ${problem}`,
        ...(hint === undefined ? [] : [`hint: ${hint}`]),
        ...(shown === undefined ? [] : [shown]),
      ].join("\n");
    });
    const message = failures.map(({ problem }) => problem).join("; ");
    return {
      example: name,
      failure: `<failure type="${first.kind}" message="${escapeXml(message)}">${escapeXml(text.join("\n\n"))}</failure>`,
    };
  });
}

function countsOf(cases: readonly Case[]): string {
  return `tests="${cases.length}" failures="${cases.filter(({ failure }) => failure !== "").length}"`;
}
