import { isReserved } from "../../policy/mod.ts";
import { type Mapping, scalarsOf, trimmed } from "../syntax/mod.ts";
import { checkExpression, type ExpressionScope, meantName } from "./check_expression.ts";
import type { Report } from "./report.ts";

const WORD = /^[\p{ID_Start}_]\p{ID_Continue}*$/u;
const CONSTANTS = ["True", "False", "None"];

/** Checks what a policy returns, which is evaluated after all statements (flows §4, §7). */
export function checkEmit(emit: Mapping, scope: ExpressionScope, report: Report): void {
  const { assigned } = scope;
  for (const scalar of scalarsOf(emit)) {
    const part = trimmed(scalar);
    const { text, at } = part;
    const isUnknown = WORD.test(text) && !assigned.before(text) && !isReserved(text) && !CONSTANTS.includes(text);
    if (!isUnknown) {
      checkExpression(part, scope, report);
      continue;
    }
    const near = meantName(text, assigned, report);
    const help = near === undefined ? `"${text}"` : `${near}, or "${text}" for the text`;
    const message = `'${text}' is no variable; a text is written in quotes`;
    report({ code: "bare-word-emit", at, length: text.length, message, help });
  }
}
