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
import { ConnectionArgs, type Page } from "../../schema/connection.ts";
import { CancelLeadImportInput, ImportLeadsInput } from "../../schema/lead-import-inputs.ts";
import { CancelLeadImportPayload, ImportLeadsPayload } from "../../schema/lead-import-payloads.ts";
import { type LeadImportRowError, LeadImportRowErrorConnection } from "../../schema/lead-import-row-error.ts";
import { LeadImport, LeadImportConnection } from "../../schema/lead-import.ts";
import type { Context } from "../operations/context.ts";
import type { LeadImportService } from "./lead-import.service.ts";

@Resolver(() => LeadImport)
export class LeadImportResolver {
  readonly #imports: LeadImportService;

  constructor(imports: LeadImportService) {
    this.#imports = imports;
  }

  @Extensions({ action: "lead:import" })
  @Query(() => LeadImport, { nullable: true, description: "An import of leads; null when there is none with this id." })
  leadImport(
    @Ctx() context: Context,
    @Arg("id", () => ID, { description: "The import's id." }) id: string,
  ): Promise<LeadImport | null> {
    return this.#imports.leadImport(context, id);
  }

  @Extensions({ action: "lead:import" })
  @Query(() => LeadImportConnection, { description: "The tenant's imports of leads, newest first." })
  leadImports(@Ctx() context: Context, @Args(() => ConnectionArgs) page: ConnectionArgs): Promise<Page<LeadImport>> {
    return this.#imports.leadImports(context, page);
  }

  @FieldResolver(() => LeadImportRowErrorConnection, {
    description: "Why rows were refused, in the order of the file: the first 1,000 reasons.",
  })
  errors(
    @Ctx() context: Context,
    @Root() leadImport: LeadImport,
    @Args(() => ConnectionArgs) page: ConnectionArgs,
  ): Promise<Page<LeadImportRowError>> {
    return this.#imports.errors(context, leadImport.uuid, page);
  }

  @Extensions({ action: "lead:import" })
  @Mutation(() => ImportLeadsPayload, {
    description:
      "Prepares the import of a file, which is then sent to `uploadUrl` and read while it arrives. People who are known are merged, as by captureLead.",
  })
  importLeads(
    @Ctx() context: Context,
    @Arg("input", () => ImportLeadsInput, { description: "How the file is to be read." }) input: ImportLeadsInput,
  ): Promise<ImportLeadsPayload> {
    return this.#imports.importLeads(context, input);
  }

  @Extensions({ action: "lead:import" })
  @Mutation(() => CancelLeadImportPayload, {
    description: "Ends an import. Rows that are committed stay; with ALL_OR_NOTHING there are none before the end.",
  })
  cancelLeadImport(
    @Ctx() context: Context,
    @Arg("input", () => CancelLeadImportInput, { description: "The import." }) input: CancelLeadImportInput,
  ): Promise<CancelLeadImportPayload> {
    return this.#imports.cancelLeadImport(context, input);
  }
}

/** The link is made from the import, so that it needn't be stored for a repeated request. */
@Resolver(() => ImportLeadsPayload)
export class ImportLeadsPayloadResolver {
  readonly #imports: LeadImportService;

  constructor(imports: LeadImportService) {
    this.#imports = imports;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      "Where to send the file's bytes by PUT or POST, once, within 15 minutes. Whoever has the link can do it. Null when no file is awaited.",
  })
  uploadUrl(@Ctx() context: Context, @Root() { leadImport }: ImportLeadsPayload): string | null {
    return this.#imports.uploadUrl(context, leadImport);
  }
}

@Resolver()
export class LeadImportProgressResolver {
  @Extensions({ action: "lead:import" })
  @Subscription(() => LeadImport, {
    description:
      "An import as it is now, and again a few times a second while it changes. The last message has its `finishedAt`.",
    subscribe: () => {
      throw new Error("served by operations/subscribe-state");
    },
  })
  leadImportProgress(
    @Root() leadImport: LeadImport,
    @Arg("id", () => ID, { description: "The import's id." }) _id: string,
  ): LeadImport {
    return leadImport;
  }
}
