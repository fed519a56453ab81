import { Arg, Args, Ctx, Extensions, Mutation, Query, Resolver } from "type-graphql";
import { ConnectionArgs, type Page } from "../../schema/connection.ts";
import {
  type DocumentManifest,
  DocumentManifestConnection,
  type FreeTextDocument,
  FreeTextDocumentConnection,
} from "../../schema/trusted-document.ts";
import { DeleteDocumentManifestInput, UploadDocumentManifestInput } from "../../schema/trusted-document-inputs.ts";
import {
  DeleteDocumentManifestPayload,
  UploadDocumentManifestPayload,
} from "../../schema/trusted-document-payloads.ts";
import type { Context } from "../operations/context.ts";
import type { DocumentsService } from "./documents.service.ts";

@Resolver()
export class DocumentsResolver {
  readonly #documents: DocumentsService;

  constructor(documents: DocumentsService) {
    this.#documents = documents;
  }

  @Extensions({ action: "document:read" })
  @Query(() => DocumentManifestConnection, { description: "Manifests of trusted documents, the newest first." })
  documentManifests(
    @Ctx() context: Context,
    @Args(() => ConnectionArgs) page: ConnectionArgs,
  ): Promise<Page<DocumentManifest>> {
    return this.#documents.manifests(context, page);
  }

  @Extensions({ action: "document:read" })
  @Query(() => FreeTextDocumentConnection, {
    description: "What keys with the mode PREFER have sent beside trusted documents, the latest to appear first.",
  })
  freeTextDocuments(
    @Ctx() context: Context,
    @Args(() => ConnectionArgs) page: ConnectionArgs,
  ): Promise<Page<FreeTextDocument>> {
    return this.#documents.freeTexts(context, page);
  }

  @Extensions({ action: "document:write" })
  @Mutation(() => UploadDocumentManifestPayload, {
    description:
      "Adds documents to the manifest of an app's version, and makes the manifest when it is the first upload.",
  })
  uploadDocumentManifest(
    @Ctx() context: Context,
    @Arg("input", () => UploadDocumentManifestInput, { description: "The documents." })
    input: UploadDocumentManifestInput,
  ): Promise<UploadDocumentManifestPayload> {
    return this.#documents.upload(context, input);
  }

  @Extensions({ action: "document:write" })
  @Mutation(() => DeleteDocumentManifestPayload, {
    description: "Deletes a manifest. Documents that no other manifest has stop being trusted within ten seconds.",
  })
  deleteDocumentManifest(
    @Ctx() context: Context,
    @Arg("input", () => DeleteDocumentManifestInput, { description: "Which manifest." })
    input: DeleteDocumentManifestInput,
  ): Promise<DeleteDocumentManifestPayload> {
    return this.#documents.delete(context, input);
  }
}
