import { parseInputType } from "../../flow/mod.ts";
import { allSteps, type CallStep, type Part, type WdlFile, type WhenStep } from "../syntax/mod.ts";
import { type Report, warn } from "./report.ts";
import { cycleIn, sequenceGraph, unreachableIn } from "./sequence_graph.ts";

/** Checks the steps themselves, without what they refer to (flows §7). */
export function checkSteps(file: WdlFile, report: Report): void {
  const steps = allSteps(file.steps);
  const calls = steps.filter((step) => step.kind === "call");
  if (calls.length === 0) {
    report({ code: "no-call-steps", at: file.layout.start, message: "the flow has no step that calls anything" });
  }
  checkName(file.workflow, "the name of a flow", report);
  for (const { id } of calls) checkName(id, "the id of a step", report);
  checkSequence(file, calls, report);
  for (const step of steps) {
    if (step.kind === "when") checkWhen(step, report);
    else if (step.onFailure?.steps.length === 0) emptyBranch(step.onFailure.at, "on failure", report);
  }
  for (const { text, at } of file.dropped) {
    const message = "an item of a list holds one step: this one is left out";
    report({ code: "dropped-step", at, length: text.length, message, help: `- ${text}:` });
  }
}

function checkName({ text, at }: Part, what: string, report: Report): void {
  if (/^[A-Za-z0-9_.-]+$/.test(text)) return;
  const message = `${what} has letters, digits, '_', '.' and '-' only`;
  report({ code: "bad-identifier", at, length: text.length, message });
}

function checkSequence(file: WdlFile, calls: readonly CallStep[], report: Report): void {
  const seen = new Set<string>();
  for (const { id } of calls) {
    const { text, at } = id;
    if (seen.has(text)) {
      report({ code: "duplicate-step-id", at, length: text.length, message: `there is a step '${text}' already` });
    }
    seen.add(text);
  }
  const graph = sequenceGraph(file.steps);
  const cycle = seen.size < calls.length ? cycleIn(graph) : undefined;
  if (cycle !== undefined) {
    const { name, at } = cycle;
    report({ code: "cycle-detected", at, length: name.length, message: `step '${name}' comes after itself` });
  }
  for (const { name, at } of unreachableIn(graph)) {
    report({ code: "unreachable-step", at, length: name.length, message: `step '${name}' can never be reached` });
  }
}

function checkWhen({ at, steps, condition }: WhenStep, report: Report): void {
  if (steps.length === 0) emptyBranch(at, "when", report);
  if (condition.kind === "fault") {
    const { message, length, help } = condition;
    report({ code: "bad-condition", at: condition.at, length, message, help });
    return;
  }
  const seen = new Set<string>();
  for (const { value, text, at: literalAt } of condition.literals) {
    const { length } = text;
    if (value === "_DEFAULT") {
      const message = "'_DEFAULT' is what a switch calls all other cases";
      report({ code: "reserved-case", at: literalAt, length, message });
    }
    if (seen.has(value)) warn(report, "duplicate-case", literalAt, `${text} is in the list already`, { length });
    seen.add(value);
  }
}

function emptyBranch(at: number, what: string, report: Report): void {
  warn(report, "empty-branch", at, `the ${what} has no steps`, { length: what.length });
}

/** Reports type texts that name no type: anything is taken for them. */
export function checkInputTypes({ inputs }: WdlFile, report: Report): void {
  for (const { type } of inputs) {
    if (parseInputType(type.text) !== undefined) continue;
    const { length } = type.text.trimEnd();
    const message = `'${type.text.trimEnd()}' is no type that plumb knows: any value is taken`;
    warn(report, "unknown-type", type.at, message, { length });
  }
}
