import type { FlowIr, FlowNode } from "../flow/mod.ts";
import { isControlKind } from "../flow/mod.ts";
import type { LateAnswer, Performer, StepAnswer, StepProvider } from "./step_provider.ts";
import { stepFailure } from "./step_provider.ts";

/** What a key of the mocks answers: always the same, or one answer after the other. */
export type MockAnswers =
  | { readonly kind: "always"; readonly answer: StepAnswer | LateAnswer }
  | { readonly kind: "in turn"; readonly answers: readonly (StepAnswer | LateAnswer)[] };

/** Answers given instead of real steps (flows §11). They do not change; each run counts its own calls. */
export class Mocks implements StepProvider {
  static readonly NONE = new Mocks(new Map(), []);

  readonly #answers: ReadonlyMap<string, MockAnswers>;
  /** By flow: many runs ask for the same. */
  readonly #unused = new WeakMap<FlowIr, readonly string[]>();
  /** The first draws of a run's policies. */
  readonly draws: readonly number[];

  constructor(answers: ReadonlyMap<string, MockAnswers>, draws: readonly number[]) {
    this.#answers = answers;
    this.draws = draws;
  }

  /** These mocks, and those of `others` for keys that these do not have. */
  with(others: Mocks): Mocks {
    return new Mocks(
      new Map([...others.#answers, ...this.#answers]),
      this.draws.length > 0 ? this.draws : others.draws,
    );
  }

  /** All keys. */
  get keys(): readonly string[] {
    return [...this.#answers.keys()];
  }

  /** Whether a node is answered: by its id, else by its kind. */
  has({ id, type }: FlowNode): boolean {
    return !isControlKind(type) && (this.#answers.has(id) || this.#answers.has(type));
  }

  /** Whether all that a node is ever answered are errors. */
  neverSucceeds(node: FlowNode): boolean {
    if (!this.has(node)) return false;
    const answers = this.#answers.get(node.id) ?? this.#answers.get(node.type);
    if (answers === undefined) return false;
    return (answers.kind === "always" ? [answers.answer] : answers.answers).every(isError);
  }

  /** The keys that no step of a flow has as its id or kind (W_MOCK_UNUSED). */
  unused(ir: FlowIr): readonly string[] {
    const known = this.#unused.get(ir) ?? this.#findUnused(ir);
    this.#unused.set(ir, known);
    return known;
  }

  #findUnused({ graph }: FlowIr): readonly string[] {
    const steps = graph.nodes.filter(({ type }) => !isControlKind(type));
    const names = new Set(steps.flatMap(({ id, type }) => [id, type]));
    return [...this.#answers.keys()].filter((key) => !names.has(key));
  }

  open(): (node: FlowNode) => Performer | undefined {
    const opened = new Map<string, Performer>();
    return ({ id, type }) => {
      if (this.#answers.size === 0) return undefined;
      const key = this.#answers.has(id) ? id : type;
      const known = opened.get(key);
      if (known !== undefined) return known;
      const answers = this.#answers.get(key);
      if (answers === undefined) return undefined;
      const performer = answering(key, answers);
      opened.set(key, performer);
      return performer;
    };
  }
}

function isError(answer: StepAnswer | LateAnswer): boolean {
  return "ok" in answer ? !answer.ok : isError(answer.answer);
}

function answering(key: string, answers: MockAnswers): Performer {
  if (answers.kind === "always") return () => answers.answer;
  let calls = 0;
  return () => {
    const answer = answers.answers[calls];
    calls += 1;
    const count = answers.answers.length;
    const message = `mock ${key} has ${count} ${count === 1 ? "answer" : "answers"}, and was called ${calls} times`;
    return answer ?? stepFailure(message, { cause: "MockExhausted" }, false);
  };
}
