import { type DocumentNode, type ExecutionResult, GraphQLError } from "graphql";
import { LRUCache } from "lru-cache";
import type { Log } from "../log.ts";
import type { Context } from "../operations/context.ts";
import type { Executor } from "../operations/executor.ts";
import type { OperationPipeline, PreparedOperation } from "../operations/prepare-operation.ts";
import { publicError } from "../operations/public-error.ts";
import { executedHead } from "./executed-head.ts";
import { answerType } from "./media-type.ts";

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Iterable<readonly [name: string, value: string]>;
  readonly text: string;
}

export interface HotPathOptions {
  readonly pipeline: OperationPipeline;
  readonly executor: Executor;
  readonly log: Log;
  /** Runs between preparing and executing, such as reading the journal's place. */
  readonly beforeExecution: (context: Context, rootFields: readonly string[]) => Promise<void> | undefined;
}

/** What a request asks for, in its plainest form. */
interface PlainRequest {
  readonly query: string;
  readonly operationName: string | null;
  readonly variables: Readonly<Record<string, unknown>>;
}

const maxDocuments = 1_000;
// Strangers choose their length, too.
const maxCharacters = 4_000_000;

/**
 * Answers operations that Apollo has answered before, by the same checks, executor and errors, without the rest of
 * Apollo's request pipeline (docs/decisions/0007-hot-operations.md). Whatever isn't plain or goes wrong before the execution is
 * Apollo's: nothing has happened by then, so it can start from the beginning.
 */
export class HotPath {
  readonly #options: HotPathOptions;
  readonly #documents = new LRUCache<string, DocumentNode>({
    max: maxDocuments,
    maxSize: maxCharacters,
    sizeCalculation: (_document, source) => source.length + 1,
  });

  constructor(options: HotPathOptions) {
    this.#options = options;
  }

  /** A document that Apollo has parsed and validated, and whose caller was allowed to use it. */
  admit(source: string, document: DocumentNode): void {
    this.#documents.set(source, document);
  }

  /** Undefined: Apollo has to answer. */
  async answer(body: unknown, accept: string | undefined, context: Context): Promise<HttpAnswer | undefined> {
    const request = plainRequest(body);
    const document = request === undefined ? undefined : this.#documents.get(request.query);
    const type = answerType(accept);
    if (request === undefined || document === undefined || type === null) return undefined;
    const prepared = await this.#prepare(document, request, context);
    if (prepared === undefined) return undefined;
    const { data, errors, extensions } = await this.#execute(prepared, context);
    const formatted = errors?.map((error) => publicError(error, context, this.#options.log));
    const { status, headers } = executedHead({ data, errors: formatted });
    return {
      status,
      headers: [["content-type", type], ...headers],
      text: JSON.stringify({ errors: formatted, data, extensions }),
    };
  }

  async #prepare(
    document: DocumentNode,
    request: PlainRequest,
    context: Context,
  ): Promise<PreparedOperation | undefined> {
    try {
      const prepared = this.#options.pipeline.prepare(context.principal, { ...request, document });
      if (prepared.operation.operation === "subscription") return undefined;
      const before = this.#options.beforeExecution(context, prepared.rootFields);
      if (before !== undefined) await before;
      return prepared;
    } catch {
      return undefined; // Apollo meets the same refusal and says it
    }
  }

  async #execute(prepared: PreparedOperation, context: Context): Promise<ExecutionResult> {
    try {
      return await this.#options.executor.execute({ ...prepared, context });
    } catch (error) {
      return { errors: [new GraphQLError("the execution failed", { originalError: toError(error) })] };
    }
  }
}

function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

/** Undefined when the body needs Apollo's attention: extensions, wrong types, several operations in an array. */
function plainRequest(body: unknown): PlainRequest | undefined {
  if (!isRecord(body) || body["extensions"] !== undefined) return undefined;
  const { query, operationName = null, variables } = body;
  if (typeof query !== "string") return undefined;
  if (operationName !== null && typeof operationName !== "string") return undefined;
  if (variables != null && !isRecord(variables)) return undefined;
  return { query, operationName, variables: variables ?? {} };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
