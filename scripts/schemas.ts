import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generateSchemas } from "./schema_documents.ts";

// Writes docs/schemas/NAME.json, the files that `plumb schema NAME` prints.
const folder = join(import.meta.dir, "..", "docs", "schemas");
mkdirSync(folder, { recursive: true });
for (const [name, text] of generateSchemas()) writeFileSync(join(folder, `${name}.json`), text);
