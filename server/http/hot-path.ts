import type { DocumentNode, FormattedExecutionResult } from "graphql";
import { LRUCache } from "lru-cache";
import type { Context } from "../operations/context.ts";
import type { OperationRunner } from "../operations/operation-runner.ts";
import type { OperationRequest, PreparedOperation } from "../operations/prepare-operation.ts";
import { executedHead } from "./executed-head.ts";
import { answerType } from "./media-type.ts";

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Iterable<readonly [name: string, value: string]>;
  readonly text: string;
}

const maxDocuments = 1_000;
// Strangers choose their length, too.
const maxCharacters = 4_000_000;

/**
 * Answers operations that Apollo has answered before, by the same runner, without the rest of
 * Apollo's request pipeline (docs/decisions/0007-hot-operations.md). Whatever isn't plain or goes wrong before the operation is
 * admitted is Apollo's: nothing has happened by then, so it can start from the beginning.
 */
export class HotPath {
  readonly #runner: OperationRunner;
  readonly #documents = new LRUCache<string, DocumentNode>({
    max: maxDocuments,
    maxSize: maxCharacters,
    sizeCalculation: (_document, source) => source.length + 1,
  });

  constructor(runner: OperationRunner) {
    this.#runner = runner;
  }

  /** A document that Apollo has parsed and validated, and whose caller was allowed to use it. */
  admit(source: string, document: DocumentNode): void {
    this.#documents.set(source, document);
  }

  /** Undefined: Apollo has to answer. */
  answer(request: OperationRequest, accept: string | undefined, context: Context): Promise<HttpAnswer> | undefined {
    const document = this.#documents.get(request.trusted.text);
    const type = answerType(accept);
    if (document === undefined || type === null) return undefined;
    const prepared = this.#prepare({ ...request, document }, context);
    return prepared === undefined ? undefined : this.#answer(prepared, type, context);
  }

  #prepare(request: OperationRequest, context: Context): PreparedOperation | undefined {
    try {
      const prepared = this.#runner.prepare(context, request);
      return prepared.operation.operation === "subscription" ? undefined : prepared;
    } catch {
      return undefined; // Apollo meets the same refusal and says it
    }
  }

  async #answer(prepared: PreparedOperation, type: string, context: Context): Promise<HttpAnswer> {
    const { data, errors, extensions } = await this.#execute(prepared, context);
    const { status, headers } = executedHead({ data, errors }, context);
    return {
      status,
      headers: [["content-type", type], ...(context.answer?.headers ?? []), ...headers],
      text: JSON.stringify({ errors, data, extensions }),
    };
  }

  #execute(
    prepared: PreparedOperation,
    context: Context,
  ): FormattedExecutionResult | Promise<FormattedExecutionResult> {
    try {
      const admitted = this.#runner.admit(context, prepared);
      if (!(admitted instanceof Promise)) return this.#runner.answer(context, admitted);
      return admitted.then(
        (known) => this.#runner.answer(context, known),
        (error: unknown) => this.#runner.refusal(context, error),
      );
    } catch (error) {
      return this.#runner.refusal(context, error);
    }
  }
}
