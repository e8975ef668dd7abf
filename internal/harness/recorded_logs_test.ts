import { expect, test } from "bun:test";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tempDir } from "../testkit/mod.ts";
import type { CaseOutcome } from "./outcome.ts";
import type { PlannedCase } from "./plan.ts";
import { RecordedLogs } from "./recorded_logs.ts";

const planned = (id: string) => ({ identity: { id } }) as PlannedCase;
const outcome = (text: string | undefined) =>
  ({ eventLog: text === undefined ? undefined : new TextEncoder().encode(text) }) as CaseOutcome;

test("each case has a file of its own, also where safe names collide", () => {
  const dir = join(tempDir(), "deep/logs");
  const logs = new RecordedLogs(dir);
  logs.add(planned("a b.scenario.yaml::s"), outcome("1"));
  logs.add(planned("a.yaml::pragma"), outcome(undefined));
  logs.add(planned("a_b.scenario.yaml::s"), outcome("2"));
  expect(readFileSync(join(dir, "a_b.scenario.yaml__s.db"), "utf8")).toBe("1");
  expect(readFileSync(join(dir, "a_b.scenario.yaml__s_2.db"), "utf8")).toBe("2");
  expect(logs.failures()).toEqual([]);
});

test("what SQLite left beside an older log does not get into the new one", () => {
  const dir = tempDir();
  writeFileSync(join(dir, "s.db-wal"), "old");
  new RecordedLogs(dir).add(planned("s"), outcome("new"));
  expect(existsSync(join(dir, "s.db-wal"))).toBe(false);
});

test("what cannot be written is one finding, which says what is in the way", () => {
  const file = join(tempDir(), "file");
  writeFileSync(file, "");
  const folder = tempDir();
  mkdirSync(join(folder, "a.db"));
  for (const [dir, why] of [
    [file, "it is no folder"],
    [folder, "a.db is a folder"],
  ] as const) {
    const logs = new RecordedLogs(dir);
    for (const id of ["a", "b"]) logs.add(planned(id), outcome("x"));
    const said = logs.failures().map(({ code, level, message }) => [code, level, message]);
    expect(said).toEqual([["E_ARTIFACT_WRITE", "error", `event logs cannot be written below ${dir}: ${why}`]]);
  }
});
