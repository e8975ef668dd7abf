import { MAX_DEPTH } from "./json.ts";
import { ValueError, type ValueErrorCode } from "./value_error.ts";

/** What is wrong with one value, said without its place: readers and checkers of values add that. */
export class Fault {
  readonly code: ValueErrorCode;
  /** The rest of the sentence that begins with the path. */
  readonly says: string;
  readonly help: string | undefined;

  constructor(code: ValueErrorCode, says: string, help?: string) {
    this.code = code;
    this.says = says;
    this.help = help;
  }

  at(path: string, offset?: number): ValueError {
    return new ValueError(this.code, `${path} ${this.says}`, { path, offset, help: this.help });
  }
}

const STRICT_TYPES = "only string, int, bool, array and object are allowed here";
const GENERAL_TYPES = "only null, bool, number, string, array and object are allowed here";

/** The longest number that a message shows whole. */
const SHOWN_DIGITS = 40;

export const NULL_FAULT = new Fault("E_VALUE_NULL", `is null; ${STRICT_TYPES}`);
export const DUPLICATE_FAULT = new Fault("E_VALUE_DUPLICATE_KEY", "is given twice; an object has each key once");
export const STRICT_DUPLICATE_FAULT = new Fault(
  "E_VALUE_DUPLICATE_KEY",
  "is given twice; an object has each key once, and keys are normalised to NFC first",
);

export function floatFault(shown: string, help?: string): Fault {
  return new Fault("E_VALUE_FLOAT", `is ${short(shown)}; ${STRICT_TYPES}`, help);
}

export function rangeFault(shown: string): Fault {
  return new Fault(
    "E_VALUE_RANGE",
    `is ${short(shown)}; an int lies between -9223372036854775808 and 9223372036854775807`,
  );
}

/** A JavaScript number beyond ±(2^53−1): it may already have been rounded. */
export function inexactFault(value: number): Fault {
  return new Fault(
    "E_VALUE_RANGE",
    `is ${value}; a number beyond 2^53-1 is not exact`,
    `give it as a bigint: ${BigInt(value)}n`,
  );
}

export function numberFault(shown: string): Fault {
  return new Fault("E_VALUE_NUMBER", `is ${short(shown)}; a number must be finite and fit a double`);
}

/** `holder` says what has the surrogate: the value itself, or one of its keys. */
export function surrogateFault(text: string, holder: "text" | "key"): Fault {
  const unit = LONE_SURROGATE.exec(text)?.[0].charCodeAt(0).toString(16);
  const where = holder === "key" ? "has a key with" : "has";
  return new Fault("E_VALUE_SURROGATE", `${where} the lone surrogate \\u${unit}, which is no character`);
}
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

export function typeFault(value: unknown, profile: "general" | "strict"): Fault {
  const allowed = profile === "strict" ? STRICT_TYPES : GENERAL_TYPES;
  return new Fault("E_VALUE_TYPE", `is ${kindOf(value)}; ${allowed}`);
}

/** E_VALUE_DEPTH carries no path (scenarios.md §1): it would be hundreds of steps long. */
export function depthError(place: { offset?: number; help?: string } = {}): ValueError {
  return new ValueError("E_VALUE_DEPTH", `more than ${MAX_DEPTH} nested arrays and objects`, place);
}

/** The same for a value in memory, which has no end if it contains itself. */
export function valueDepthError(): ValueError {
  return depthError({ help: "a value that contains itself has no JSON form" });
}

function short(shown: string): string {
  return shown.length <= SHOWN_DIGITS ? shown : `${shown.slice(0, SHOWN_DIGITS)}…`;
}

function kindOf(value: unknown): string {
  if (value === undefined) return "undefined";
  if (typeof value !== "object" || value === null) return `a ${typeof value}`;
  const name: unknown = Object.getPrototypeOf(value)?.constructor?.name;
  return typeof name === "string" && name !== "" ? `an object of class ${name}` : "an object of a class";
}
