import { type Json, setKey } from "../../value/mod.ts";
import { type DslSource, type PdlFile, type Statement, stemOf } from "../syntax/mod.ts";
import { DepthFault, jsonObject } from "./json_value.ts";

/** Levels of `if` in each other: each takes two containers of the 256 that a document may nest. */
const MAX_STATEMENT_NESTING = 120;

/** What `policies/<slug>.json` holds (flows §3). */
export type PolicyDocument = { readonly policy: { [key: string]: Json } };

/**
 * The document of a policy (flows §3): members in the order of the page.
 *
 * @throws DepthFault
 */
export function policyDocument({ source, version, arms, epsilon, evaluate, emit }: PdlFile): PolicyDocument {
  const armFields: { [key: string]: Json } = {};
  for (const { name, fields } of arms) setKey(armFields, name, jsonObject(fields));
  const statements = new StatementDocuments(source);
  return {
    policy: {
      id: stemOf(source.path),
      strategy: version.text,
      params: {
        arms: armFields,
        epsilon: epsilon?.text ?? null,
        evaluate: statements.of(evaluate),
        emit: jsonObject(emit),
      },
      metadata: { dsl: { version: version.text, source: source.path } },
    },
  };
}

class StatementDocuments {
  readonly #source: DslSource;

  constructor(source: DslSource) {
    this.#source = source;
  }

  of(statements: readonly Statement[], depth = 0): Json[] {
    return statements.map((statement) => this.#statement(statement, depth));
  }

  #statement(statement: Statement, depth: number): Json {
    if (depth > MAX_STATEMENT_NESTING) throw new DepthFault(statement.at, MAX_STATEMENT_NESTING);
    const place = this.#place(statement.at);
    switch (statement.kind) {
      case "assignment": {
        const { target, operator, expression, label } = statement;
        const sides = { type: "assignment", target: target.text, operator, expression: expression.text };
        return { ...sides, ...(label === undefined ? {} : { id: label.text }), ...place };
      }
      case "if": {
        const { condition, body, otherwise } = statement;
        const others = this.of(otherwise?.statements ?? [], depth + 1);
        return {
          type: "if",
          condition: condition.text,
          // biome-ignore lint/suspicious/noThenProperty: the document's name for it (flows §3); nobody awaits a document
          then: this.of(body, depth + 1),
          else: others.length === 0 ? null : others,
          ...place,
        };
      }
      case "choose": {
        const options = statement.options.map(({ name, expression, probability, at }) => ({
          name,
          expression: expression.text,
          probability: probability?.text ?? null,
          ...this.#place(at),
        }));
        return { type: "choose", options, ...place };
      }
    }
  }

  #place(at: number): { line: number; column: number; filename: string } {
    const { line, column } = this.#source.lines.position(at);
    return { line, column, filename: this.#source.path };
  }
}
