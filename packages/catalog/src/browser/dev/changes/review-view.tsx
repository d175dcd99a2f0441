// The review of a proposal: the same blocks as the reviews of pull requests.

import type { JSX } from "preact";
import type { ReviewBlock, ReviewLine, ReviewText } from "../../../dev/proposals.js";
import { TableFrame } from "../../../parts/table-frame.js";

export function ReviewView({ blocks }: { readonly blocks: readonly ReviewBlock[] }): JSX.Element {
  return (
    <div class="review">
      {blocks.map((block) => (
        <BlockView block={block} />
      ))}
    </div>
  );
}

function BlockView({ block }: { readonly block: ReviewBlock }): JSX.Element {
  switch (block.kind) {
    case "heading":
      return (
        <h3>
          <Texts texts={block.content} />
        </h3>
      );
    case "paragraph":
      return (
        <p>
          <Texts texts={block.content} />
        </p>
      );
    case "list":
      return <Items items={block.items} />;
    case "alert":
      return (
        <div class="callout error">
          <p>
            <Texts texts={block.content} />
          </p>
          {block.items.length > 0 && <Items items={block.items} />}
        </div>
      );
    case "table":
      return <Table headings={block.headings} rows={block.rows} />;
    case "words":
      return (
        <details open>
          <summary>
            <Texts texts={block.title} />
          </summary>
          <pre class="words">
            {block.lines.map((line, at) => (
              <Line line={line} isLast={at === block.lines.length - 1} />
            ))}
          </pre>
        </details>
      );
  }
}

function Table({ headings, rows }: Pick<Extract<ReviewBlock, { kind: "table" }>, "headings" | "rows">): JSX.Element {
  return (
    <TableFrame label="All prompts of the proposal">
      <table class="facts">
        <thead>
          <tr>
            {headings.map((heading) => (
              <th scope="col">{heading}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells) => (
            <tr>
              {cells.map((texts) => (
                <td>
                  <Texts texts={texts} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}

function Items({ items }: { readonly items: readonly (readonly ReviewText[])[] }): JSX.Element {
  return (
    <ul class="changes">
      {items.map((texts) => (
        <li>
          <Texts texts={texts} />
        </li>
      ))}
    </ul>
  );
}

function Texts({ texts }: { readonly texts: readonly ReviewText[] }): JSX.Element {
  return (
    <>
      {texts.map((text) =>
        typeof text === "string" ? text : "code" in text ? <code>{text.code}</code> : <bdi>{text.data}</bdi>,
      )}
    </>
  );
}

function Line({ line, isLast }: { readonly line: ReviewLine; readonly isLast: boolean }): JSX.Element {
  return (
    <>
      {line === null ? (
        <span class="note">⋯</span>
      ) : (
        line.map(({ kind, text }) =>
          kind === "added" ? <ins>{text}</ins> : kind === "removed" ? <del>{text}</del> : text,
        )
      )}
      {!isLast && "\n"}
    </>
  );
}
