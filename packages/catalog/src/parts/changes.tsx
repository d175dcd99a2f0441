// What a version changed: in words, and line by line.

import { versionRef } from "@cuecard/model";
import type { JSX } from "preact";
import type { CatalogChange, CatalogVersion } from "../source.js";
import { DiffView } from "./diff-view.js";
import { Section } from "./section.js";

interface ChangesProps {
  readonly before: CatalogVersion;
  readonly version: CatalogVersion;
}

export function Changes({ before, version }: ChangesProps): JSX.Element {
  const { changes = [] } = version;
  return (
    <Section id="changes" title={`Changes since ${versionRef(before.compiled.version)}`}>
      <ChangeList changes={changes} />
      {changedFiles(before, version).length === 0 && changes.length === 0 && <p class="note">Nothing.</p>}
      <FileChanges before={before} version={version} />
    </Section>
  );
}

export function ChangeList({ changes }: { readonly changes: readonly CatalogChange[] }): JSX.Element | null {
  if (changes.length === 0) return null;
  return (
    <ul class="changes">
      {changes.map(({ message, breaking }) => (
        <li class={breaking ? "breaking" : undefined}>
          {breaking && <strong>Breaking: </strong>}
          {message}
        </li>
      ))}
    </ul>
  );
}

export function FileChanges({ before, version }: ChangesProps): JSX.Element {
  return (
    <>
      {changedFiles(before, version).map(({ path, was, is }) => (
        <>
          <h3>
            <code>{path}</code>
          </h3>
          <DiffView before={was} after={is} layout="unified" label={`Changes of ${path}`} />
        </>
      ))}
    </>
  );
}

interface ChangedFile {
  readonly path: string;
  readonly was: string;
  readonly is: string;
}

function changedFiles(before: CatalogVersion, version: CatalogVersion): ChangedFile[] {
  const was = new Map(before.files.map(({ path, text }) => [path, text]));
  const is = new Map(version.files.map(({ path, text }) => [path, text]));
  return [...new Set([...is.keys(), ...was.keys()])]
    .filter((path) => was.get(path) !== is.get(path))
    .map((path) => ({ path, was: was.get(path) ?? "", is: is.get(path) ?? "" }));
}
