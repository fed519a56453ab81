import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { JournalEntry } from "../../schema/journal.ts";
import { Node } from "../../schema/node.ts";
import type { Context } from "../operations/context.ts";
import type { NodeRegistry } from "../operations/node-registry.ts";

@Resolver(() => JournalEntry)
export class JournalEntryResolver {
  readonly #nodes: NodeRegistry;

  constructor(nodes: NodeRegistry) {
    this.#nodes = nodes;
  }

  @FieldResolver(() => Node, {
    nullable: true,
    description: "What it happened to, as it is now; null when it is gone or the viewer may not read it.",
  })
  subject(@Root() { subjectId }: JournalEntry, @Ctx() context: Context): Promise<Node | null> {
    return this.#nodes.node(context, subjectId);
  }
}
