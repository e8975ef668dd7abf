import type { ConceptText } from "./read_concept.ts";

/**
 * E_SPEC_DUPLICATE: two concepts of one name, or two tables of all loaded concepts, which compare without case (scenarios.md
 * §2). Returns whose each table is, by its lower-case name.
 */
export function checkDistinct(concepts: readonly ConceptText[]): ReadonlyMap<string, string> {
  const names = new Map<string, ConceptText>();
  const owners = new Map<string, string>();
  for (const concept of concepts) {
    const { name, nameStart, findings, tables } = concept;
    const first = names.get(name);
    if (first === undefined) names.set(name, concept);
    else findings.add("E_SPEC_DUPLICATE", `there is a concept ${name} already, in ${first.findings.file}`, nameStart);
    for (const table of tables) {
      const owner = owners.get(table.name.toLowerCase());
      if (owner === undefined) owners.set(table.name.toLowerCase(), name);
      else {
        const start = findings.source.indexAt(table.pos.line, table.pos.column);
        findings.add("E_SPEC_DUPLICATE", `there is a table ${table.name} already, of ${owner}`, start);
      }
    }
  }
  return owners;
}
