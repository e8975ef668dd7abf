const SHORTEST_MS = 1;
const LONGEST_MS = 50;
/** An executor may ask for a longer wait, up to this. */
const ASKED_MS = 1000;

/** How long to wait before the next Poll: 1 ms, doubling to 50 ms while nothing happens (flows §13, Run). */
export class PollBackoff {
  #next = SHORTEST_MS;

  /** After a Poll. `isNews`: it brought events or another status. `asked`: the executor's `poll_after_ms`. */
  after(isNews: boolean, asked?: number | null): number {
    if (isNews) this.#next = SHORTEST_MS;
    const wait = this.#next;
    this.#next = Math.min(LONGEST_MS, 2 * wait);
    return asked === undefined || asked === null ? wait : Math.min(asked, ASKED_MS);
  }
}
