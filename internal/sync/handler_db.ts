import { type ExaminedSql, examineSql } from "../concept/mod.ts";
import { isStoreFault, type LoggedInvocation, type Statements, type StrictObject } from "../store/mod.ts";
import { setKey, ValueError } from "../value/mod.ts";
import type { DbRow, HandlerDb } from "./handlers.ts";
import type { Program } from "./program.ts";
import { givenToSql, type SqlValue, toSql } from "./sql_values.ts";

/** SQL of handlers that was held against the rules, by concept and text. */
export class ExaminedHandlers {
  readonly #program: Program;
  readonly #known = new Map<string, Map<string, ExaminedSql>>();

  constructor(program: Program) {
    this.#program = program;
  }

  of(concept: string, sql: string): ExaminedSql {
    const texts = this.#known.get(concept) ?? new Map<string, ExaminedSql>();
    this.#known.set(concept, texts);
    const known = texts.get(sql);
    if (known !== undefined) return known;
    const scope = { probe: this.#program.probe(concept), params: ANY_NAME, unknownParam: "E_SPEC_SQL_PARAM" } as const;
    const examined = examineSql("effect", sql, scope);
    // A handler that builds its texts from values would fill any memory.
    if (texts.size >= MOST_TEXTS) texts.clear();
    texts.set(sql, examined);
    return examined;
  }
}
const MOST_TEXTS = 1000;

/** What names there are is known when a call gives its parameters; `?` and `@x` have none. */
class AnyName extends Set<string> {
  override has(name: string): boolean {
    return name !== "";
  }
}
const ANY_NAME: ReadonlySet<string> = new AnyName();

/**
 * `ctx.db` of one handler call (scenarios.md §3, Handlers): the tables of its concept, by the rules of its SQL, in the unit of the
 * completion. Parameters are what a call gives, the args of the action, and those of the engine.
 */
export class EngineHandlerDb implements HandlerDb {
  readonly #concept: string;
  readonly #invocation: LoggedInvocation;
  readonly #examined: ExaminedHandlers;
  readonly #statements: Statements;
  #isOpen = true;
  #fault: unknown;

  constructor(concept: string, invocation: LoggedInvocation, examined: ExaminedHandlers, statements: Statements) {
    this.#concept = concept;
    this.#invocation = invocation;
    this.#examined = examined;
    this.#statements = statements;
  }

  /** The handler is done with: whatever comes later is refused. Throws what befell the log itself, if the handler hid it. */
  close(): void {
    this.#isOpen = false;
    if (this.#fault !== undefined) throw this.#fault;
  }

  all(sql: string, params?: unknown): readonly DbRow[] {
    return this.#do(sql, params, (statement, bound) => statement.all(...bound).map((row) => rowOf(row)));
  }

  get(sql: string, params?: unknown): DbRow | undefined {
    return this.all(sql, params)[0];
  }

  run(sql: string, params?: unknown): void {
    this.#do(sql, params, (statement, bound) => void statement.run(...bound));
  }

  #do<T>(sql: string, params: unknown, work: (statement: ReturnType<Statements["get"]>, bound: SqlValue[]) => T): T {
    if (!this.#isOpen) throw new Error("E_ACTION_FAILED: ctx.db is used after the handler was done");
    if (typeof sql !== "string") throw new Error(`E_SPEC_SQL_SYNTAX: the SQL must be a text, found ${typeof sql}`);
    const examined = this.#examined.of(this.#concept, sql);
    const [fault] = examined.faults;
    if (fault !== undefined) {
      throw new Error(`${fault.code}: ${fault.message}${fault.help === undefined ? "" : ` (help: ${fault.help})`}`);
    }
    const bound = this.#bound(examined.params, params);
    try {
      return work(this.#statements.get(examined.sql), bound);
    } catch (error) {
      if (isStoreFault(error)) this.#fault = error;
      throw new Error(`E_ACTION_FAILED: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  }

  #bound(names: readonly string[], given: unknown): SqlValue[] {
    const params: unknown = given ?? {};
    if (typeof params !== "object" || params === null || Array.isArray(params)) {
      throw new Error("E_SPEC_SQL_PARAM: parameters are an object of values by name, for :name in the SQL");
    }
    const values = new Map(Object.entries(params).map(([name, value]) => [name.replace(/^:/, ""), value]));
    const { args, flow_token, id, seq } = this.#invocation;
    const own: StrictObject = { ...args, flow_token, invocation_id: id, seq };
    return names.map((name): SqlValue => {
      if (values.has(name)) return givenValue(name, values.get(name));
      const value = Object.hasOwn(own, name) ? own[name] : undefined;
      if (value !== undefined) return toSql(value);
      const known = [...new Set([...values.keys(), ...Object.keys(own)])].map((param) => `:${param}`).join(", ");
      throw new Error(`E_SPEC_SQL_PARAM: nothing is known as :${name}; there are ${known}`);
    });
  }
}

function givenValue(name: string, value: unknown): SqlValue {
  try {
    return givenToSql(value);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    throw new Error(`${error.code}: the parameter :${name}: ${error.message}`, { cause: error });
  }
}

function rowOf(row: unknown): DbRow {
  const read: { [column: string]: DbRow[string] } = {};
  if (typeof row !== "object" || row === null) return read;
  for (const [column, value] of Object.entries(row)) {
    const known = typeof value === "bigint" && Number.isSafeInteger(Number(value)) ? Number(value) : value;
    setKey(read, column, known);
  }
  return read;
}
