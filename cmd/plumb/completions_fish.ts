import { BUILTIN_FLAGS, type Flag, nextWords, type ProgramSpec, positionalWords } from "../../internal/cli/mod.ts";

/** A completion script for fish. */
export function fishCompletions(program: ProgramSpec): string {
  const { name, globals, commands } = program;
  const lines = [
    `# fish completion for ${name}; made by \`${name} completions fish\``,
    ...[...globals, ...BUILTIN_FLAGS].map((flag) => flagLine(name, "", flag)),
    ...wordLines(program, ""),
    ...commands.flatMap((spec) => {
      const seen = condition(spec.name);
      const words = spec.positionals.flatMap((positional) => positionalWords(program, positional));
      return [
        ...spec.flags.map((flag) => flagLine(name, seen, flag)),
        ...(words.length === 0 ? [] : [`complete -c ${name} -n ${quote(seen)} -f -a ${quote(words.join(" "))}`]),
      ];
    }),
  ];
  return `${lines.join("\n")}\n`;
}

/** The words after `group`, and those after each of them that is a group itself. */
function wordLines(program: ProgramSpec, group: string): readonly string[] {
  return nextWords(program, group).flatMap((word) => {
    const path = group === "" ? word : `${group} ${word}`;
    const spec = program.commands.find(({ name }) => name === path);
    const here =
      group === ""
        ? "__fish_use_subcommand"
        : `${condition(group)}; and not __fish_seen_subcommand_from ${nextWords(program, group).join(" ")}`;
    const line = `complete -c ${program.name} -n ${quote(here)} -f -a ${word} -d ${quote(spec?.summary ?? path)}`;
    return spec === undefined ? [line, ...wordLines(program, path)] : [line];
  });
}

function condition(path: string): string {
  return path
    .split(" ")
    .map((word) => `__fish_seen_subcommand_from ${word}`)
    .join("; and ");
}

function flagLine(program: string, seen: string, flag: Flag): string {
  const when = seen === "" ? "" : ` -n ${quote(seen)}`;
  const short = flag.short === undefined ? "" : ` -s ${flag.short}`;
  const takes = flag.kind === "value" || flag.kind === "list" ? " -r" : "";
  const words = flag.choices ?? flag.suggestions;
  const offers = words === undefined ? "" : ` -f -a ${quote(words.join(" "))}`;
  return `complete -c ${program}${when} -l ${flag.name}${short}${takes}${offers} -d ${quote(flag.help)}`;
}

/** In single quotes fish knows two escapes only. */
function quote(text: string): string {
  return `'${text.replace(/['\\]/g, "\\$&")}'`;
}
