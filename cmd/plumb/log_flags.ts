import { type Flag, type ParsedArgs, UsageError } from "../../internal/cli/mod.ts";

// Flags that commands on event logs share (spec/scenarios.md §11).

export const SPECS_FLAG = {
  name: "specs",
  kind: "list",
  value: "PATH",
  path: true,
  help: "the concept and sync specs: files, and folders that stand for every spec file below them",
} as const satisfies Flag;

export const MAX_STEPS_FLAG = {
  name: "max-steps",
  kind: "value",
  value: "N",
  integer: { min: 1, max: Number.MAX_SAFE_INTEGER },
  default: "1000",
  help: "how many invocations a flow may hold",
} as const satisfies Flag;

/**
 * The file of `--db`, as it was given.
 *
 * @throws UsageError if it is missing
 */
export function givenLog(args: ParsedArgs<"db">): string {
  const db = args.value("db");
  if (db === undefined) throw new UsageError("E_USAGE_ARGUMENT", "--db FILE is missing: which event log?");
  return db;
}

/**
 * The paths of `--specs`.
 *
 * @throws UsageError if it is missing
 */
export function givenSpecs(args: ParsedArgs<"specs">): readonly string[] {
  const specs = args.values("specs");
  if (specs.length > 0) return specs;
  throw new UsageError("E_USAGE_ARGUMENT", "--specs PATH… is missing: where are the concepts and syncs?");
}
