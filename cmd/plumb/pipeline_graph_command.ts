import { defineCommand } from "../../internal/cli/mod.ts";

export const DEFAULT_DEBUG_FOLDER = "build/debug";

/** `plumb pipeline graph` (spec/cli.md). */
export const PIPELINE_GRAPH = defineCommand({
  name: "pipeline graph",
  summary: "draw the pipelines of a file, write debug artifacts",
  positionals: [{ name: "FILE", required: true, help: "a .ami file; its package is loaded with it" }],
  flags: [
    { name: "pipeline", kind: "value", value: "NAME", help: "draw this pipeline only" },
    {
      name: "format",
      kind: "value",
      choices: ["text", "dot", "mermaid", "json"],
      default: "text",
      help: "lines for people, a Graphviz digraph, a mermaid flowchart, or graph.v1 records",
    },
    {
      name: "emit-debug",
      kind: "optional",
      value: "DIR",
      help: `also write edges.json and pipelines.json of the package below DIR (${DEFAULT_DEBUG_FOLDER})`,
    },
  ],
  examples: [
    ["plumb pipeline graph sensors.ami", "lists the edges of every pipeline with their queues"],
    ["plumb pipeline graph sensors.ami --format dot | dot -Tsvg > sensors.svg", "draws them"],
  ],
});
