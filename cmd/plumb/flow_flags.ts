/** What commands that run a flow have in common; a file of its own, because tables are loaded at every start. */
export const INPUTS_FLAG = {
  name: "inputs",
  kind: "value",
  value: "JSON|@FILE|-",
  default: "{}",
  help: "the inputs of the run: an object of JSON, in a file, or on stdin",
} as const;

export const MOCKS_FLAG = {
  name: "mocks",
  kind: "value",
  value: "FILE",
  path: true,
  help: "YAML or JSON: answers instead of steps, by step id or kind (engine local)",
} as const;

export const SEED_FLAG = {
  name: "seed",
  kind: "value",
  value: "N",
  integer: { min: 0, max: Number.MAX_SAFE_INTEGER },
  default: "the run_id",
  help: "what draws of engine local are seeded by",
} as const;
