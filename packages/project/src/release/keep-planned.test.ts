import { openRepository } from "@cuecard/registry";
import { expect, it, onTestFinished, vi } from "vitest";
import { keepPlanned } from "./keep-planned.js";

function repositoryOf(dir: string) {
  const repository = openRepository({ dir, promptsDir: "prompts", partialReferences: () => [] });
  return { repository, close: vi.spyOn(repository, "close") };
}

function useFakeTime(): void {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
}

it("closes the repository of a plan that is not applied", () => {
  useFakeTime();
  const planned = keepPlanned();
  const { repository, close } = repositoryOf("/a");
  planned.keep(repository);
  expect(close).not.toHaveBeenCalled();
  vi.runAllTimers();
  expect(close).toHaveBeenCalledOnce();
  expect(planned.take()).toBeUndefined();
});

it("leaves the repository open for the one who takes it, and gives it once", () => {
  useFakeTime();
  const planned = keepPlanned();
  const { repository, close } = repositoryOf("/a");
  planned.keep(repository);
  expect(planned.take()).toBe(repository);
  expect(planned.take()).toBeUndefined();
  vi.runAllTimers();
  planned.close();
  expect(close).not.toHaveBeenCalled();
});

it("closes the repository of an earlier plan", () => {
  useFakeTime();
  const planned = keepPlanned();
  const [first, second] = [repositoryOf("/a"), repositoryOf("/b")];
  planned.keep(first.repository);
  planned.keep(second.repository);
  expect(first.close).toHaveBeenCalledOnce();
  planned.close();
  expect(second.close).toHaveBeenCalledOnce();
});
