import { parseLiteral } from "../../policy/mod.ts";
import type { ChooseOption, ChooseStatement, Part } from "../syntax/mod.ts";
import { splitAssignment, trimmed } from "../syntax/mod.ts";
import { type Report, warn } from "./report.ts";

/** An option of `choose` taken apart. */
export interface OptionParts {
  readonly option: ChooseOption;
  /** Undefined: the option has no target of its own. */
  readonly target: Part | undefined;
  readonly expression: Part;
  /** False: no draw can lead to it. */
  readonly reachable: boolean;
}

/** Takes the options of a `choose` apart, and checks their probabilities and whether each can be taken (flows §4, §7). */
export function checkOptions({ options, at }: ChooseStatement, report: Report): readonly OptionParts[] {
  if (options.length === 0) {
    report({ code: "empty-choose", at, length: "choose".length, message: "there is no option to choose from" });
  }
  let certain: string | undefined;
  return options.map((option, index): OptionParts => {
    const p = checkProbability(option, report);
    const reason = index === 0 ? undefined : unreachable(option, p, certain);
    if (reason !== undefined) {
      warn(report, "unreachable-option", option.at, `the option is never taken: ${reason}`, {
        length: option.name.length,
      });
    }
    if (p !== undefined && p >= 1) certain ??= option.name;
    const text = withoutLooseProbability(option, report);
    const sides = splitAssignment(text);
    return { option, target: sides?.target, expression: sides?.expression ?? text, reachable: reason === undefined };
  });
}

function unreachable(option: ChooseOption, p: number | undefined, certain: string | undefined): string | undefined {
  if (certain !== undefined) return `'${certain}' before it always is`;
  if (option.probability === undefined) return "only the first option applies without a probability";
  return p !== undefined && p <= 0 ? "its probability is 0" : undefined;
}

/** The probability of an option where it is written as a number. */
function checkProbability({ probability }: ChooseOption, report: Report): number | undefined {
  if (probability === undefined) return undefined;
  const literal = parseLiteral(probability.text);
  if (literal === undefined) return undefined;
  if (typeof literal !== "number" || literal < 0 || literal > 1) {
    const message = "a probability is a number from 0 to 1";
    report({ code: "bad-probability", at: probability.at, length: probability.text.length, message });
  }
  return typeof literal === "number" ? literal : undefined;
}

/** The text of an option up to a ` with p ` that was not split from it, which it reports. */
function withoutLooseProbability({ expression }: ChooseOption, report: Report): Part {
  const found = /\s(with\s+p)\s/.exec(expression.text);
  if (found === null) return expression;
  const [, words = ""] = found;
  const at = expression.at + found.index + 1;
  const [, value = "NUMBER"] =
    /^[\s=]{0,9}([^\s=]{1,99})\s{0,9}$/.exec(expression.text.slice(at - expression.at + words.length)) ?? [];
  const message = "this is no probability: it is written ' with p=NUMBER', without blanks around '='";
  report({ code: "bad-probability", at, length: words.length, message, help: `with p=${value}` });
  return trimmed({ text: expression.text.slice(0, found.index), at: expression.at });
}
