import type { EdgePolicy } from "../syntax/mod.ts";

/** What a policy promises of delivery (pipelines §3). */
export function deliveryOf(policy: EdgePolicy): string {
  switch (policy) {
    case "block":
      return "atLeastOnce";
    case "dropOldest":
    case "dropNewest":
      return "bestEffort";
    case "shuntOldest":
    case "shuntNewest":
      return policy;
  }
}
