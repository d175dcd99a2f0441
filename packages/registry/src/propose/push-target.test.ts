import { expect, it } from "vitest";
import { withoutSecrets } from "./push-target.js";

it.each([
  ["https://ada:secret@git.example.com/a.git", "https://git.example.com/a.git"],
  ["https://ada:p@ss@git.example.com/a@b.git", "https://git.example.com/a@b.git"],
  ["https://ghp_token@github.com/a/b.git", "https://github.com/a/b.git"],
  ["fatal: unable to access 'https://x:y@h/': no", "fatal: unable to access 'https://h/': no"],
  ["ssh://git@github.com/a/b.git", "ssh://git@github.com/a/b.git"],
  ["ssh://git:secret@h/a", "ssh://git@h/a"],
  ["git@github.com:a/b.git", "git@github.com:a/b.git"],
])("hides secrets of %s", (text, shown) => {
  expect(withoutSecrets(text)).toBe(shown);
});
