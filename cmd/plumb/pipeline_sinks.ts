import { openSync } from "node:fs";
import { resolve } from "node:path";
import type { WorkerEvent } from "../../internal/ami/mod.ts";
import { Output, UsageError } from "../../internal/cli/mod.ts";
import { type ErrorRecord, errorText } from "../../internal/diag/mod.ts";
import { type HopSink, hopRecord, type RunSinks } from "../../internal/pipeline/mod.ts";
import { canonical, checkJson } from "../../internal/value/mod.ts";

/** Text that is gathered before a write. */
const BUFFER = 32 * 1024;

/** What of a run is written, and how. */
export interface SinkOptions {
  readonly out: Output;
  /** Where hops go; undefined: nowhere. */
  readonly trace: "stderr" | Output | undefined;
  /** What io.Write has gathered goes out with the rest. */
  readonly files: { flush(): void };
  /** Whether somebody waits: all that happened in an instant is written when it ends (pipelines §8). */
  readonly live: boolean;
}

/**
 * Where a run's events and records go (cli.md, `plumb pipeline run`): an event that leaves is a line of canonical JSON on
 * stdout; on stderr stand the records that enter no error pipeline, and what leaves one.
 */
export class StreamSinks implements RunSinks {
  /** Whether a record of level error was raised. */
  failed = false;
  readonly hops?: HopSink;
  readonly instantEnd?: () => void;
  readonly #out: Output;
  readonly #err: Output;
  readonly #trace: Output | undefined;
  readonly #files: { flush(): void };

  constructor({ out, trace, files, live }: SinkOptions) {
    this.#out = out;
    this.#files = files;
    this.#err = new Output(2, { buffer: BUFFER, mayBeLost: true, after: out });
    this.#trace = trace === "stderr" ? this.#err : trace;
    const to = this.#trace;
    if (to !== undefined) this.hops = { hop: (...hop) => to.write(`${JSON.stringify(hopRecord(...hop))}\n`) };
    if (live) this.instantEnd = () => this.flush();
  }

  readonly output = (event: WorkerEvent): void => {
    this.#out.write(`${canonical(event.payload)}\n`);
  };

  readonly errorOutput = (event: WorkerEvent): void => {
    this.#err.write(`${canonical(event.payload)}\n`);
  };

  readonly error = (record: ErrorRecord, entered: boolean): void => {
    if (record.level === "error") this.failed = true;
    if (!entered) this.#err.write(`${recordLine(record)}\n`);
  };

  /** Writes a record of the statistics. */
  statistics(record: object): void {
    this.#err.write(`${JSON.stringify(record)}\n`);
  }

  flush(): void {
    this.#files.flush();
    this.#trace?.flush();
    this.#out.flush();
    this.#err.flush();
  }
}

/** The file that `--trace=FILE` names, empty now; it grows as the run goes on, so that it can be followed. `-` is stdout. */
export function openTrace(file: string, cwd: string, out: Output): Output {
  if (file === "-") return out;
  try {
    return new Output(openSync(resolve(cwd, file), "w"), { buffer: BUFFER });
  } catch (error) {
    throw new UsageError("E_USAGE_VALUE", `--trace=${file} cannot be written: ${errorText(error)}`);
  }
}

/** An errors.v1 record as a line: `data` is sorted as canonical JSON sorts it, keys that look like numbers too. */
function recordLine({ data, ...record }: ErrorRecord): string {
  const head = JSON.stringify(record);
  return data === undefined ? head : `${head.slice(0, -1)},"data":${canonical(checkJson(data))}}`;
}
