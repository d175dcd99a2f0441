import { expect, it } from "vitest";
import { makeSnapshot } from "../../test/make-snapshot.js";
import { compile } from "../compile.js";

const PARTIALS = {
  "_rules.md": "Be brief.",
  "_turn.md": 'Hi{{role "assistant"}}Hello{{role "user"}}',
  "_named.md": "{{name}}",
};

it.each([
  ['{{role "system"}}Be brief.{{role "user"}}{{q}}', 1],
  ['{{role "system"}}Be brief.{{role "user"}}Hi{{role "assistant"}}Hello{{role "user"}}{{q}}', 3],
  ['{{role "system"}}Be brief, {{name}}.{{role "user"}}Hi', 0],
  ['{{role "system"}}{{> rules}}{{role "user"}}{{q}}', 1],
  ['{{role "system"}}\n  {{> rules}}\n{{role "user"}}{{q}}', 1],
  ['{{role "system"}}{{> named}}{{role "user"}}{{q}}', 0],
  ['{{role "user"}}{{> turn}}{{q}}', 2],
  ['{{role "system"}}Be brief.{{#if q}}{{role "user"}}{{q}}{{/if}}', 0],
  ['{{role "system"}}Be brief.{{role "user"}}{{#if q}}{{q}}{{/if}}', 1],
  ['{{role "system"}}Be brief.{{history}}Well', 1],
  ['{{role "system"}}Be brief.{{section "x"}}{{role "user"}}Hi', 0],
  ['{{role "system"}} \n{{role "user"}}Hi', 1],
  ['{{role "system"}}Be brief.{{role "user"}}Hi', 2],
  ["{{q}}", 0],
  ["Hi", 0],
])("%s has %i", (template, count) => {
  const snapshot = makeSnapshot({ working: { "a.md": template, ...PARTIALS } });
  const { prompts } = compile(snapshot, { versions: "all", working: true });
  expect(prompts[0]?.versions[0]?.content.staticMessages ?? 0).toBe(count);
});
