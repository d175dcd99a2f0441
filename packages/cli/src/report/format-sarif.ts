// Findings as SARIF 2.1.0, which GitHub, Azure and editors read.
// https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html

import { catalogue, type Diagnostic, formatPlace, type Severity } from "@cuecard/model";
import { fingerprints, inRepository } from "./in-repository.js";
import { toJson } from "./json.js";

export interface SarifTool {
  readonly version: string;
  /** Where the tool is documented, if that is known. */
  readonly homepage: string | undefined;
}

const LEVELS: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "note" };

/** @param folder The project's folder, relative to the top of the repository; empty if it is the top. */
export function formatSarif(diagnostics: readonly Diagnostic[], folder: string, tool: SarifTool): string {
  const codes = [...new Set(diagnostics.map(({ code }) => code))].sort();
  const keys = fingerprints(diagnostics);
  const run = {
    tool: {
      driver: {
        name: "Cuecard",
        semanticVersion: tool.version,
        ...(tool.homepage !== undefined && { informationUri: tool.homepage }),
        rules: codes.map((code) => ({
          id: code,
          shortDescription: { text: catalogue[code].about },
          ...(tool.homepage !== undefined && {
            helpUri: `${tool.homepage.replace(/#.*/, "")}/blob/main/docs/diagnostics.md#${code.replace("/", "")}`,
          }),
          defaultConfiguration: { level: LEVELS[catalogue[code].severity] },
        })),
      },
    },
    columnKind: "utf16CodeUnits",
    results: diagnostics.map((diagnostic, index) => ({
      ruleId: diagnostic.code,
      ruleIndex: codes.indexOf(diagnostic.code),
      level: LEVELS[diagnostic.severity],
      message: { text: sentence(diagnostic) },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: encodeURI(inRepository(diagnostic.file, folder)), uriBaseId: "%SRCROOT%" },
            ...region(diagnostic),
          },
        },
      ],
      partialFingerprints: { "cuecard/v1": keys[index] },
    })),
  };
  const log = { $schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [run] };
  return `${toJson(log)}\n`;
}

function sentence(diagnostic: Diagnostic): string {
  const { message, hint, ref } = diagnostic;
  const place = ref === undefined ? "" : `${formatPlace(diagnostic)}: `;
  return `${place}${message}.${hint === undefined ? "" : ` Hint: ${hint}.`}`;
}

/** A version's lines are not those of the file in the working tree. */
function region({ range, ref }: Diagnostic): object {
  if (range === undefined || ref !== undefined) return {};
  const { start, end } = range;
  return {
    region: { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column },
  };
}
