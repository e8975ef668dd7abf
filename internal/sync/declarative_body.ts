import type { Snippet } from "../concept/mod.ts";
import type { LoggedInvocation, Statements, StrictObject } from "../store/mod.ts";
import { isStoreFault } from "../store/mod.ts";
import { pathKey, type Strict, setKey } from "../value/mod.ts";
import type { Answer } from "./check_answer.ts";
import { bracketed, type CompiledAction, type CompiledOutput, type Query } from "./compiled_action.ts";
import { FlowFailure, placeText } from "./flow_failure.ts";
import { objectText } from "./object_text.ts";
import { declaredAs, fromSql, SqlMisfit, type SqlValue, toSql } from "./sql_values.ts";

/** Runs the SQL of one invocation (scenarios.md §3, Declarative body). Each part throws FlowFailure. */
export class DeclarativeBody {
  readonly #compiled: CompiledAction;
  readonly #invocation: LoggedInvocation;
  readonly #statements: Statements;

  constructor(compiled: CompiledAction, invocation: LoggedInvocation, statements: Statements) {
    this.#compiled = compiled;
    this.#invocation = invocation;
    this.#statements = statements;
  }

  /** The first output whose `when` is true; E_NO_OUTPUT. */
  choose(): CompiledOutput {
    const { choose, outputs, action } = this.#compiled;
    const chosen = outputs[choose === undefined ? 0 : this.#chosen(choose)];
    if (chosen !== undefined) return chosen;
    throw new FlowFailure("E_NO_OUTPUT", `${action.uri}: the when of no output is true`, action);
  }

  runEffects({ output }: CompiledOutput): void {
    for (const effect of output.effects) this.#guarded(effect, () => this.#run(effect));
  }

  /** The completion of an output, whose result sees the effects; keys in canonical order. E_RESULT_TYPE, E_VALUE_*. */
  answer(compiled: CompiledOutput): Answer {
    const result: StrictObject = {};
    const { case: name } = compiled.output;
    if (compiled.all === undefined) return { case: name, result, text: "{}" };
    const row = this.#row(compiled.all) ?? this.#oneByOne(compiled);
    const values: Strict[] = [];
    for (let index = 0; index < compiled.result.length; index++) {
      const part = compiled.result[index];
      if (part === undefined) break;
      const value = fromSql(row[index], part.field.type);
      if (value instanceof SqlMisfit) throw this.#misfit(value, compiled, part.field, part.snippet);
      setKey(result, part.field.name, value);
      values.push(value);
    }
    return { case: name, result, text: objectText(compiled.keys, values) };
  }

  #misfit(
    misfit: SqlMisfit,
    { output }: CompiledOutput,
    field: CompiledOutput["result"][number]["field"],
    at: Snippet,
  ): FlowFailure {
    const { code, says, path } = misfit;
    const of = `${this.#compiled.action.uri} ${output.case}`;
    const message =
      code === "E_RESULT_TYPE"
        ? `${of}: the field ${field.name} ${declaredAs(field.type, says)} (${placeText(at)})`
        : `$${pathKey(field.name)}${path}${says} (the result of ${of}, ${placeText(at)})`;
    return new FlowFailure(code, message, at);
  }

  /** The index that the choice gives. If its SQL fails, the conditions are tried one by one, as they are meant to be. */
  #chosen(choose: Query): number {
    const row = this.#row(choose);
    if (row !== undefined) return Number(row[0]);
    const { outputs } = this.#compiled;
    return outputs.findIndex(({ output: { when } }) => {
      if (when === undefined) return true;
      const sql = `SELECT CASE WHEN ${bracketed(when)} THEN 1 ELSE 0 END`;
      return this.#guarded(when, () => this.#first({ sql, params: when.params }))[0] === 1n;
    });
  }

  /** The fields one by one, after their common statement failed: the first that fails has the position. */
  #oneByOne({ result }: CompiledOutput): readonly unknown[] {
    return result.map(({ snippet }) => this.#guarded(snippet, () => this.#first(snippet))[0]);
  }

  /** undefined: SQLite refuses. */
  #row(query: Query): readonly unknown[] | undefined {
    try {
      return this.#first(query);
    } catch (error) {
      if (isStoreFault(error) || error instanceof FlowFailure) throw error;
      return undefined;
    }
  }

  #first({ sql, params }: Query): readonly unknown[] {
    const [row = []] = this.#statements.get(sql).values(...this.#bound(params));
    return row;
  }

  #run({ sql, params }: Query): void {
    this.#statements.get(sql).run(...this.#bound(params));
  }

  #bound(params: readonly string[]): SqlValue[] {
    return params.map((name) => toSql(this.#param(name)));
  }

  #param(name: string): Strict {
    const { args, flow_token, id, seq } = this.#invocation;
    const value = args[name];
    if (value !== undefined) return value;
    switch (name) {
      case "flow_token":
        return flow_token;
      case "invocation_id":
        return id;
      case "seq":
        return seq;
    }
    // The log was written with other specs.
    const { action } = this.#compiled;
    throw new FlowFailure("E_ACTION_FAILED", `${action.uri} failed: its invocation has no arg ${name}`, action);
  }

  #guarded<T>(snippet: Snippet, work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (isStoreFault(error) || error instanceof FlowFailure) throw error;
      const cause = error instanceof Error ? error.message : String(error);
      const message = `${this.#compiled.action.uri} failed at ${placeText(snippet)}: ${cause}`;
      throw new FlowFailure("E_ACTION_FAILED", message, snippet, { cause: error });
    }
  }
}
