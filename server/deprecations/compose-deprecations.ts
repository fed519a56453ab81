import type { Log } from "../log.ts";
import type { NodeSource } from "../operations/node-registry.ts";
import { DeprecationsResolver } from "./deprecations.resolver.ts";
import { type DeprecationsOptions, DeprecationsService } from "./deprecations.service.ts";
import { UsageLog } from "./usage-log.ts";

export interface DeprecationsParts {
  readonly usage: UsageLog;
  readonly resolvers: ReadonlyMap<unknown, object>;
  readonly nodeSource: NodeSource;
}

export function composeDeprecations({
  log,
  ...options
}: DeprecationsOptions & { readonly log: Log }): DeprecationsParts {
  const deprecations = new DeprecationsService(options);
  return {
    usage: new UsageLog(options.database, log),
    resolvers: new Map<unknown, object>([[DeprecationsResolver, new DeprecationsResolver(deprecations)]]),
    nodeSource: {
      type: "DeprecatedFieldUsage",
      action: "key:read",
      byIds: (context, ids) => deprecations.byIds(context, ids),
    },
  };
}
