import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type FlowIr, sha256Of } from "../../internal/flow/mod.ts";

/** Whether the sources of a flow are still those that it was compiled from (flows §15, check `sources`). */
export interface SourcesCheck {
  /** Null: the IR names none, or one is not there. */
  readonly ok: true | null;
  readonly detail: string;
  /** The files that have changed since. */
  readonly changed: readonly string[];
}

export function checkSources({ metadata }: FlowIr, cwd: string): SourcesCheck {
  const sources = Object.entries(metadata.sources ?? {});
  if (sources.length === 0) return { ok: null, detail: "the IR names no sources", changed: [] };
  const found = sources.map(([file, digest]) => ({ file, digest, actual: digestOf(resolve(cwd, file)) }));
  const absent = found.filter(({ actual }) => actual === undefined).map(({ file }) => file);
  if (absent.length > 0) return { ok: null, detail: `not there: ${absent.join(", ")}`, changed: [] };
  const changed = found.filter(({ digest, actual }) => digest !== actual).map(({ file }) => file);
  if (changed.length > 0) return { ok: true, detail: `changed since the compile: ${changed.join(", ")}`, changed };
  return { ok: true, detail: sources.map(([file]) => file).join(", "), changed };
}

function digestOf(path: string): string | undefined {
  try {
    return sha256Of(readFileSync(path));
  } catch {
    return undefined; // not there, or no file that can be read
  }
}
