import {
  Arg,
  Args,
  Ctx,
  Extensions,
  FieldResolver,
  ID,
  Mutation,
  Query,
  Resolver,
  Root,
  Subscription,
} from "type-graphql";
import { CancelBulkOperationInput, StartBulkExportInput, StartBulkImportInput } from "../../schema/bulk-inputs.ts";
import { BulkOperation, BulkOperationConnection } from "../../schema/bulk-operation.ts";
import {
  CancelBulkOperationPayload,
  StartBulkExportPayload,
  StartBulkImportPayload,
} from "../../schema/bulk-payloads.ts";
import { ConnectionArgs, type Page } from "../../schema/connection.ts";
import type { Context } from "../operations/context.ts";
import type { BulkService } from "./bulk.service.ts";

/**
 * Its run isn't charged, so that nobody's requests stand still because of it, and what it may take of the server is limited otherwise
 * (docs/decisions/0015-bulk-operations.md); so starting one, with all that belongs to it, isn't cheap.
 */
const startPrice = 100;

@Resolver(() => BulkOperation)
export class BulkResolver {
  readonly #bulk: BulkService;

  constructor(bulk: BulkService) {
    this.#bulk = bulk;
  }

  @Extensions({ action: "bulk:read" })
  @Query(() => BulkOperation, {
    nullable: true,
    description: "A bulk operation; null when there is none with this id.",
  })
  bulkOperation(
    @Ctx() context: Context,
    @Arg("id", () => ID, { description: "The operation's id." }) id: string,
  ): Promise<BulkOperation | null> {
    return this.#bulk.bulkOperation(context, id);
  }

  @Extensions({ action: "bulk:read" })
  @Query(() => BulkOperationConnection, { description: "The tenant's bulk operations, newest first." })
  bulkOperations(
    @Ctx() context: Context,
    @Args(() => ConnectionArgs) page: ConnectionArgs,
  ): Promise<Page<BulkOperation>> {
    return this.#bulk.bulkOperations(context, page);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      "Where to fetch the result as JSONL, whole or by `Range`. Whoever has the link can do it for 15 minutes; each read of this field makes a new one. Null before the end, for an export that wasn't completed, and for who may not do what the document does.",
  })
  downloadUrl(@Ctx() context: Context, @Root() operation: BulkOperation): string | null {
    return this.#bulk.downloadUrl(context, operation);
  }

  @Extensions({ action: "bulk:export", cost: { price: startPrice } })
  @Mutation(() => StartBulkExportPayload, {
    description:
      "Writes all rows of a connection into a file, in the background and in one snapshot, with the rights that the caller has now.",
  })
  startBulkExport(
    @Ctx() context: Context,
    @Arg("input", () => StartBulkExportInput, { description: "What to export." }) input: StartBulkExportInput,
  ): Promise<StartBulkExportPayload> {
    return this.#bulk.startBulkExport(context, input);
  }

  @Extensions({ action: "bulk:import", cost: { price: startPrice } })
  @Mutation(() => StartBulkImportPayload, {
    description:
      "Prepares the import of a file, which is then sent to `uploadUrl`: the mutation is run for each of its lines, in their order, with the rights that the caller has now.",
  })
  startBulkImport(
    @Ctx() context: Context,
    @Arg("input", () => StartBulkImportInput, { description: "What to run." }) input: StartBulkImportInput,
  ): Promise<StartBulkImportPayload> {
    return this.#bulk.startBulkImport(context, input);
  }

  @Extensions({ action: "bulk:read" })
  @Mutation(() => CancelBulkOperationPayload, {
    description:
      "Ends a bulk operation, for those who may start such a one. What an import has written stays; with ALL_OR_NOTHING there is nothing before the end.",
  })
  cancelBulkOperation(
    @Ctx() context: Context,
    @Arg("input", () => CancelBulkOperationInput, { description: "The operation." }) input: CancelBulkOperationInput,
  ): Promise<CancelBulkOperationPayload> {
    return this.#bulk.cancelBulkOperation(context, input);
  }
}

/** The link is made from the import, so that it needn't be stored for a repeated request. */
@Resolver(() => StartBulkImportPayload)
export class StartBulkImportPayloadResolver {
  readonly #bulk: BulkService;

  constructor(bulk: BulkService) {
    this.#bulk = bulk;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      "Where to send the file's bytes by PUT or POST, once, within 15 minutes: lines `{ key, input }`. Whoever has the link can do it. Null when no file is awaited.",
  })
  uploadUrl(@Ctx() context: Context, @Root() { bulkOperation }: StartBulkImportPayload): string | null {
    return this.#bulk.uploadUrl(context, bulkOperation);
  }
}

@Resolver()
export class BulkProgressResolver {
  @Extensions({ action: "bulk:read" })
  @Subscription(() => BulkOperation, {
    description:
      "A bulk operation as it is now, and again a few times a second while it changes. The last message has its `finishedAt`.",
    subscribe: () => {
      throw new Error("served by operations/subscribe-state");
    },
  })
  bulkOperationProgress(
    @Root() operation: BulkOperation,
    @Arg("id", () => ID, { description: "The operation's id." }) _id: string,
  ): BulkOperation {
    return operation;
  }
}
