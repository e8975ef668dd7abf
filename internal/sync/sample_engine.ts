import { Database } from "bun:sqlite";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { loadSpecs, type SpecSet } from "../concept/mod.ts";
import { openTemplate, Store, type StoreOptions } from "../store/mod.ts";
import { eventText, Provenance } from "../trace/mod.ts";
import { Engine, type EngineOptions } from "./engine.ts";
import { NO_HANDLERS } from "./no_handlers.ts";
import type { Outcome } from "./outcome.ts";
import { Program } from "./program.ts";

// For the tests of this room: programs from text, engines on fresh logs, and what they leave, as people read it.

export const CART = join(import.meta.dir, "../../testdata/examples/cart");

/** Specs of a folder; a finding that is an error is thrown. */
export async function loadProgram(folder: string, exports: readonly string[] = []): Promise<Program> {
  const nameOf = (path: string): string => relative(folder, path);
  const specs: SpecSet = await loadSpecs([folder], { baseDir: folder, nameOf, modules: { exports: () => exports } });
  const errors = specs.findings.filter(({ level }) => level === "error");
  if (errors.length > 0) throw new Error(JSON.stringify(errors, undefined, 2));
  return new Program(specs);
}

/** A program of one spec text; `exports` are what its handler module has. */
export async function programOf(text: string, exports: readonly string[] = []): Promise<Program> {
  const folder = mkdtempSync(join(tmpdir(), "plumb-sync-"));
  try {
    const file = join(folder, "a.concept.yaml");
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    writeFileSync(join(folder, "a.ts"), "");
    return await loadProgram(folder, exports);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** An engine on a fresh log in memory. */
export class SampleEngine {
  readonly store: Store;
  readonly engine: Engine;
  /** `code: message` of what was warned. */
  readonly warnings: string[] = [];
  readonly fired: string[] = [];

  constructor(
    readonly program: Program,
    options: Partial<EngineOptions> = {},
  ) {
    this.store = options.store ?? openTemplate(program.template(), { specHash: program.specHash });
    this.engine = new Engine({
      handlers: NO_HANDLERS,
      observer: {
        fired: (sync) => this.fired.push(sync),
        warned: ({ code, message }) => this.warnings.push(`${code}: ${message}`),
      },
      ...options,
      program,
      store: this.store,
    });
  }

  invoke(action: string, args: unknown = {}, flowToken = "f"): Outcome {
    return this.engine.invoke({ action, args, flowToken });
  }

  /** As `invoke`, but in one line: `Success {…}`, `E_CODE: message`, `refused E_CODE: message`. */
  say(action: string, args: unknown = {}, flowToken = "f"): string {
    return said(this.invoke(action, args, flowToken));
  }

  /** The lines of a flow's trace. */
  trace(flowToken = "f"): readonly string[] {
    const flow = this.store.reader.flow(flowToken);
    if (flow === undefined) return [];
    const { events } = this.store.reader.trace(flow);
    const provenance = new Provenance(events);
    return events.map((event) => eventText(event, provenance));
  }

  status(flowToken = "f"): string {
    const flow = this.store.reader.flow(flowToken);
    return flow?.error === undefined ? String(flow?.status) : `${flow.status}: ${flow.error.code}`;
  }

  rows(table: string): readonly unknown[] {
    return this.store.db.query(`SELECT * FROM ${table}`).all();
  }
}

export function said(outcome: Outcome): string {
  switch (outcome.kind) {
    case "refused":
      return `refused ${outcome.findings.map(({ code, message }) => `${code}: ${message}`).join(" | ")}`;
    case "failed":
      return `${outcome.error.code}: ${outcome.error.message}`;
    case "completed":
      return `${outcome.completion.output_case} ${JSON.stringify(outcome.completion.result)}`;
  }
}

/** A log as somebody opens it who finds these bytes. */
export function openCopy(bytes: Uint8Array, options: StoreOptions = {}): Store {
  const db = Database.deserialize(bytes, { strict: true, safeIntegers: true });
  return new Store({ db, path: ":memory:", version: 2 }, { commit: "save", ...options });
}
