import type { DslSource } from "./dsl_source.ts";
import type { Layout, Mapping, Scalar } from "./layout.ts";
import type { Part } from "./part.ts";

/** A .pdl file as a tree (flows §4). Every `at` is a UTF-16 index into its text. */
export interface PdlFile {
  readonly kind: "pdl";
  readonly source: DslSource;
  readonly layout: Layout;
  readonly version: Scalar;
  readonly arms: readonly Arm[];
  readonly epsilon: Scalar | undefined;
  readonly evaluate: readonly Statement[];
  /** Fields keep their nesting; none is without a name, at no depth. */
  readonly emit: Mapping;
}

export interface Arm {
  readonly name: string;
  readonly at: number;
  /** As `emit`. */
  readonly fields: Mapping;
}

export type Statement = Assignment | IfStatement | ChooseStatement;

/** `target := expression`, with or without a label. */
export interface Assignment {
  readonly kind: "assignment";
  /** Where its text begins, behind the label. */
  readonly at: number;
  readonly label: Part | undefined;
  readonly target: Part;
  readonly operator: "=" | ":=";
  readonly expression: Part;
}

export interface IfStatement {
  readonly kind: "if";
  /** Of the word `if`. */
  readonly at: number;
  readonly condition: Part;
  readonly body: readonly Statement[];
  /** Undefined: there is no `else`. */
  readonly otherwise: Otherwise | undefined;
}

export interface Otherwise {
  /** Of the word `else`. */
  readonly at: number;
  readonly statements: readonly Statement[];
}

export interface ChooseStatement {
  readonly kind: "choose";
  readonly at: number;
  readonly options: readonly ChooseOption[];
}

export interface ChooseOption {
  readonly name: string;
  /** Of its name. */
  readonly at: number;
  /** All of its text, as it is written. */
  readonly text: Part;
  /** What stands before ` with p=`: an assignment if it has a `=`, else an expression. */
  readonly expression: Part;
  readonly probability: Part | undefined;
}
