import { AppError } from "../operations/app-error.ts";
import type { StateFeed } from "../operations/subscribe-state.ts";
import type { BulkService } from "./bulk.service.ts";

/** Serves `bulkOperationProgress`. */
export function bulkFeed(bulk: BulkService): StateFeed {
  return {
    async watch({ id }, context) {
      const read = () => bulk.bulkOperation(context, String(id));
      if ((await read()) === null) {
        throw new AppError("BAD_USER_INPUT", "There is no bulk operation with this id.", { reason: "VARIABLES" });
      }
      return async () => {
        const operation = await read();
        if (operation === null) throw new Error("a bulk operation has gone");
        const version = JSON.stringify(operation, (_name, value: unknown) =>
          typeof value === "bigint" ? String(value) : value,
        );
        return { value: operation, version, isFinal: operation.finishedAt !== null };
      };
    },
  };
}
