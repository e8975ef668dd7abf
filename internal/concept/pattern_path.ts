import { didYouMean } from "../diag/mod.ts";
import type { YamlFindings } from "../yaml/mod.ts";
import type { Action, Field } from "./concept.ts";
import { mayFit, type SpecType, typeName } from "./spec_type.ts";
import type { Pattern, ValuePath } from "./sync.ts";
import { parseSteps, typeBelow } from "./value_path.ts";

/** What the paths of a pattern lead into. */
export interface PatternTarget {
  readonly uri: string;
  /** undefined: not known, so that nothing can be said of its paths. */
  readonly action: Action | undefined;
  readonly event: Pattern["event"];
  readonly case: string | undefined;
}

/** A path of a pattern and the type of what it leads to, undefined where only the run knows it. E_SYNC_PATH_UNKNOWN. */
export function resolvePath(
  text: string,
  start: number,
  target: PatternTarget,
  findings: YamlFindings,
): { readonly path: ValuePath; readonly type: SpecType | undefined } | undefined {
  const path = parsePath(text, target.event);
  const refuse = (message: string, help?: string): undefined => {
    findings.add("E_SYNC_PATH_UNKNOWN", message, start, { help });
    return undefined;
  };
  if (path === undefined) {
    return refuse(
      `${JSON.stringify(text)} is no path; write args.x, output.x or x, with .name and [0] steps behind it`,
    );
  }
  if (target.event === "invoked" && path.root === "output") {
    return refuse(
      "a pattern with event: invoked knows the args only, not the output",
      `args.${text.replace(/^\w+\./, "")}`,
    );
  }
  if (target.action === undefined) return { path, type: undefined };
  const fields = fieldsOf(path.root, target);
  const [name = "", ...deeper] = path.steps;
  const found = fields.filter((field) => field.name === name);
  const [first] = found;
  if (first === undefined) {
    const whose = path.root === "args" ? `${target.uri} has no arg` : `no matched case of ${target.uri} has a field`;
    const known = didYouMean(
      String(name),
      fields.map((field) => field.name),
    );
    return refuse(`${whose} ${name}`, known && text.replace(String(name), known));
  }
  // Of several cases that give one field different types, only the run knows which it is.
  const isOne = found.every(({ type }) => mayFit(type, first.type));
  const type = typeBelow(isOne ? first.type : undefined, deeper);
  if (type === "none") return refuse(`${name} is ${typeName(first.type)}; ${text} leads nowhere in it`);
  return { path, type: type === "open" ? undefined : type };
}

function parsePath(text: string, event: PatternTarget["event"]): ValuePath | undefined {
  const steps = parseSteps(text);
  const [root, next] = steps ?? [];
  if (steps === undefined || root === undefined) return undefined;
  if (typeof next === "string" && (root === "args" || root === "output" || root === "result")) {
    return { root: root === "args" ? "args" : "output", steps: steps.slice(1) };
  }
  return { root: event === "invoked" ? "args" : "output", steps };
}

function fieldsOf(root: ValuePath["root"], { action, case: caseName }: PatternTarget): readonly Field[] {
  if (action === undefined) return [];
  if (root === "args") return action.args;
  const isKnown = action.outputs.some((output) => output.case === caseName);
  return action.outputs.filter((output) => !isKnown || output.case === caseName).flatMap(({ fields }) => fields);
}
