import type { Container } from "./worker_value.ts";

/**
 * The lists and maps that a call has copied to write into them, and that have one reference only. Values are immutable, so
 * an assignment through a path copies the containers on its way; the copies are known here, and the next assignment
 * through the same path writes into them, which makes building a list in a loop linear.
 *
 * Whoever reads a container to keep it elsewhere shares it first. Whoever copies a container that is not owned shares what
 * stands in it, because both copies then refer to that.
 */
export class Owned {
  // Few containers are written at a time: fields are cheaper than a set, and most calls need no more.
  #a: Container | undefined;
  #b: Container | undefined;
  #c: Container | undefined;
  #d: Container | undefined;
  /** The rest, weakly, because a loop may abandon as many copies as it has turns. */
  #rest: WeakSet<Container> | undefined;
  #empty = true;
  #shared = false;

  /** Whether nothing was added. */
  get isEmpty(): boolean {
    return this.#empty;
  }

  has(container: Container): boolean {
    return (
      container === this.#a ||
      container === this.#b ||
      container === this.#c ||
      container === this.#d ||
      this.#rest?.has(container) === true
    );
  }

  add(container: Container): void {
    if (this.#a !== undefined) this.#makeRoom();
    this.#a = container;
    this.#empty = false;
  }

  #makeRoom(): void {
    if (this.#d !== undefined) {
      this.#rest ??= new WeakSet();
      this.#rest.add(this.#d);
    }
    this.#d = this.#c;
    this.#c = this.#b;
    this.#b = this.#a;
  }

  /** There is a second reference to the container from now on. */
  share(container: Container): void {
    if (container === this.#a) this.#a = undefined;
    else if (container === this.#b) this.#b = undefined;
    else if (container === this.#c) this.#c = undefined;
    else if (container === this.#d) this.#d = undefined;
    else if (this.#rest?.delete(container) !== true) return;
    this.#shared = true;
  }

  /**
   * Whether an owned container was shared: only then can something owned stand in a container that is not. Until then
   * nobody who copies such a one has to look at what it holds.
   */
  get hasShared(): boolean {
    return this.#shared;
  }

  clear(): void {
    if (this.#empty) return;
    this.#empty = true;
    this.#a = undefined;
    this.#b = undefined;
    this.#c = undefined;
    this.#d = undefined;
    this.#rest = undefined;
    this.#shared = false;
  }
}
