import DataLoader from "dataloader";
import type { Node } from "../../schema/node.ts";
import type { Action } from "./actions.ts";
import { AppError } from "./app-error.ts";
import { isAllowed } from "./authorize.ts";
import type { Context } from "./context.ts";
import { type IdType, parseId } from "./ids.ts";

/** How a domain reads its objects for `node` and `nodes`. */
export interface NodeSource {
  readonly type: IdType;
  /** Without this right the objects don't exist for the caller. */
  readonly action: Action;
  /** The caller's tenant's objects by uuid; what isn't there is left out. */
  readonly byIds: (
    context: Context,
    uuids: readonly string[],
  ) => Promise<ReadonlyMap<string, Node & { readonly __typename: string }>>;
}

const maximumIds = 100;

/** Finds any object by its id. Each domain registers its types. */
export class NodeRegistry {
  readonly #sources = new Map<IdType, NodeSource>();
  /** One loader per request, whatever number of `node` fields it has. */
  readonly #loader = (context: Context) =>
    new DataLoader<string, Node | null>((ids) => this.#load(context, ids), { maxBatchSize: maximumIds });

  register(...sources: readonly NodeSource[]): void {
    for (const source of sources) this.#sources.set(source.type, source);
  }

  get types(): readonly IdType[] {
    return [...this.#sources.keys()];
  }

  /** Null when the id is malformed, unknown, another tenant's, or the caller may not read such objects. */
  node(context: Context, id: string): Promise<Node | null> {
    return context.loaders.get(this.#loader, context).load(id);
  }

  /** The same for many ids, in their order. */
  async nodes(context: Context, ids: readonly string[]): Promise<(Node | null)[]> {
    if (ids.length > maximumIds) {
      throw new AppError("BAD_USER_INPUT", `Ask for at most ${maximumIds} ids.`, { reason: "VARIABLES" });
    }
    return Promise.all(ids.map((id) => this.node(context, id)));
  }

  async #load(context: Context, ids: readonly string[]): Promise<(Node | null)[]> {
    const parsed = ids.map(parseId);
    const uuidsByType = new Map<IdType, Set<string>>();
    for (const id of parsed) {
      if (id !== null) uuidsByType.set(id.type, (uuidsByType.get(id.type) ?? new Set()).add(id.uuid));
    }
    const found = new Map<IdType, ReadonlyMap<string, Node>>();
    for (const [type, uuids] of uuidsByType) {
      const source = this.#sources.get(type);
      if (source === undefined || !isAllowed(context.principal, source.action)) continue;
      found.set(type, await source.byIds(context, [...uuids]));
    }
    return parsed.map((id) => (id === null ? null : (found.get(id.type)?.get(id.uuid) ?? null)));
  }
}
