const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** The step of a JSON path into an object (scenarios.md §1): `.name`, or `["any key"]` where the key is no name. */
export function pathKey(key: string): string {
  return NAME.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

/** The step of a JSON path into an array, counted from 0: `[0]`. */
export function pathIndex(index: number): string {
  return `[${index}]`;
}

/**
 * Where a walk through a value stands. Steps are overwritten in place as the walk goes on, so that a path costs nothing
 * until an error asks for it.
 */
export class Trail {
  readonly #steps: (string | number)[] = [];

  /** The walk goes from a container at `depth` (the root has 0) to its member `step`. */
  enter(depth: number, step: string | number): void {
    this.#steps[depth] = step;
  }

  /** The path of what stands at `depth`: `$` for 0. */
  path(depth: number): string {
    const steps = this.#steps.slice(0, depth);
    return `$${steps.map((step) => (typeof step === "string" ? pathKey(step) : pathIndex(step))).join("")}`;
  }
}
