import { NumberRing } from "./number_ring.ts";
import { Ring } from "./ring.ts";
import type { ExternalEvent, RunInput } from "./run_input.ts";

const NEVER = Number.POSITIVE_INFINITY;

/**
 * The arrivals of a run in the order (time, insertion): first those known at its start, then those pushed while it runs,
 * whose times never fall. They are read off arrays, so an arrival costs no entry of the agenda.
 */
export class Arrivals {
  readonly #known: readonly RunInput[];
  readonly #sources: Int32Array;
  /** The order of the known ones; undefined: as they stand. */
  readonly #order: Uint32Array | undefined;
  #next = 0;
  #end: number;
  readonly #pushed = new Ring<ExternalEvent>();
  readonly #pushedTimes = new NumberRing();
  readonly #pushedSources = new NumberRing();
  /** When the first comes; infinity if there is none. */
  nextTime = NEVER;

  /** `sources[i]` is the source of `known[i]`. */
  constructor(known: readonly RunInput[], sources: Int32Array) {
    this.#known = known;
    this.#sources = sources;
    this.#order = orderOf(known);
    this.#end = known.length;
    this.#look();
  }

  /** Adds one that comes to `source` at a time which is not before that of any pushed earlier. */
  push(source: number, at: number, event: ExternalEvent): void {
    this.#pushed.push(event);
    this.#pushedTimes.push(at);
    this.#pushedSources.push(source);
    if (at < this.nextTime) this.nextTime = at;
  }

  /** Takes off the first, if there is one, and tells of it. */
  take(visit: (source: number, event: ExternalEvent) => void): void {
    const known = this.#knownAt(this.#next);
    // What was known first was inserted first. A comparison with the NaN of an empty ring is false.
    if (known !== undefined && !(this.#pushedTimes.first() < known.at)) {
      const source = this.#sources[this.#order?.[this.#next] ?? this.#next] ?? 0;
      this.#next += 1;
      this.#look();
      visit(source, known);
      return;
    }
    const event = this.#pushed.shift();
    const source = this.#pushedSources.shift();
    this.#pushedTimes.shift();
    this.#look();
    if (event !== undefined) visit(source, event);
  }

  /** Forgets the known ones that come after `now`, and tells the source of each. */
  cancelAfter(now: number, visit: (source: number) => void): void {
    let end = this.#next;
    while (end < this.#end && (this.#knownAt(end)?.at ?? NEVER) <= now) end += 1;
    for (let at = end; at < this.#end; at += 1) visit(this.#sources[this.#order?.[at] ?? at] ?? 0);
    this.#end = end;
    this.#look();
  }

  #knownAt(position: number): RunInput | undefined {
    return position < this.#end ? this.#known[this.#order?.[position] ?? position] : undefined;
  }

  #look(): void {
    const known = this.#knownAt(this.#next)?.at ?? NEVER;
    const pushed = this.#pushedTimes.first();
    this.nextTime = pushed < known ? pushed : known;
  }
}

/** The stable order by time, where it is not the order of the list. */
function orderOf(inputs: readonly RunInput[]): Uint32Array | undefined {
  let last = 0;
  let sorted = true;
  for (const { at } of inputs) {
    if (at < last) {
      sorted = false;
      break;
    }
    last = at;
  }
  if (sorted) return undefined;
  const at = (index: number) => inputs[index]?.at ?? 0;
  return Uint32Array.from(inputs.keys()).sort((a, b) => at(a) - at(b) || a - b);
}
