import { allSteps, type Deep, into, runDeep, type Step, scalarsOf, type WdlFile } from "../syntax/mod.ts";
import { type Report, warn } from "./report.ts";
import { scanReferences, type TextReference } from "./scan_references.ts";

/**
 * Checks what arguments, outputs and conditions refer to: `missing-input`, `unknown-step-ref`, `bad-reference`,
 * `uninterpolated-reference`, `unused-input` (flows §7). A body's steps are visible inside it and in deeper bodies only; a
 * failure handler sees its step too.
 */
export function checkReferences(file: WdlFile, report: Report): void {
  new ReferenceCheck(file, report).run();
}

class ReferenceCheck {
  readonly #file: WdlFile;
  readonly #report: Report;
  readonly #inputs: ReadonlySet<string>;
  readonly #used = new Set<string>();
  /** Of all steps, wherever they are. */
  readonly #ids: ReadonlySet<string>;
  /** Steps that are visible, with how often they are: one may be defined twice. */
  readonly #visible = new Map<string, number>();

  constructor(file: WdlFile, report: Report) {
    this.#file = file;
    this.#report = report;
    this.#inputs = new Set(file.inputs.map(({ name }) => name));
    this.#ids = new Set(allSteps(file.steps).flatMap((step) => (step.kind === "call" ? [step.id.text] : [])));
  }

  run(): void {
    const { steps, outputs, inputs } = this.#file;
    const defined = runDeep(this.#steps(steps));
    for (const { value } of outputs) for (const scalar of scalarsOf(value)) this.#template(scalar);
    this.#hide(defined);
    for (const { name, at } of inputs) {
      if (this.#used.has(name)) continue;
      warn(this.#report, "unused-input", at, `input '${name}' is never used`, { length: name.length });
    }
  }

  /** Leaves the steps of the list visible, and returns them. */
  *#steps(steps: readonly Step[]): Deep<readonly string[]> {
    const defined: string[] = [];
    for (const step of steps) {
      if (step.kind === "when") {
        this.#refer(step.text);
        this.#conditionName(step);
        this.#hide(yield* into(this.#steps(step.steps)));
        continue;
      }
      for (const { value } of step.args.entries.filter((entry) => entry.kind === "key")) {
        for (const scalar of scalarsOf(value)) this.#template(scalar);
      }
      const id = step.id.text;
      this.#visible.set(id, (this.#visible.get(id) ?? 0) + 1);
      defined.push(id);
      if (step.onFailure !== undefined) this.#hide(yield* into(this.#steps(step.onFailure.steps)));
    }
    return defined;
  }

  #hide(ids: readonly string[]): void {
    for (const id of ids) {
      const left = (this.#visible.get(id) ?? 0) - 1;
      if (left > 0) this.#visible.set(id, left);
      else this.#visible.delete(id);
    }
  }

  /** A condition that begins as one does, but names nothing. */
  #conditionName({ condition }: Extract<Step, { kind: "when" }>): void {
    if (condition.kind === "fault" || /^[A-Za-z0-9_-]/.test(condition.reference.path)) return;
    const { at, text, root } = condition.reference;
    const message = `the reference lacks the name of ${root === "input" ? "an input" : "a step"}`;
    this.#report({ code: "bad-condition", at, length: text.length, message });
  }

  /** An argument or output: a template (flows §6). */
  #template(scalar: { readonly text: string; readonly at: number }): void {
    const { references, faults } = this.#refer(scalar);
    for (const { at, length, message, help } of faults) {
      this.#report({ code: "bad-reference", at: scalar.at + at, length, message, help });
    }
    if (isWhole(scalar.text)) return;
    for (const { at, length, braced } of references) {
      if (braced) continue;
      const [word = ""] = /^[A-Za-z0-9_.-]*[A-Za-z0-9_-]/.exec(scalar.text.slice(at + 1, at + 100)) ?? [];
      warn(this.#report, "uninterpolated-reference", scalar.at + at, "a reference inside other text is not replaced", {
        length,
        help: `\${${word}}`,
      });
    }
  }

  #refer({ text, at }: { readonly text: string; readonly at: number }): ReturnType<typeof scanReferences> {
    const scanned = scanReferences(text);
    for (const reference of scanned.references) {
      if (reference.root === "input") this.#input(reference, at);
      else this.#step(reference, at);
    }
    return scanned;
  }

  #input({ name, at, length }: TextReference, from: number): void {
    this.#used.add(name);
    if (this.#inputs.has(name)) return;
    const help = this.#report.meant(name, this.#inputs);
    this.#report({ code: "missing-input", at: from + at, length, message: `input '${name}' is not declared`, help });
  }

  #step({ name, at, length }: TextReference, from: number): void {
    if (this.#visible.has(name)) return;
    const help = this.#report.meant(name, this.#visible);
    const isThere = this.#ids.has(name);
    const message = isThere
      ? `step '${name}' comes later, or in a branch: it cannot be seen here`
      : `there is no step '${name}'`;
    this.#report({ code: "unknown-step-ref", at: from + at, length, message, help });
  }
}

/** True for a text that is a reference as a whole, or none that is not in braces. */
function isWhole(text: string): boolean {
  return /^\$[^\s$]*$/.test(text.trim());
}
