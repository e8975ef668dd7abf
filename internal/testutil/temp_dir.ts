import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A new empty folder, removed when the process exits (pipelines §14). */
export function tempDir(): string {
  const folder = mkdtempSync(join(tmpdir(), "plumb-test-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
