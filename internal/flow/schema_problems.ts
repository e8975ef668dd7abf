import type * as v from "valibot";
import { type Problem, pointer, shownValue } from "./problem.ts";

/** What a schema has against a document, each with its path and reason: `/graph/nodes/0/timeout_ms: expected …, found …`. */
export function schemaProblems(code: string, issues: readonly v.BaseIssue<unknown>[]): readonly Problem[] {
  return issues.map((issue) => {
    const path = (issue.path ?? []).map(({ key }) => (typeof key === "number" ? key : String(key)));
    return { code, level: "error", path, message: `${pointer(path)}: ${reason(issue)}` };
  });
}

function reason(issue: v.BaseIssue<unknown>): string {
  if (issue.type === "strict_object" && issue.expected === "never") return "no such member is allowed here";
  if (issue.input === undefined) return "it is missing";
  const isObject = issue.type === "strict_object" || issue.type === "loose_object";
  return `expected ${isObject ? "an object" : issue.message}, found ${shownValue(issue.input)}`;
}
