import { Arg, Ctx, Extensions, Mutation, Resolver } from "type-graphql";
import { ExportLeadsInput, ExportLeadsPayload } from "../../schema/lead-export.ts";
import type { Context } from "../operations/context.ts";
import type { LeadExportService } from "./lead-export.service.ts";

@Resolver()
export class LeadExportResolver {
  readonly #exports: LeadExportService;

  constructor(exports: LeadExportService) {
    this.#exports = exports;
  }

  @Extensions({ action: "lead:export" })
  @Mutation(() => ExportLeadsPayload, { description: "Makes a link under which leads can be fetched as a file." })
  exportLeads(
    @Ctx() context: Context,
    @Arg("input", () => ExportLeadsInput, { description: "Which leads, and how." }) input: ExportLeadsInput,
  ): Promise<ExportLeadsPayload> {
    return this.#exports.exportLeads(context, input);
  }
}
