// The plan of a flow: its calls and conditions as a graph for people, as JSON and as a drawing (flows §8).
export { planDot } from "./plan_dot.ts";
export { type Plan, type PlanEdge, type PlanNode, planFlow } from "./plan_flow.ts";
