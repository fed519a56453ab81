import { randomUUID } from "node:crypto";
import type { ExecutionResult } from "graphql";
import type { Lagged } from "../../schema/journal.ts";
import type { FeedUpdate } from "../journal/feed.ts";
import type { Log } from "../log.ts";
import { type Context, LoaderCache } from "./context.ts";
import type { CursorCodec } from "./cursor.ts";
import type { Executor } from "./executor.ts";
import type { PreparedOperation } from "./prepare-operation.ts";
import type { Principal } from "./principal.ts";
import { publicError } from "./public-error.ts";
import type { FeedMessage } from "./subscribe-message.ts";

export interface FeedRendererOptions {
  readonly tenantId: string;
  readonly prepared: PreparedOperation;
  /** Stands for all members: has their rights and nobody's name. */
  readonly principal: Principal;
  readonly executor: Executor;
  readonly cursors: CursorCodec;
  readonly log: Log;
  readonly onExecute: () => void;
}

const maxInt = 2_147_483_647n;

/** Executes a subscription's selection on updates and serialises the results. */
export class FeedRenderer {
  readonly #options: FeedRendererOptions;
  #lastCursor: { readonly position: bigint; readonly cursor: string } | undefined;
  readonly #signal = new AbortController().signal;

  constructor(options: FeedRendererOptions) {
    this.#options = options;
  }

  cursorAt(position: bigint): string {
    const { cursors, tenantId } = this.#options;
    // A message's cursor is the next one's previous cursor.
    if (this.#lastCursor?.position !== position) {
      this.#lastCursor = { position, cursor: cursors.encodeEvent({ tenantId, position }) };
    }
    return this.#lastCursor.cursor;
  }

  /** A fresh one for each batch and each execution: a loader that lives longer serves stale rows. */
  context(): Context {
    return {
      principal: this.#options.principal,
      requestId: randomUUID(),
      address: null,
      userAgent: null,
      now: new Date(),
      signal: this.#signal,
      loaders: new LoaderCache(),
    };
  }

  render(updates: readonly FeedUpdate[], previous: bigint | null): Promise<FeedMessage[]> {
    return Promise.all(updates.map((update, index) => this.#message(update, updates[index - 1]?.position ?? previous)));
  }

  /** Tells that entries were skipped up to a place. */
  lagged({ position, previous, missed }: { position: bigint; previous: bigint; missed: bigint }): Promise<FeedMessage> {
    const value: Lagged = {
      __typename: "Lagged",
      missed: Number(missed < maxInt ? missed : maxInt),
      resumeAt: this.cursorAt(position),
    };
    return this.#message({ position, value }, previous);
  }

  async #message({ position, value }: FeedUpdate, previous: bigint | null): Promise<FeedMessage> {
    const { prepared, executor, onExecute } = this.#options;
    onExecute();
    const context = this.context();
    const result = await executor.execute({ ...prepared, rootValue: value, context });
    const before = previous === null ? null : this.cursorAt(previous);
    const cursor = this.cursorAt(position);
    const { deprecated } = prepared;
    const extensions = { cursor, previous: before, ...(deprecated.length === 0 ? {} : { deprecations: deprecated }) };
    return { position, cursor, json: this.#serialise(result, context, extensions) };
  }

  #serialise({ data, errors }: ExecutionResult, context: Context, extensions: object): string {
    if (errors === undefined) return JSON.stringify({ data, extensions });
    const { log } = this.#options;
    return JSON.stringify({ errors: errors.map((error) => publicError(error, context, log)), data, extensions });
  }
}
