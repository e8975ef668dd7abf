import {
  type CommandSpec,
  type Flag,
  flagDefault,
  flagUsage,
  type ProgramSpec,
  synopsis,
} from "../../internal/cli/mod.ts";
import { EXIT, exitRows } from "../../internal/diag/mod.ts";
import type { CommandBody } from "./command.ts";

/** `plumb man`: the manual page in roff, made from the same tables as everything else. */
export const run: CommandBody = (_, { program, out }) => {
  out.write(manualPage(program));
  return EXIT.ok;
};

/** A page of section 1. It has no date, so that every build of a version prints the same bytes. */
export function manualPage(program: ProgramSpec): string {
  const { name, version, summary, globals, commands } = program;
  const lines = [
    `.TH ${name.toUpperCase()} 1 "" "${name} ${version}" "User Commands"`,
    ".SH NAME",
    `${name} \\- ${roff(summary)}`,
    ".SH SYNOPSIS",
    ...commands.flatMap((spec) => [".nf", `.B ${roff(synopsis(name, spec))}`, ".fi"]),
    ".SH GLOBAL FLAGS",
    ...globals.flatMap(flagLines),
    ".SH COMMANDS",
    ...commands.flatMap((spec) => commandLines(name, spec)),
    ".SH EXIT STATUS",
    ...exitRows().flatMap(({ codes, name: word, meaning }) => tagged(`${codes} ${word}`, meaning)),
  ];
  return `${lines.join("\n")}\n`;
}

function commandLines(program: string, spec: CommandSpec): readonly string[] {
  return [
    `.SS "${roff(synopsis(program, spec))}"`,
    `${roff(spec.summary)}.`,
    ...spec.positionals.flatMap(({ name, help }) => tagged(name, help)),
    ...spec.flags.flatMap(flagLines),
    ".PP",
    "Examples:",
    ...spec.examples.flatMap(([line, what]) => [
      ".PP",
      ".RS",
      ".nf",
      `.B ${roff(line)}`,
      ".fi",
      `${roff(what)}`,
      ".RE",
    ]),
  ];
}

function flagLines(flag: Flag): readonly string[] {
  const short = flag.short === undefined ? "" : `-${flag.short}, `;
  return tagged(`${short}${flagUsage(flag)}`, `${flag.help} (default: ${flagDefault(flag)})`);
}

function tagged(tag: string, text: string): readonly string[] {
  return [".TP", `.B ${roff(tag)}`, roff(text)];
}

/** Text that roff prints as it is: hyphens stay hyphens, and no line starts a request. */
export function roff(text: string): string {
  const escaped = text
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replaceAll('"', "\\(dq")
    .replaceAll("…", "\\&...");
  return /^[.']/.test(escaped) ? `\\&${escaped}` : escaped;
}
