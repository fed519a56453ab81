import type { DocumentNode, ExecutionResult } from "graphql";
import { responseName } from "./bulk-document.ts";
import { childPage, own, rootPage } from "./export-pages.ts";
import type { ConnectionPlan, ExportPlan } from "./export-plan.ts";

type Json = Readonly<Record<string, unknown>>;

/** A page as our queries select it. */
interface AnsweredPage {
  readonly rows: readonly (Json | null)[];
  readonly nextAfter: string | null;
}

export interface ExportWalkOptions {
  readonly plan: ExportPlan;
  readonly variables: Json;
  /** Reads one page. Throws when it has errors. */
  readonly read: (document: DocumentNode, variables: Json) => Promise<NonNullable<ExecutionResult["data"]>>;
  /** Takes lines of the file, in their order. */
  readonly write: (lines: readonly string[]) => Promise<void>;
}

/**
 * Walks a connection to its end, page by page, and what is below its rows: each row is followed by its children, which name
 * it as `__parentId`. The next page is read while the last one is written; no more are in memory.
 */
export class ExportWalk {
  readonly #options: ExportWalkOptions;
  readonly #documents = new Map<ConnectionPlan, DocumentNode>();
  #lines: string[] = [];

  constructor(options: ExportWalkOptions) {
    this.#options = options;
  }

  async run(): Promise<void> {
    const { root } = this.#options.plan;
    await this.#walk(root, null, null);
  }

  /** From a place in a connection to its end; below the row with this id, or at the root. */
  async #walk(plan: ConnectionPlan, parentId: string | null, start: string | null): Promise<void> {
    let reading: Promise<AnsweredPage> | undefined = this.#read(plan, parentId, start);
    while (reading !== undefined) {
      const { rows, nextAfter }: AnsweredPage = await reading;
      reading = nextAfter === null ? undefined : this.#read(plan, parentId, nextAfter);
      reading?.catch(() => undefined); // awaited in the next turn, or nobody needs it any more
      await this.#add(plan, rows, parentId);
      await this.#flush();
    }
  }

  async #add(plan: ConnectionPlan, rows: readonly (Json | null)[], parentId: string | null): Promise<void> {
    for (const row of rows) {
      if (row === null) continue;
      if (plan.children.size === 0) {
        this.#lines.push(toLine(parentId === null ? row : { ...row, __parentId: parentId }));
        continue;
      }
      const children = [...plan.children.values()];
      const keys = new Set(children.map(({ key }) => key));
      const members = Object.entries(row).filter(([name]) => !keys.has(name));
      this.#lines.push(
        toLine({ ...Object.fromEntries(members), ...(parentId === null ? {} : { __parentId: parentId }) }),
      );
      const id = String(row["id"]);
      for (const child of children) await this.#addChildren(child, row[child.key], id);
    }
  }

  async #addChildren(plan: ConnectionPlan, connection: unknown, parentId: string): Promise<void> {
    if (connection == null) return; // skipped by a directive, or of another type
    const { rows, nextAfter } = pageOf(plan, connection as Json);
    await this.#add(plan, rows, parentId);
    if (nextAfter === null) return;
    await this.#flush();
    await this.#walk(plan, parentId, nextAfter);
  }

  async #read(plan: ConnectionPlan, parentId: string | null, after: string | null): Promise<AnsweredPage> {
    const variables = { ...this.#options.variables, [own.after]: after };
    if (parentId === null) {
      const answer = await this.#options.read(this.#documentOf(plan, true), variables);
      return pageOf(plan, answer[plan.key] as Json);
    }
    const answer = await this.#options.read(this.#documentOf(plan, false), { ...variables, [own.parentId]: parentId });
    const parent = answer[own.parent] as Json | null;
    if (parent === null) throw new Error("a row that was read can't be found by its id");
    return pageOf(plan, parent[plan.key] as Json);
  }

  /** The same document for every page: only then it is compiled. */
  #documentOf(connection: ConnectionPlan, isRoot: boolean): DocumentNode {
    const { plan } = this.#options;
    let document = this.#documents.get(connection);
    if (document === undefined) {
      document = isRoot ? rootPage(plan) : childPage(connection, plan);
      this.#documents.set(connection, document);
    }
    return document;
  }

  async #flush(): Promise<void> {
    const lines = this.#lines;
    this.#lines = [];
    if (lines.length > 0) await this.#options.write(lines);
  }
}

function pageOf({ list, node }: ConnectionPlan, connection: Json): AnsweredPage {
  const items = connection[responseName(list)] as readonly (Json | null)[];
  const rows = node === null ? items : items.map((edge) => (edge?.[responseName(node)] ?? null) as Json | null);
  const { hasNextPage, endCursor } = connection[own.page] as { hasNextPage: boolean; endCursor: string | null };
  return { rows, nextAfter: hasNextPage ? endCursor : null };
}

function toLine(row: Json): string {
  return `${JSON.stringify(row)}\n`;
}
