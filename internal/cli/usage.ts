import type { Style } from "../diag/mod.ts";
import { BUILTIN_FLAGS, VERSION_FLAG } from "./builtin_flags.ts";
import { columns, GLUE, type Row } from "./columns.ts";
import { type CommandSpec, type Example, type ProgramSpec, synopsis } from "./command_table.ts";
import { nextWords } from "./find_command.ts";
import { type Flag, flagDefault, flagUsage } from "./flag.ts";

// Usage text is made from the same table as citty's command tree, but not by citty's `renderUsage`: that one decides
// on colour once, from `CI`, `TEST` and `NO_COLOR=1` alone, whatever the stream and --color say; it knows neither
// `[=X]` nor `…` nor repeatable flags nor examples; it does not wrap; and it shows no default of a flag without a value.

/** Usage text: of the command `path`, of a group of commands (`dsl`), or of the program if `path` is empty. */
export function usage(program: ProgramSpec, path: string, style: Style): string {
  const spec = program.commands.find(({ name }) => name === path);
  return spec === undefined ? groupUsage(program, path, style) : commandUsage(program, spec, style);
}

/** Usage, arguments, every flag with its default, two worked examples. */
function commandUsage(program: ProgramSpec, spec: CommandSpec, style: Style): string {
  const own = new Set(spec.flags.map((flag) => flag.name));
  const globals = [...program.globals, ...BUILTIN_FLAGS].filter((flag) => !own.has(flag.name));
  return sections([
    `${style.bold(`${program.name} ${spec.name}`)}: ${spec.summary}`,
    `${style.bold("usage:")} ${synopsis(program.name, spec)}`,
    section(style, "arguments", argumentRows(spec)),
    section(style, "flags", spec.flags.map(flagRow)),
    section(style, "global flags", globals.map(flagRow)),
    examples(style, spec.examples),
  ]);
}

function groupUsage(program: ProgramSpec, group: string, style: Style): string {
  const path = [program.name, ...(group === "" ? [] : [group])].join(" ");
  const commands = program.commands.filter((command) => group === "" || command.name.startsWith(`${group} `));
  const globals = [...program.globals, ...BUILTIN_FLAGS, ...(group === "" ? [VERSION_FLAG] : [])];
  const first = commands.slice(0, 2).flatMap((command) => command.examples.slice(0, 1));
  return sections([
    group === ""
      ? `${style.bold(path)}: ${program.summary}`
      : `${style.bold(path)}: ${nextWords(program, group).join(", ")}`,
    `${style.bold("usage:")} ${path} COMMAND [ARGUMENT…] [flags]`,
    section(
      style,
      "commands",
      commands.map((command) => [command.name, command.summary]),
    ),
    section(style, "global flags", globals.map(flagRow)),
    examples(style, first),
    footer(program, group, path),
  ]);
}

/** Where to read on. */
function footer({ name, topics }: ProgramSpec, group: string, path: string): string {
  const flags = `${path} COMMAND --help shows the flags of a command.`;
  return group !== "" || topics.length === 0 ? flags : `${flags}\n${name} help TOPIC explains ${topics.join(", ")}.`;
}

function argumentRows(spec: CommandSpec): Row[] {
  const rows: Row[] = spec.positionals.map(({ name, help, repeatable, choices, default: fallback }) => [
    repeatable === true ? `${name}…` : name,
    `${help}${choices === undefined ? "" : `: ${choices.join(", ")}`}${fallback === undefined ? "" : ` (default: ${fallback})`}`,
  ]);
  return spec.rest === undefined ? rows : [...rows, [`-- ${spec.rest.name}`, spec.rest.help]];
}

function flagRow(flag: Flag): Row {
  const short = flag.short === undefined ? "    " : `-${flag.short}, `;
  const choices = flag.choices !== undefined && flag.value !== undefined && flag.integer === undefined;
  const notes = [
    ...(choices ? [`one of: ${flag.choices.join(", ")}`] : []),
    ...(flag.repeatable === true && flag.kind !== "boolean" ? ["repeatable"] : []),
    `default: ${flagDefault(flag)}`,
  ];
  // A default is not torn from its word at the end of a line.
  return [`${short}${flagUsage(flag)}`, `${flag.help} (${notes.join("; ").replaceAll(": ", `:${GLUE}`)})`];
}

function section(style: Style, title: string, rows: readonly Row[]): string {
  return rows.length === 0 ? "" : `${style.bold(`${title}:`)}\n${columns(rows)}`;
}

function examples(style: Style, lines: readonly Example[]): string {
  const shown = lines.map(([command, what]) => `  ${style.cyan(command)}\n      ${what}`);
  return `${style.bold("examples:")}\n${shown.join("\n")}`;
}

function sections(parts: readonly string[]): string {
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}
