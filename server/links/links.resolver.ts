import { Arg, Args, Ctx, Extensions, ID, Mutation, Query, Resolver } from "type-graphql";
import type { Page } from "../../schema/connection.ts";
import { ArchiveLinkInput, CreateLinkInput, RestoreLinkInput, UpdateLinkInput } from "../../schema/link-inputs.ts";
import {
  ArchiveLinkPayload,
  CreateLinkPayload,
  RestoreLinkPayload,
  UpdateLinkPayload,
} from "../../schema/link-payloads.ts";
import { Link, LinkConnection, LinksArgs } from "../../schema/link.ts";
import type { Context } from "../operations/context.ts";
import type { LinksService } from "./links.service.ts";

@Resolver()
export class LinksResolver {
  readonly #links: LinksService;

  constructor(links: LinksService) {
    this.#links = links;
  }

  @Extensions({ action: "link:read" })
  @Query(() => Link, { nullable: true, description: "A short link; null when there is none with this id." })
  link(
    @Ctx() context: Context,
    @Arg("id", () => ID, { description: "The link's id." }) id: string,
  ): Promise<Link | null> {
    return this.#links.link(context, id);
  }

  @Extensions({ action: "link:read" })
  @Query(() => LinkConnection, { description: "Short links, newest first unless an order is given." })
  links(@Ctx() context: Context, @Args(() => LinksArgs) args: LinksArgs): Promise<Page<Link>> {
    return this.#links.links(context, args);
  }

  @Extensions({ action: "link:write" })
  @Mutation(() => CreateLinkPayload, { description: "Makes a short link." })
  createLink(
    @Ctx() context: Context,
    @Arg("input", () => CreateLinkInput, { description: "The link." }) input: CreateLinkInput,
  ): Promise<CreateLinkPayload> {
    return this.#links.createLink(context, input);
  }

  @Extensions({ action: "link:write" })
  @Mutation(() => UpdateLinkPayload, {
    description:
      "Changes where a short link leads, and what is said of it. Other server processes follow within 5 seconds.",
  })
  updateLink(
    @Ctx() context: Context,
    @Arg("input", () => UpdateLinkInput, { description: "What changes." }) input: UpdateLinkInput,
  ): Promise<UpdateLinkPayload> {
    return this.#links.updateLink(context, input);
  }

  @Extensions({ action: "link:write" })
  @Mutation(() => ArchiveLinkPayload, {
    description: "Takes a short link out of use: it leads nowhere, and its slug stays taken. `restoreLink` undoes it.",
  })
  archiveLink(
    @Ctx() context: Context,
    @Arg("input", () => ArchiveLinkInput, { description: "The link." }) input: ArchiveLinkInput,
  ): Promise<ArchiveLinkPayload> {
    return this.#links.archiveLink(context, input);
  }

  @Extensions({ action: "link:write" })
  @Mutation(() => RestoreLinkPayload, { description: "Puts an archived short link back to use." })
  restoreLink(
    @Ctx() context: Context,
    @Arg("input", () => RestoreLinkInput, { description: "The link." }) input: RestoreLinkInput,
  ): Promise<RestoreLinkPayload> {
    return this.#links.restoreLink(context, input);
  }
}
