/** The text of a debug artifact: JSON indented by two, with a final newline (pipelines §15). */
export function artifactText(document: object): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
