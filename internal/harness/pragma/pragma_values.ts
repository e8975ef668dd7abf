import { didYouMean } from "../../diag/mod.ts";
import { clip } from "./pragma_text.ts";
import { bad, good, refine, type ValueKind, type ValueProblem } from "./pragma_value_kind.ts";

/** Any text, also none. */
export const text: ValueKind<string> = {
  form: "TEXT",
  read(raw, key) {
    if (raw.form === "json") return bad(`${key} takes text, found JSON; quote a text that begins with { or [`);
    if (!raw.text.isWellFormed()) return bad(`${key} holds one half of a surrogate pair`);
    return good(raw.text);
  },
};

/** Text that is not empty. */
export function word(form: string): ValueKind<string> {
  return refine(form, text, (found, key) => (found === "" ? bad(`${key} is empty`) : good(found)));
}

/** One of a few words. */
export function oneOf<const T extends string>(
  choices: readonly T[],
  code: ValueProblem["code"] = "E_PRAGMA_VALUE",
): ValueKind<T> {
  return refine(choices.join("|"), text, (found, key) => {
    const choice = choices.find((candidate) => candidate === found);
    if (choice !== undefined) return good(choice);
    return bad(`${key} is ${choices.join(" or ")}, found ${clip(found)}`, didYouMean(found, choices), code);
  });
}

/** A whole number from `least`, in plain decimal digits and exact as a JavaScript number. */
export function whole(least: number, form = "N"): ValueKind<number> {
  return refine(form, text, (found, key) => {
    const value = /^(?:0|[1-9][0-9]{0,15})$/.test(found) ? Number(found) : Number.NaN;
    if (Number.isSafeInteger(value) && value >= least) return good(value);
    return bad(`${key} is a whole number from ${least}, found ${clip(found)}`);
  });
}

/** `true false 1 0`. */
export const flag: ValueKind<boolean> = refine("true|false|1|0", text, (found, key) => {
  if (found === "true" || found === "1") return good(true);
  if (found === "false" || found === "0") return good(false);
  return bad(`${key} is true, false, 1 or 0, found ${clip(found)}`);
});

/** `CODE` or `CODE,CODE`: each code once, in the order given. */
export const codes: ValueKind<readonly string[]> = refine("CODE or CODE,CODE", text, (found, key) => {
  const list = found.split(",").map((code) => code.trim());
  return list.includes("") ? bad(`${key} is CODE or CODE,CODE, found ${clip(found)}`) : good([...new Set(list)]);
});
