import { AppError } from "../operations/app-error.ts";
import type { StateFeed } from "../operations/subscribe-state.ts";
import type { LeadImportService } from "./lead-import.service.ts";

/** Serves `leadImportProgress`. */
export function leadImportFeed(imports: LeadImportService): StateFeed {
  return {
    async watch({ id }, context) {
      const read = () => imports.leadImport(context, String(id));
      if ((await read()) === null) {
        throw new AppError("BAD_USER_INPUT", "There is no import with this id.", { reason: "VARIABLES" });
      }
      return async () => {
        const leadImport = await read();
        if (leadImport === null) throw new Error("an import has gone");
        return { value: leadImport, version: JSON.stringify(leadImport), isFinal: leadImport.finishedAt !== null };
      };
    },
  };
}
