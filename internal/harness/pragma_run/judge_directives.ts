import type { Diagnostic, Finding } from "../../diag/mod.ts";
import type { DirectiveSpec } from "../pragma/mod.ts";

type Assert = Extract<DirectiveSpec, { kind: "assert" }>;
type ExpectCode = Extract<DirectiveSpec, { kind: "expect_error" | "expect_warn" }>;

/**
 * Holds the findings of the checks in a test file to the directives of a case (ami-tests §5). All must hold; the finding
 * `E_EXPECT_DIAGNOSTICS` stands at the first that does not.
 */
export function judgeDirectives(directives: readonly DirectiveSpec[], found: readonly Diagnostic[]): Finding[] {
  for (const directive of directives) {
    const broken = brokenBy(directive, found);
    if (broken !== undefined) return [{ code: "E_EXPECT_DIAGNOSTICS", message: broken, pos: directive.pos }];
  }
  return [];
}

/** Does the case expect this warning: a fitting `expect_warn`, or any `expect_warnings` (ami-tests §3, `--strict`)? */
export function expectsWarning(directives: readonly DirectiveSpec[], warning: Diagnostic): boolean {
  return directives.some(
    (directive) =>
      directive.kind === "expect_warnings" || (directive.kind === "expect_warn" && fitsCode(directive, warning)),
  );
}

/** Why a directive does not hold; undefined if it does. */
function brokenBy(directive: DirectiveSpec, found: readonly Diagnostic[]): string | undefined {
  const errors = found.filter(({ level }) => level === "error");
  const warnings = found.filter(({ level }) => level === "warn");
  switch (directive.kind) {
    case "assert":
      return brokenAssert(
        directive,
        errors.filter(({ code }) => code === "E_PARSE"),
      );
    case "expect_error":
      return brokenExpectation(directive, errors, "error");
    case "expect_warn":
      return brokenExpectation(directive, warnings, "warning");
    case "expect_errors":
      return brokenTotal(directive.count, errors, "error");
    case "expect_warnings":
      return brokenTotal(directive.count, warnings, "warning");
    case "expect_no_errors":
      return brokenTotal(0, errors, "error");
    case "expect_no_warnings":
      return brokenTotal(0, warnings, "warning");
  }
}

function brokenAssert(directive: Assert, parseErrors: readonly Diagnostic[]): string | undefined {
  const [first] = parseErrors;
  if (directive.holds === "parse_ok") {
    if (first !== undefined) return `expected the source to parse, found ${shown(first)}`;
  } else if (first === undefined) return "expected a syntax error, found none";
  const { count, code, exactMessage, message, line, column, offset } = directive;
  if (count !== undefined && parseErrors.length !== count) {
    return `expected ${counted(count, "syntax error")}, found ${parseErrors.length}${list(parseErrors)}`;
  }
  if (code !== undefined && !parseErrors.some((error) => error.code === code)) {
    return `expected a syntax error with code ${code}${list(parseErrors)}`;
  }
  if (exactMessage !== undefined && !parseErrors.some((error) => error.message.includes(exactMessage))) {
    return `expected a syntax error whose message contains ${JSON.stringify(exactMessage)}${list(parseErrors)}`;
  }
  if (message !== undefined && !parseErrors.some((error) => includes(error.message, message))) {
    return `expected a syntax error whose message contains ${JSON.stringify(message)}${list(parseErrors)}`;
  }
  const isHere = ({ pos }: Diagnostic): boolean =>
    (line === undefined || pos?.line === line) &&
    (column === undefined || pos?.column === column) &&
    (offset === undefined || pos?.offset === offset);
  if ((line ?? column ?? offset) !== undefined && !parseErrors.some(isHere)) {
    const place = Object.entries({ line, column, offset }).flatMap(([name, value]) =>
      value === undefined ? [] : `${name} ${value}`,
    );
    return `expected a syntax error at ${place.join(", ")}${list(parseErrors)}`;
  }
  return undefined;
}

function brokenExpectation(directive: ExpectCode, found: readonly Diagnostic[], what: string): string | undefined {
  const fitting = found.filter((finding) => fitsCode(directive, finding)).length;
  const { code, message, count } = directive;
  const wanted = message === undefined ? code : `${code} with ${JSON.stringify(message)} in its message`;
  if (count !== undefined) {
    return fitting === count ? undefined : `expected ${counted(count, what)} ${wanted}, found ${fitting}${list(found)}`;
  }
  return fitting > 0 ? undefined : `expected the ${what} ${wanted}, found none${list(found)}`;
}

function brokenTotal(count: number, found: readonly Diagnostic[], what: string): string | undefined {
  return found.length === count ? undefined : `expected ${counted(count, what)}, found ${found.length}${list(found)}`;
}

function fitsCode({ code, message }: ExpectCode, finding: Diagnostic): boolean {
  return finding.code === code && (message === undefined || includes(finding.message, message));
}

function includes(text: string, part: string): boolean {
  return text.toLowerCase().includes(part.toLowerCase());
}

function counted(count: number, what: string): string {
  return count === 0 ? `no ${what}` : `${count} ${what}${count === 1 ? "" : "s"}`;
}

const MAX_LISTED = 5;

function list(found: readonly Diagnostic[]): string {
  if (found.length === 0) return "";
  const more = found.length > MAX_LISTED ? `, and ${found.length - MAX_LISTED} more` : "";
  return `: ${found.slice(0, MAX_LISTED).map(shown).join("; ")}${more}`;
}

function shown({ code, message, pos }: Diagnostic): string {
  return `${code} ${message}${pos === undefined ? "" : ` at ${pos.line}:${pos.column}`}`;
}
