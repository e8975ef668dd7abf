import { didYouMean } from "../../diag/mod.ts";
import { parseCount, parseDuration } from "./duration.ts";
import { ParseFault } from "./parse_fault.ts";
import { type Part, slicePart, trimmed, wordsOf } from "./part.ts";
import type { CallStep } from "./wdl_file.ts";

/** What the key of a call step says. */
export type StepHeader = Pick<CallStep, "id" | "target" | "timeoutMs" | "retry" | "policy">;

type Options = { -readonly [Name in "timeoutMs" | "retry" | "policy"]: StepHeader[Name] };

const OPTIONS = ["timeout", "retry", "policy"];

/**
 * Reads `ID(TARGET) timeout DUR retry N every DUR policy NAME` (flows §2).
 *
 * @throws ParseFault at the key if it is no header, at the word of an option that is none
 */
export function readStepHeader(key: Part): StepHeader {
  const close = key.text.lastIndexOf(")");
  const open = key.text.indexOf("(");
  const id = trimmed(slicePart(key, 0, Math.max(0, open)));
  const target = trimmed(slicePart(key, open + 1, Math.max(open + 1, close)));
  if (open < 0 || close < open || id.text === "" || target.text === "") throw noHeader(key);
  return { id, target, ...readOptions(wordsOf(slicePart(key, close + 1))) };
}

function noHeader(key: Part): ParseFault {
  const place = { at: key.at, length: key.text.length };
  const help = "a step is ID(TARGET), such as read(coldstore.read)";
  if (/^when\b/.test(key.text))
    return new ParseFault("the when has no condition", place, 'when $input.NAME == "text":');
  return new ParseFault("the step is not of the form ID(TARGET), both not empty", place, help);
}

function readOptions(words: readonly Part[]): Options {
  const options: Options = { timeoutMs: undefined, retry: undefined, policy: undefined };
  const given = new Set<string>();
  for (let i = 0; i < words.length; ) {
    const option = words[i];
    if (option === undefined) break;
    if (given.has(option.text)) throw wrong(option, `the option ${option.text} is given twice`);
    given.add(option.text);
    const value = words[i + 1];
    i += 2;
    switch (option.text) {
      case "timeout":
        options.timeoutMs = duration(option, value);
        break;
      case "retry": {
        const max = count(option, value);
        const every = words[i];
        const isPaused = every?.text === "every";
        options.retry = { max, everyMs: isPaused ? duration(every, words[i + 1]) : 0 };
        if (isPaused) i += 2;
        break;
      }
      case "policy":
        options.policy = { at: option.at, name: policyName(option, value) };
        break;
      default:
        throw noOption(option);
    }
  }
  return options;
}

function duration(option: Part, value: Part | undefined): number {
  const ms = value === undefined ? undefined : parseDuration(value.text);
  if (ms !== undefined) return ms;
  const help = value !== undefined && /^[0-9]+$/.test(value.text) ? `${option.text} ${value.text}ms` : undefined;
  throw wrong(value ?? option, `${option.text} takes a duration such as 500ms, 30s, 5m or 1h`, help);
}

function count(option: Part, value: Part | undefined): number {
  const max = value === undefined ? undefined : parseCount(value.text);
  if (max !== undefined) return max;
  throw wrong(value ?? option, "retry takes a whole number of further attempts, such as 2");
}

function policyName(option: Part, value: Part | undefined): Part {
  if (value !== undefined && /^[A-Za-z0-9_.-]+$/.test(value.text)) return value;
  throw wrong(value ?? option, "policy takes the name of a .pdl file without its suffix");
}

function noOption(word: Part): ParseFault {
  const help = word.text === "every" ? "retry N every DURATION" : didYouMean(word.text, OPTIONS);
  return wrong(word, `behind ID(TARGET) stand only timeout, retry and policy; found '${word.text.slice(0, 40)}'`, help);
}

function wrong(word: Part, message: string, help?: string): ParseFault {
  return new ParseFault(message, { at: word.at, length: word.text.length }, help);
}
