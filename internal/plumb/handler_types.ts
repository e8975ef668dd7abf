/** A value of args and results: an int beyond ±(2^53 − 1) is a bigint, and a handler may return either (scenarios.md §1). */
export type HandlerValue =
  | boolean
  | number
  | bigint
  | string
  | readonly HandlerValue[]
  | { readonly [key: string]: HandlerValue };

/** A row as SQLite has it: a bool is 0 or 1, a list or object is its canonical JSON text. */
export type HandlerRow = { readonly [column: string]: string | number | bigint | null | Uint8Array };

/** What `:name` in the SQL stands for; the args of the action, `:flow_token`, `:invocation_id` and `:seq` are known anyway. */
export type HandlerParams = { readonly [name: string]: HandlerValue };

/**
 * The state tables of the handler's concept. What it writes is kept if the action completes, together with the completion. SQL has
 * the rules of declarative bodies; breaking one, or a constraint, throws.
 */
export interface HandlerDb {
  all(sql: string, params?: HandlerParams): readonly HandlerRow[];
  /** The first row; undefined if there is none. */
  get(sql: string, params?: HandlerParams): HandlerRow | undefined;
  run(sql: string, params?: HandlerParams): void;
}

/** What a handler can reach, for as long as its call lasts: afterwards every use throws. */
export interface HandlerContext {
  readonly db: HandlerDb;
  readonly flowToken: string;
  readonly invocationId: string;
  readonly seq: number;
  /** Milliseconds, one instant for a root invocation and all that it causes: 0 in tests, else when the root was recorded. */
  readonly clock: { now(): number };
  /** Seeded from the invocation id and nothing else: a number from 0 to below 1; a whole number from 0 to n − 1. */
  readonly rng: { next(): number; int(n: number): number };
}

/** One of the cases that the action declares, with its declared fields. */
export interface HandlerAnswer {
  readonly case: string;
  /** Left out: no fields. */
  readonly result?: { readonly [field: string]: HandlerValue };
}

/**
 * The body of an action (scenarios.md §3, Handlers): the export of the concept's handler module that is named like the action. Args
 * are checked before it is called, its answer afterwards; what it throws fails the flow.
 *
 * @example
 * export const reserve: Handler<{ sku: string; quantity: number }> = ({ sku }, { db }) => {
 *   const stock = db.get("SELECT available FROM Stock WHERE sku = :sku");
 *   return stock === undefined ? { case: "NoStock" } : { case: "Success", result: { sku } };
 * };
 */
export type Handler<
  Args extends { readonly [name: string]: HandlerValue } = { readonly [name: string]: HandlerValue },
> = (args: Args, ctx: HandlerContext) => HandlerAnswer | Promise<HandlerAnswer>;
