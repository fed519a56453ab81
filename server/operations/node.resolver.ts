import { Arg, Ctx, Extensions, ID, Query, Resolver } from "type-graphql";
import { Node } from "../../schema/node.ts";
import type { Context } from "./context.ts";
import type { NodeRegistry } from "./node-registry.ts";

@Resolver()
export class NodeResolver {
  readonly #registry: NodeRegistry;

  constructor(registry: NodeRegistry) {
    this.#registry = registry;
  }

  @Extensions({ action: "viewer:read" })
  @Query(() => Node, {
    nullable: true,
    description: "An object by its id; null when there is none that the viewer may read.",
  })
  node(
    @Ctx() context: Context,
    @Arg("id", () => ID, { description: "TypeID of the object." }) id: string,
  ): Promise<Node | null> {
    return this.#registry.node(context, id);
  }

  @Extensions({ action: "viewer:read" })
  @Query(() => [Node], {
    nullable: "items",
    description: "Objects by their ids, in this order; null where there is none.",
  })
  nodes(
    @Ctx() context: Context,
    @Arg("ids", () => [ID], { description: "TypeIDs, at most 100." }) ids: string[],
  ): Promise<(Node | null)[]> {
    return this.#registry.nodes(context, ids);
  }
}
