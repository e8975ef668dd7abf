import { EXIT } from "../../internal/diag/mod.ts";
import type { CommandBody } from "./command.ts";
import { SCHEMA_NAMES, schemaNamed, schemaText } from "./embedded_schemas.ts";

/** `plumb schema [NAME]`: the bytes of docs/schemas/NAME.json; without a name the list of names. */
export const run: CommandBody = async (args, { out }) => {
  const name = schemaNamed(args.positionals[0] ?? "");
  out.write(name === undefined ? SCHEMA_NAMES.map((known) => `${known}\n`).join("") : await schemaText(name));
  return EXIT.ok;
};
