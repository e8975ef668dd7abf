/** The variables that can be seen at one place of a function's body, block in block, and their places in a frame. */
export class Locals {
  readonly #blocks: Map<string, number>[] = [new Map()];
  #next = 0;
  #most = 0;

  /** How many places a frame needs: blocks beside each other share theirs. */
  get slots(): number {
    return this.#most;
  }

  /** Runs `body` in a block of its own. */
  inBlock(body: () => void): void {
    const next = this.#next;
    this.#blocks.push(new Map());
    body();
    this.#blocks.pop();
    this.#next = next;
  }

  /** The place of a new variable of this block; the one that it has there already, if any. */
  declare(name: string): number {
    return this.#blocks.at(-1)?.get(name) ?? this.add(name);
  }

  /** The place of a new variable of this block, which hides any other of that name. */
  add(name: string): number {
    const slot = this.#next;
    this.#next += 1;
    this.#most = Math.max(this.#most, this.#next);
    this.#blocks.at(-1)?.set(name, slot);
    return slot;
  }

  /** The place of the variable that a name means here. */
  find(name: string): number | undefined {
    for (let at = this.#blocks.length - 1; at >= 0; at--) {
      const slot = this.#blocks[at]?.get(name);
      if (slot !== undefined) return slot;
    }
    return undefined;
  }

  /** All names that mean a variable here. */
  *names(): Iterable<string> {
    for (const block of this.#blocks) yield* block.keys();
  }
}
