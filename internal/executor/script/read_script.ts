import * as v from "valibot";
import { didYouMean } from "../../diag/mod.ts";
import { type JsonPath, type Problem, pointer, type ReadData, schemaProblems, shownValue } from "../../flow/mod.ts";
import { METHODS } from "../../rep/mod.ts";
import { isObject, type Json } from "../../value/mod.ts";
import { ACTIONS, type Action, type ActionName } from "./actions.ts";
import { OCCASIONS, type Rule } from "./script.ts";

const CODE = "E_SCRIPT_SCHEMA";
const RULE_KEYS = ["on", "nth", "do"];
const NAMES: readonly string[] = Object.keys(ACTIONS);

/** Makes rules out of a document (flows §18), with everything that is wrong with it. */
export function readScript(document: Json): ReadData<readonly Rule[]> {
  const reader = new ScriptReader();
  return { data: reader.read(document), problems: reader.problems };
}

class ScriptReader {
  readonly problems: Problem[] = [];

  read(document: Json): readonly Rule[] {
    if (Array.isArray(document)) return document.map((rule, at) => this.#rule(rule, [at]));
    this.#add([], `expected a list of rules, found ${shownValue(document)}`);
    return [];
  }

  #rule(value: Json, path: JsonPath): Rule {
    if (!isObject(value)) {
      this.#add(path, `expected a rule with on and do, found ${shownValue(value)}`);
      return { on: "", nth: undefined, actions: [] };
    }
    for (const key of Object.keys(value)) {
      if (!RULE_KEYS.includes(key))
        this.#add([...path, key], `a rule has ${RULE_KEYS.join(", ")} only`, didYouMean(key, RULE_KEYS));
    }
    return {
      on: this.#on(value.on, [...path, "on"]),
      nth: this.#nth(value.nth, [...path, "nth"]),
      actions: this.#actions(value.do, [...path, "do"]),
    };
  }

  #on(value: Json | undefined, path: JsonPath): string {
    const occasions: readonly string[] = OCCASIONS;
    if (typeof value !== "string") {
      this.#add(path, `expected a method, ${OCCASIONS.join(", ")}, found ${shownValue(value)}`);
      return "";
    }
    // A script may be about a method that no executor has.
    if (occasions.includes(value) || value.includes(".")) return value;
    const methods = Object.values(METHODS);
    const method = methods.find((name) => name === `Runtime.${value}`);
    const help = method ?? didYouMean(value, occasions) ?? didYouMean(`Runtime.${value}`, methods);
    this.#add(path, `there is no occasion ${value}; expected a method, ${OCCASIONS.join(", ")}`, help);
    return value;
  }

  #nth(value: Json | undefined, path: JsonPath): number | undefined {
    if (value === undefined) return undefined;
    if (typeof value === "number" && Number.isSafeInteger(value) && value >= 1) return value;
    this.#add(path, `expected a whole number from 1, found ${shownValue(value)}`);
    return undefined;
  }

  #actions(value: Json | undefined, path: JsonPath): readonly Action[] {
    if (Array.isArray(value)) return value.flatMap((action, at) => this.#action(action, [...path, at]) ?? []);
    this.#add(path, `expected a list of actions, found ${shownValue(value)}`);
    return [];
  }

  #action(given: Json, path: JsonPath): Action | undefined {
    // `- ignore` is short for `- ignore: null`.
    const value = typeof given === "string" ? { [given]: null } : given;
    const [name, ...others] = isObject(value) ? Object.keys(value) : [];
    if (!isObject(value) || name === undefined || others.length > 0) {
      this.#add(path, `expected an action, which is a mapping of one key, found ${found(given)}`);
      return undefined;
    }
    if (!isActionName(name)) {
      this.#add([...path, name], `there is no action ${name}`, didYouMean(name, NAMES));
      return undefined;
    }
    const read = v.safeParse(ACTIONS[name], value[name]);
    if (read.success) return { name, value: read.output } as Action;
    for (const problem of schemaProblems(CODE, read.issues)) {
      const whole = [...path, name, ...problem.path];
      this.problems.push({
        ...problem,
        path: whole,
        message: `${pointer(whole)}${problem.message.replace(/^[^:]*/, "")}`,
      });
    }
    return undefined;
  }

  #add(path: JsonPath, message: string, help?: string): void {
    this.problems.push({ code: CODE, level: "error", path, message: `${pointer(path)}: ${message}`, help });
  }
}

function isActionName(name: string): name is ActionName {
  return Object.hasOwn(ACTIONS, name);
}

function found(value: Json): string {
  return isObject(value) ? `${Object.keys(value).length} keys` : shownValue(value);
}
