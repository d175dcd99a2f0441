// Media in a system message, which format() cannot return.

import { describe, it } from "vitest";
import { expectRow, type Row } from "../../test/hint-row.js";

describe("media in a system message", () => {
  const MEDIA = "{{media url=name}}";
  const said = (place: string) => [
    `media-in-system ${place} [${MEDIA}] a system message contains media, so format() throws and only messages() works — move the media after {{role "user"}}, or use messages()`,
  ];
  it.each<Row>([
    [`{{role "system"}}${MEDIA}`, said("1:18-1:36")],
    [`{{role "system"}}a{{#if flag}}b${MEDIA}{{/if}}`, said("1:32-1:50")],
    [`{{role "system"}}{{#each tags}}${MEDIA.replace("name", "../name")}{{/each}}`, ["media-in-system 1:32-1:53"]],
    [`{{#if flag}}{{role "system"}}{{else}}{{role "system"}}{{/if}}${MEDIA}`, said("1:62-1:80")],
    ['{{role "system"}}{{> p}}', ["media-in-system p 1:1-1:19"], { partials: { p: MEDIA } }],
    [MEDIA, []],
    [`{{role "system"}}a{{role "user"}}${MEDIA}`, []],
    [`{{role "system"}}a{{history}}${MEDIA}`, []],
    [`{{#if flag}}{{role "system"}}{{/if}}${MEDIA}`, []],
    [`{{role "system"}}{{#each tags}}${MEDIA.replace("name", "this")}{{role "user"}}{{/each}}`, []],
    [`{{role "system"}}{{#with user}}{{role "user"}}{{/with}}{{#if flag}}{{role "user"}}{{/if}}${MEDIA}`, []],
  ])("%s", (template, expected, given) => {
    expectRow(template, expected, given);
  });
});
