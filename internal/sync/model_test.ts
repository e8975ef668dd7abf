import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { openTemplate, type Store } from "../store/mod.ts";
import { type ModelCase, modelCase, specText } from "./model_program.ts";
import { NO_HANDLERS } from "./no_handlers.ts";
import type { Program } from "./program.ts";
import { replay } from "./replay.ts";
import { type ModelResult, runModel } from "./run_model.ts";
import { openCopy, programOf, SampleEngine } from "./sample_engine.ts";

// Random programs and flows against a model of the engine that is written as naively as can be. PLUMB_MODEL_RUNS makes more.
const RUNS = Number(process.env.PLUMB_MODEL_RUNS ?? 50);

function invokeAll(sample: SampleEngine, { roots }: ModelCase): readonly string[] {
  return roots.map(({ action, x, y, flow }) => {
    const outcome = sample.invoke(action, { x, y }, flow);
    return outcome.kind === "refused" ? outcome.code : outcome.kind === "failed" ? outcome.error.code : "completed";
  });
}

/** What a log holds, in the words of the model. */
function resultOf(sample: SampleEngine, outcomes: readonly string[]): ModelResult {
  const flows = sample.store.reader.flows();
  const events = flows.flatMap(({ flow_token }) => sample.trace(flow_token).map((line) => ({ flow_token, line })));
  const seq = (line: string): number => Number(/^\[(\d+)\]/.exec(line)?.[1]);
  const rows = (table: string): string[] =>
    sample.rows(table).map((row) => {
      const { flow_token = "", id, v } = row as { flow_token?: string; id: bigint; v: bigint };
      return `${flow_token} ${id} ${v}`;
    });
  return {
    events: events
      .sort((a, b) => seq(a.line) - seq(b.line))
      .map(({ flow_token, line }) => `${flow_token} ${line.replace(" (pending)", "")}`),
    outcomes,
    failed: Object.fromEntries(
      flows.flatMap(({ flow_token, error }) => (error ? [[flow_token, error.code]] : [])).sort(),
    ),
    T: rows("T").sort(),
    U: rows("U").sort(),
  };
}

async function programFor({ syncs }: ModelCase): Promise<Program> {
  return programOf(specText(syncs));
}

function replayed(store: Store, program: Program, maxSteps: number): unknown {
  const log = { reader: store.reader, version: 2, db: store.db, close: () => undefined } as const;
  // All at once, and flow by flow: the one looks at bytes, the other at events.
  const found = ["f", "g", undefined].map((flow) => replay(log, program, { handlers: NO_HANDLERS, maxSteps, flow }));
  return found.find(({ divergence }) => divergence !== undefined)?.divergence;
}

class Killed extends Error {}

describe("random programs", () => {
  test("leave the events, outcomes and rows that the model gives, and replay identically (property)", async () => {
    await fc.assert(
      fc.asyncProperty(modelCase, async (given) => {
        const program = await programFor(given);
        const sample = new SampleEngine(program, { maxSteps: given.maxSteps });
        const outcomes = invokeAll(sample, given);
        expect(resultOf(sample, outcomes)).toEqual(runModel(given));
        // The ticks of what was undone were given back: the log has every number once.
        expect(sample.store.queries.maxSeq()).toBe(sample.store.reader.events());
        expect(replayed(sample.store, program, given.maxSteps)).toBeUndefined();
        sample.store.close();
      }),
      { numRuns: RUNS },
    );
  });

  test("killed at any commit, go on to the same events (property)", async () => {
    await fc.assert(
      fc.asyncProperty(modelCase, fc.nat(), async (given, at) => {
        const program = await programFor(given);
        const { maxSteps } = given;
        const whole = new SampleEngine(program, {
          maxSteps,
          store: openTemplate(program.template(), { commit: "each" }),
        });
        const wanted = resultOf(whole, invokeAll(whole, given));
        fc.pre(whole.store.commits > 0);
        const crashAt = { commit: (at % whole.store.commits) + 1, when: at % 2 === 0 ? "before" : "after" } as const;
        const kill = (): never => {
          throw new Killed();
        };
        const store = openTemplate(program.template(), { crashAt, kill });
        const first = new SampleEngine(program, { maxSteps, store });
        expect(() => invokeAll(first, given)).toThrow(Killed);
        if (store.db.inTransaction) store.db.run("ROLLBACK");
        const again = new SampleEngine(program, { maxSteps, store: openCopy(store.db.serialize()) });
        again.engine.recover();
        // A prefix of the whole run, up to the end of a root; the rest of the roots give the rest.
        const { events } = resultOf(again, []);
        expect(wanted.events.slice(0, events.length)).toEqual([...events]);
        const roots = given.roots.slice(rootsDone(given, events.length, maxSteps));
        invokeAll(again, { ...given, roots });
        expect({ ...resultOf(again, []), outcomes: wanted.outcomes }).toEqual(wanted);
        for (const { store: opened } of [whole, again]) opened.close();
        store.db.close();
      }),
      { numRuns: Math.ceil(RUNS / 3) },
    );
  });
});

/** How many roots it takes to have so many events: those that leave none, before the last that leaves some, included. */
function rootsDone(given: ModelCase, events: number, maxSteps: number): number {
  for (let done = 0; done <= given.roots.length; done++) {
    if (runModel({ ...given, roots: given.roots.slice(0, done), maxSteps }).events.length >= events) return done;
  }
  return given.roots.length;
}
