import { didYouMean } from "../diag/mod.ts";
import { isObject, pathIndex, pathKey, type Value } from "../value/mod.ts";
import { type DeclaredInputs, type InputsSchema, isForeignSchema } from "./flow_ir.ts";
import { type InputType, parseInputType, typeText } from "./input_type.ts";
import { type JsonPath, type Problem, shownValue } from "./problem.ts";
import type { ValueObject } from "./run_event.ts";

/** Holds the inputs of a run to what its flow declares (flows §9, Inputs): every problem, errors and warnings. */
export function checkInputs(schema: InputsSchema, inputs: ValueObject): readonly Problem[] {
  if (isForeignSchema(schema)) {
    const message =
      "the flow describes its inputs by a JSON Schema, which is not looked into; they are passed on as they are";
    return [{ code: "W_INPUTS_OPAQUE", level: "warn", path: [], message }];
  }
  const problems = Object.entries(schema).flatMap(([name, { type }]) => problemsOf(name, type, inputs));
  return [...problems, ...unknownInputs(schema, inputs)];
}

function problemsOf(name: string, text: string, inputs: ValueObject): readonly Problem[] {
  const type = parseInputType(text) ?? { kind: "any" };
  const warnings: Problem[] = [];
  if (parseInputType(text) === undefined) {
    const message = `input ${name} is of the type ${JSON.stringify(text)}, which plumb does not know: anything is taken`;
    warnings.push({ code: "W_INPUT_TYPE_UNKNOWN", level: "warn", path: [], message });
  }
  const value = Object.hasOwn(inputs, name) ? inputs[name] : undefined;
  if (value === undefined) {
    if (type.kind === "optional") return warnings;
    const message = `input ${name} is missing; the flow needs it: ${typeText(type)}`;
    return [...warnings, { code: "E_INPUT_MISSING", level: "error", path: [], message }];
  }
  return [...warnings, ...misfits(value, type, [name])];
}

/** The places in a value that are of another type. */
function misfits(value: Value, type: InputType, path: JsonPath): readonly Problem[] {
  switch (type.kind) {
    case "optional":
      return value === null ? [] : misfits(value, type.of, path);
    case "list of":
      if (!Array.isArray(value)) return [misfit(value, type, path)];
      return value.flatMap((item, index) => misfits(item, type.of, [...path, index]));
    case "map of":
      if (!isObject(value)) return [misfit(value, type, path)];
      return Object.entries(value).flatMap(([key, item]) => misfits(item, type.of, [...path, key]));
    default:
      return fits(value, type.kind) ? [] : [misfit(value, type, path)];
  }
}

function fits(value: Value, kind: "string" | "int" | "float" | "bool" | "object" | "list" | "any"): boolean {
  switch (kind) {
    case "string":
      return typeof value === "string";
    case "int":
      return typeof value === "bigint" || Number.isInteger(value);
    case "float":
      return typeof value === "bigint" || typeof value === "number";
    case "bool":
      return typeof value === "boolean";
    case "object":
      return isObject(value);
    case "list":
      return Array.isArray(value);
    case "any":
      return true;
  }
}

function misfit(value: Value, type: InputType, path: JsonPath): Problem {
  const shown = path.map((step) => (typeof step === "string" ? pathKey(step) : pathIndex(step))).join("");
  const message = `$${shown}: expected ${typeText(type)}, found ${shownValue(value)}`;
  return { code: "E_INPUT_TYPE", level: "error", path, message };
}

function unknownInputs(schema: DeclaredInputs, inputs: ValueObject): readonly Problem[] {
  const declared = Object.keys(schema);
  if (declared.length === 0) return [];
  return Object.keys(inputs).flatMap((name): Problem[] => {
    if (Object.hasOwn(schema, name)) return [];
    const message = `the flow has no input ${name}; it has ${declared.join(", ")}`;
    return [{ code: "E_INPUT_UNKNOWN", level: "error", path: [name], message, help: didYouMean(name, declared) }];
  });
}
