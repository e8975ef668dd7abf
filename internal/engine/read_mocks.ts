import { didYouMean } from "../diag/mod.ts";
import { type JsonPath, MAX_INT, type Problem, pointer, RUN_CODE } from "../flow/mod.ts";
import { isObject, type Json } from "../value/mod.ts";
import { type MockAnswers, Mocks } from "./mocks.ts";
import { resultAnswer } from "./result_answer.ts";
import type { LateAnswer, StepAnswer } from "./step_provider.ts";

const CODE = "E_MOCKS_SCHEMA";
const ANSWER_KEYS: ReadonlySet<string> = new Set(["result", "error", "delay_ms"]);
const ERROR_KEYS = ["code", "message", "retriable", "details"];
const DRAWS = "$draws";

type Mapping = { readonly [key: string]: Json };

/** Makes mocks out of a mapping (flows §11), with everything that is wrong with it. */
export function readMocks(document: Json): { readonly mocks: Mocks; readonly problems: readonly Problem[] } {
  const reader = new MocksReader();
  return { mocks: reader.read(document), problems: reader.problems };
}

class MocksReader {
  readonly problems: Problem[] = [];

  read(document: Json): Mocks {
    if (!isObject(document)) {
      this.#add([], `expected a mapping from step ids or kinds to answers, found ${shown(document)}`);
      return Mocks.NONE;
    }
    const answers = new Map<string, MockAnswers>();
    for (const [key, value] of Object.entries(document)) {
      if (key === DRAWS) continue;
      if (key.startsWith("$")) this.#add([key], `no such key; mocks know ${DRAWS} only`, didYouMean(key, [DRAWS]));
      else answers.set(key, this.#answers(value, [key]));
    }
    return new Mocks(answers, this.#draws(document[DRAWS]));
  }

  #draws(value: Json | undefined): readonly number[] {
    if (value === undefined) return [];
    const isDraw = (draw: Json): draw is number => typeof draw === "number" && draw >= 0 && draw < 1;
    if (Array.isArray(value) && value.every(isDraw)) return value;
    const wrong = Array.isArray(value) ? value.findIndex((draw) => !isDraw(draw)) : -1;
    const [path, found] = wrong < 0 ? [[DRAWS], value] : [[DRAWS, wrong], (value as Json[])[wrong] ?? null];
    this.#add(
      path,
      `expected ${wrong < 0 ? "a list of numbers" : "a number"} from 0 to below 1, found ${shown(found)}`,
    );
    return [];
  }

  #answers(value: Json, path: JsonPath): MockAnswers {
    return Array.isArray(value)
      ? { kind: "in turn", answers: value.map((item, index) => this.#answer(item, [...path, index])) }
      : { kind: "always", answer: this.#answer(value, path) };
  }

  #answer(value: Json, path: JsonPath): StepAnswer | LateAnswer {
    if (!isObject(value) || !Object.keys(value).every((key) => ANSWER_KEYS.has(key))) return resultAnswer(value);
    const { result, error, delay_ms } = value;
    if (result !== undefined && error !== undefined)
      this.#add(path, "an answer has a result or an error, here are both");
    const answer =
      error === undefined
        ? resultAnswer(result ?? (Object.hasOwn(value, "result") ? null : {}))
        : this.#error(error, [...path, "error"]);
    if (delay_ms === undefined) return answer;
    const isDelay = typeof delay_ms === "number" && Number.isInteger(delay_ms) && delay_ms >= 0 && delay_ms <= MAX_INT;
    if (!isDelay)
      this.#add([...path, "delay_ms"], `expected whole milliseconds from 0 to ${MAX_INT}, found ${shown(delay_ms)}`);
    return { afterMs: isDelay ? delay_ms : 0, answer };
  }

  #error(value: Json, path: JsonPath): StepAnswer {
    const given: Mapping = isObject(value) ? value : {};
    if (!isObject(value)) this.#add(path, `expected a mapping with a message, found ${shown(value)}`);
    else if (given.message === undefined) this.#add(path, "an error must have a message");
    for (const key of Object.keys(given)) {
      if (!ERROR_KEYS.includes(key))
        this.#add([...path, key], `an error has ${ERROR_KEYS.join(", ")} only`, didYouMean(key, ERROR_KEYS));
    }
    const { code = RUN_CODE.stepFailed, message = "", retriable = true, details = {} } = given;
    const wrong = (key: string, expected: string, found: Json) =>
      this.#add([...path, key], `expected ${expected}, found ${shown(found)}`);
    if (!Number.isSafeInteger(code)) wrong("code", "an integer", code);
    if (typeof message !== "string") wrong("message", "a text", message);
    if (typeof retriable !== "boolean") wrong("retriable", "true or false", retriable);
    if (!isObject(details)) wrong("details", "a mapping", details);
    return {
      ok: false,
      failure: {
        code: typeof code === "number" ? code : RUN_CODE.stepFailed,
        message: typeof message === "string" ? message : "",
        retriable: retriable === true,
        details: isObject(details) ? details : {},
      },
    };
  }

  #add(path: JsonPath, message: string, help?: string): void {
    this.problems.push({ code: CODE, level: "error", path, message: `${pointer(path)}: ${message}`, help });
  }
}

function shown(value: Json): string {
  if (Array.isArray(value)) return "a list";
  if (isObject(value)) return "a mapping";
  return value === null ? "nothing" : JSON.stringify(value);
}
