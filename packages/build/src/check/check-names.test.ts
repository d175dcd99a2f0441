// Names that look like other names, and where they are reported.

import { expect, it } from "vitest";
import { compileText } from "../../test/render.js";

it.each([
  [
    'input: { schema: { "n\u0430me": string } }\n',
    "Hi {{n\u0430me}}",
    ["2:20 mixes Latin and Cyrillic: \u0430 (U+0430) is Cyrillic and looks like a"],
  ],
  ["", "Hi {{n\u0430me}}", ["4:6 mixes Latin and Cyrillic: \u0430 (U+0430) is Cyrillic and looks like a"]],
  ["", "{{user.\u0441ity}}", ["4:3 mixes Latin and Cyrillic: \u0441 (U+0441) is Cyrillic and looks like c"]],
  ["", "{{\u0441\u043E\u0440_name}}", ["4:3 mixes Latin and Cyrillic: \u0441 (U+0441) is Cyrillic and looks like c"]],
  ["", "{{p\u03B1ge}}", ["4:3 mixes Latin and Greek: \u03B1 (U+03B1) is Greek and looks like a"]],
  [
    "",
    "{{cost}} {{\u0441\u043E\u0455t}}",
    ["4:12 mixes Latin and Cyrillic: \u0441 (U+0441) is Cyrillic and looks like c"],
  ],
  ["", "{{cop}} {{\u0441\u043E\u0440}}", ['4:11 looks like the name "cop"']],
  ["", "{{\uFF4Eame}} {{name}}", ['4:3 looks like the name "name"']],
  ["", "{{\uA4D4itle}}", ["4:3 mixes Latin and Lisu: \uA4D4 (U+A4D4) is Lisu and looks like T"]],
  ["", "{{us\u2C9Fr}}", ["4:3 mixes Latin and Coptic: \u2C9F (U+2C9F) is Coptic and looks like o"]],
  ["", "{{c\u{1042C}st}}", ["4:3 mixes Latin and Deseret: \u{1042C} (U+1042C) is Deseret and looks like o"]],
  ["", "{{cit\u10E7}}", ["4:3 mixes Latin and Georgian: \u10E7 (U+10E7) is Georgian and looks like y"]],
  ["", "{{u\uA731er}}", ["4:3 mixes Latin and phonetic letters: \uA731 (U+A731) is phonetic and looks like s"]],
  ["", "{{list}} {{l\u0131st}}", ['4:12 looks like the name "list"']],
  ["", "{{SOO}} {{\uA4E2\uA4F3\uA4F3}}", ['4:11 looks like the name "SOO"']],
  ["", "{{s\u0131n\u0131f}} {{\u10E1\u10D0\u10EE\u10D4\u10DA\u10D8}}", []],
  ["", "{{[e\u0301]}}", ["4:3 is not in Unicode's normalization form NFC"]],
  ["", "{{[\u00E9]}} {{[e\u0301]}}", ["4:11 is not in Unicode's normalization form NFC"]],
  [
    'output: { schema: { "\u0430nswer": string } }\n',
    "Hi",
    ["2:21 mixes Latin and Cyrillic: \u0430 (U+0430) is Cyrillic and looks like a"],
  ],
  [
    "",
    "{{имя}} {{id_пользователя}} {{名前}} {{API名}} {{Δt}} {{σ2}} {{naïve}} {{نام}} {{оса}} {{نام_می\u200Cخواهم}}",
    [],
  ],
])("%j %j", (frontMatter, template, expected) => {
  const { diagnostics } = compileText(`---\n${frontMatter || "model: x\n"}---\n${template}`);
  const found = diagnostics.filter(({ code }) => code.startsWith("text/"));
  expect(found.map(({ severity, code }) => `${severity} ${code}`)).toEqual(
    found.map(() => "warning text/deceptive-name"),
  );
  expect(
    found.map(
      ({ range, message }) =>
        `${range?.start.line}:${range?.start.column} ${message.replace(/^the name "[^"]*" /, "")}`,
    ),
  ).toEqual(expected);
});
