/** The positional of the commands below `plumb dsl`: in a file of its own, because tables are loaded at every start. */
export const DSL_PATHS = {
  name: "PATH",
  repeatable: true,
  required: true,
  help: "a .wdl or .pdl file, or a folder to look for such files in",
} as const;
