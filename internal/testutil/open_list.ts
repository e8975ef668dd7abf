/** Values that are still coming, to be iterated once. What nobody iterates stays in memory. */
export class OpenList<T> implements AsyncIterable<T>, AsyncIterator<T> {
  readonly #values: T[] = [];
  #next = 0;
  #end: { readonly error?: unknown } | undefined;
  #wake: (() => void) | undefined;

  add(value: T): void {
    this.#values.push(value);
    this.#ring();
  }

  /** No more come; with an error, iterating ends with it. */
  end(end: { readonly error?: unknown } = {}): void {
    this.#end = end;
    this.#ring();
  }

  async next(): Promise<IteratorResult<T>> {
    for (;;) {
      const value = this.#take();
      if (value !== undefined) return { done: false, value: value.value };
      if (this.#end !== undefined) {
        if ("error" in this.#end) throw this.#end.error;
        return { done: true, value: undefined };
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #take(): { readonly value: T } | undefined {
    if (this.#next === this.#values.length) return undefined;
    const [value] = this.#values.slice(this.#next, this.#next + 1);
    this.#next += 1;
    if (this.#next === this.#values.length) {
      this.#values.length = 0;
      this.#next = 0;
    }
    return value === undefined ? undefined : { value };
  }

  #ring(): void {
    this.#wake?.();
    this.#wake = undefined;
  }
}
