import { resolve } from "node:path";
import * as v from "valibot";
import { LineIndex, type Position } from "../diag/mod.ts";
import { FileError, readTextFile } from "../files/mod.ts";
import type { FlowIr } from "./flow_ir.ts";
import { sha256Of } from "./ir_digests.ts";

/** Where a step stands in its source. */
export interface StepPlace {
  readonly file: string;
  readonly pos: Position;
  /** The text of the source, if it is still the one that was compiled. */
  readonly source: LineIndex | undefined;
}

const PlaceSchema = v.object({
  line: v.pipe(v.number(), v.integer(), v.minValue(1)),
  column: v.pipe(v.number(), v.integer(), v.minValue(1)),
  filename: v.string(),
});

const FlowYamlSchema = v.object({
  flow: v.object({ metadata: v.object({ dsl: v.object({ steps: v.record(v.string(), v.unknown()) }) }) }),
});

/** Places of steps by the source map that lies beside an IR: `flows/x.yaml` beside `flows/x.ir.json` (flows §3). */
export class SourceMap {
  readonly #steps: Readonly<Record<string, unknown>>;
  readonly #ir: FlowIr;
  readonly #cwd: string;

  /** Without the map, or with one that is no such thing, it knows no place: a run does not depend on it. */
  constructor(irPath: string, ir: FlowIr, cwd: string) {
    this.#ir = ir;
    this.#cwd = cwd;
    this.#steps = readSteps(irPath.replace(/\.ir\.json$/, ".yaml"));
  }

  place(stepId: string): StepPlace | undefined {
    const step = Object.hasOwn(this.#steps, stepId) ? this.#steps[stepId] : undefined;
    if (!v.is(PlaceSchema, step)) return undefined;
    const { line, column, filename: file } = step;
    const source = this.#source(file);
    const pos = source?.position(source.indexAt(line, column)) ?? { line, column, offset: 0 };
    return { file, pos, source };
  }

  /** The compiled source, of which the IR has the digest; names are from the working directory (flows, introduction). */
  #source(file: string): LineIndex | undefined {
    const text = textOf(resolve(this.#cwd, file));
    return text !== undefined && this.#ir.metadata.sources?.[file] === sha256Of(text) ? new LineIndex(text) : undefined;
  }
}

function readSteps(path: string): Readonly<Record<string, unknown>> {
  const text = textOf(path);
  if (text === undefined) return {};
  try {
    // The compiler's own document, of which neither places nor repeated keys matter: Bun reads it without loading a library.
    const document: unknown = Bun.YAML.parse(text);
    return v.is(FlowYamlSchema, document) ? document.flow.metadata.dsl.steps : {};
  } catch {
    return {};
  }
}

function textOf(path: string): string | undefined {
  try {
    return readTextFile(path);
  } catch (error) {
    if (error instanceof FileError) return undefined;
    throw error;
  }
}
