// Pipelines of .ami files: steps, wiring and merge plans, all their checks; packages and imports; the checked graphs, as
// debug artifacts and drawings too.
export type { AmiPackage, AmiUnit } from "./ami_package.ts";
export { artifactText } from "./artifact_text.ts";
export { checkGraph } from "./check_graph.ts";
export { deliveryOf } from "./delivery.ts";
export { DEFAULT_CAPACITY, type EdgeSettings, edgeSettings } from "./edge_settings.ts";
export {
  type CollectDocument,
  CollectDocumentSchema,
  type EdgeDocument,
  EdgeDocumentSchema,
  type EdgesDocument,
  EdgesSchema,
  edgesDocument,
  MergeDocumentSchema,
} from "./edges_document.ts";
export type { GraphEdge, GraphNode, NodeKind, PipelineGraph } from "./graph.ts";
export { GraphBatchSchema, type GraphDocument, GraphSchema, graphDocument, renderJson } from "./graph_document.ts";
export { topologicalOrder } from "./graph_order.ts";
export { type GraphPaths, graphPaths } from "./graph_paths.ts";
export { memoryFiles } from "./memory_files.ts";
export { type MergeDocument, mergeDocuments, planOfDocuments } from "./merge_document.ts";
export { type LoaderOptions, loadPackage, PackageLoader } from "./package_loader.ts";
export {
  type DocumentedUnit,
  type PipelinesDocument,
  PipelinesSchema,
  pipelinesDocument,
} from "./pipelines_document.ts";
export { renderDot } from "./render_dot.ts";
export { renderMermaid } from "./render_mermaid.ts";
export { renderText } from "./render_text.ts";
export type { SourceFault, SourceFiles } from "./source_files.ts";
export { stepLabel } from "./step_instance.ts";
export { KIND_NAMES, kindOf } from "./step_kind.ts";
