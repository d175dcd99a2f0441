// What a version changed: in words, and line by line.

import { versionRef } from "@cuecard/model";
import type { JSX } from "preact";
import type { CatalogVersion } from "../source.js";
import { DiffView } from "./diff-view.js";
import { Section } from "./section.js";

interface ChangesProps {
  readonly before: CatalogVersion;
  readonly version: CatalogVersion;
}

export function Changes({ before, version }: ChangesProps): JSX.Element {
  const changes = version.changes ?? [];
  const was = new Map(before.files.map(({ path, text }) => [path, text]));
  const is = new Map(version.files.map(({ path, text }) => [path, text]));
  const paths = [...new Set([...is.keys(), ...was.keys()])].filter((path) => was.get(path) !== is.get(path));
  return (
    <Section id="changes" title={`Changes since ${versionRef(before.compiled.version)}`}>
      {changes.length > 0 && (
        <ul class="changes">
          {changes.map(({ message, breaking }) => (
            <li class={breaking ? "breaking" : undefined}>
              {breaking && <strong>Breaking: </strong>}
              {message}
            </li>
          ))}
        </ul>
      )}
      {paths.length === 0 && changes.length === 0 && <p class="note">Nothing.</p>}
      {paths.map((path) => (
        <>
          <h3>
            <code>{path}</code>
          </h3>
          <DiffView
            before={was.get(path) ?? ""}
            after={is.get(path) ?? ""}
            layout="unified"
            label={`Changes of ${path}`}
          />
        </>
      ))}
    </Section>
  );
}
