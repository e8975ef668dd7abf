import type { WorkerContext } from "./worker.ts";
import { CodePoints } from "./worker_code_points.ts";
import { fail } from "./worker_failure.ts";
import { MAX_CALLS, MAX_LEVELS, MAX_STEPS, MAX_WORK } from "./worker_limits.ts";
import { splitPath } from "./worker_members.ts";
import { Owned } from "./worker_owned.ts";
import type { FunctionScope } from "./worker_scope.ts";
import type { Value } from "./worker_value.ts";
import { Weights } from "./worker_weights.ts";

/** What is remembered of paths is small, whatever workers make of their payloads. */
const MOST_PATHS = 256;
const LONGEST_PATH = 128;

/** Where a statement stands. */
export interface Site {
  readonly start: number;
  readonly source: FunctionScope["source"];
}

export const NO_VALUES: readonly Value[] = [];

/** The state of the call that a compiled worker is in. There is one at a time, and its closures share this object. */
export class Run {
  readonly owned = new Owned();
  readonly weights = new Weights();
  readonly codePoints = new CodePoints((characters) => this.scan(characters));
  /** What the function that ended last returned: its first value, and the others as far as they were given. */
  result: Value = null;
  more: readonly Value[] = NO_VALUES;
  /** The statement that the run is at. */
  site: Site | undefined;
  /** Whether a list, map or long string was put into another value: only such a value can have become too large. */
  nested = false;
  /** Whether a value that was put into another just now is large. */
  large = false;
  /** Entries of the largest map that was copied. */
  largestMap = 0;
  /** Assignments to members so far: no map has grown by more. */
  writes = 0;
  readonly #paths = new Map<string, readonly string[]>();
  #context: WorkerContext | undefined;
  #steps = 0;
  #calls = 0;
  #levels = 0;
  #work = 0;

  begin(context: WorkerContext): void {
    this.#context = context;
    this.nested = false;
    this.large = false;
    this.largestMap = 0;
    this.writes = 0;
    this.site = undefined;
    this.#steps = 0;
    this.#calls = 0;
    this.#levels = 0;
    this.#work = 0;
  }

  /** A function ended without results. */
  returnNothing(): void {
    this.result = null;
    this.more = NO_VALUES;
  }

  /** Forgets what was known of the call's values. */
  end(): void {
    this.owned.clear();
    this.weights.clear();
    this.codePoints.clear();
  }

  get context(): WorkerContext {
    if (this.#context === undefined) throw new Error("a worker's built-in function was called outside of a call");
    return this.#context;
  }

  /** The names of a dotted path. Most are literals, so they are split once. */
  path(text: string): readonly string[] {
    const known = this.#paths.get(text);
    if (known !== undefined) return known;
    if (text.length > LONGEST_PATH) {
      this.work(text.length);
      return splitPath(text);
    }
    if (this.#paths.size >= MOST_PATHS) this.#paths.clear();
    const names = splitPath(text);
    this.#paths.set(text, names);
    return names;
  }

  /** Counts one turn of a loop. */
  turn(): void {
    this.#steps += 1;
    if (this.#steps > MAX_STEPS) fail("E_WORKER_BUDGET", `the worker needs more than ${MAX_STEPS} steps for one event`);
  }

  /** Counts one call of a declared function, from `levels` levels of syntax inside its caller. */
  enter(levels: number): void {
    this.turn();
    this.#calls += 1;
    this.#levels += levels;
    if (this.#calls > MAX_CALLS) fail("E_WORKER_DEPTH", `functions call each other more than ${MAX_CALLS} deep`);
    if (this.#levels > MAX_LEVELS) {
      fail("E_WORKER_DEPTH", `functions call each other from inside of more than ${MAX_LEVELS} levels of syntax`);
    }
  }

  leave(levels: number): void {
    this.#calls -= 1;
    this.#levels -= levels;
  }

  /** Counts elements that something goes over. */
  work(elements: number): void {
    this.#work += elements;
    if (this.#work > MAX_WORK) {
      fail("E_WORKER_BUDGET", `the worker goes over more than ${MAX_WORK} elements of its values for one event`);
    }
  }

  /** Counts entries of a map that something goes over: they cost several times as much as elements. */
  workOnEntries(entries: number): void {
    this.work(8 * entries);
  }

  /** Counts characters that something goes over: they cost a fraction of elements. */
  scan(characters: number): void {
    if (characters >= 16) this.work(characters / 16);
  }
}
