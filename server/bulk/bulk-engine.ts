import type { DocumentNode, ExecutionResult, GraphQLSchema } from "graphql";
import type { ExecutionRequest, Executor } from "../operations/executor.ts";
import { DocumentParser } from "../operations/parse-document.ts";

/**
 * Parses and executes the documents of bulk operations as those of requests. The schema has resolvers that start such
 * operations, so it is there only after them: the composition root connects it.
 */
export class BulkEngine {
  #parts: { readonly schema: GraphQLSchema; readonly executor: Executor; readonly parser: DocumentParser } | undefined;

  connect(schema: GraphQLSchema, executor: Executor): void {
    this.#parts = { schema, executor, parser: new DocumentParser(schema) };
  }

  get schema(): GraphQLSchema {
    return this.#connected.schema;
  }

  now(): Date {
    return this.#connected.executor.now();
  }

  /** Throws an AggregateError of GraphQLErrors. */
  parse(text: string): DocumentNode {
    return this.#connected.parser.parse(text);
  }

  execute(request: ExecutionRequest): Promise<ExecutionResult> {
    return Promise.resolve(this.#connected.executor.execute(request));
  }

  get #connected() {
    if (this.#parts === undefined) throw new Error("the engine isn't connected");
    return this.#parts;
  }
}
