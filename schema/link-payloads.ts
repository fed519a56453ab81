import { Field, ObjectType } from "type-graphql";
import { defineUserError } from "./errors.ts";
import { Link } from "./link.ts";
import { MutationPayload } from "./mutation-payload.ts";

const notFound = "Returned when there is no link with this id.";

const invalid = {
  URL_INVALID:
    "Returned when the address isn't http or https, names a user or password, leads to a short link of this server, or has more than 2,000 characters, UTM parameters included.",
  UTM_INVALID: "Returned when a UTM parameter has more than 200 characters or control characters.",
  TITLE_INVALID: "Returned when the title is empty, has more than 200 characters or control characters.",
  TAGS_INVALID: "Returned when there are more than 50 tags, or one is empty or has more than 200 characters.",
  EXPIRES_AT_INVALID: "Returned when the end isn't in the future.",
} as const;

export const CreateLinkUserError = defineUserError("CreateLink", {
  ...invalid,
  SLUG_INVALID:
    "Returned when the slug isn't 2 to 64 letters without accents, digits and hyphens, or begins or ends with a hyphen.",
  SLUG_RESERVED: "Returned when the slug is a word that this server keeps for itself.",
  SLUG_TAKEN: "Returned when the slug is in use. Slugs are unique on the whole server, whoever uses them.",
});

@ObjectType({ description: "The outcome of createLink.", simpleResolvers: true })
export class CreateLinkPayload extends MutationPayload {
  @Field(() => Link, { nullable: true, description: "The link." })
  link!: Link | null;

  @Field(() => [CreateLinkUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof CreateLinkUserError.type>[];
}

export const UpdateLinkUserError = defineUserError("UpdateLink", {
  NOT_FOUND: notFound,
  CONFLICT: "Returned when it has another version; `link` is what it is now.",
  ...invalid,
});

@ObjectType({ description: "The outcome of updateLink.", simpleResolvers: true })
export class UpdateLinkPayload extends MutationPayload {
  @Field(() => Link, { nullable: true, description: "The link as it is now." })
  link!: Link | null;

  @Field(() => [UpdateLinkUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof UpdateLinkUserError.type>[];
}

export const ArchiveLinkUserError = defineUserError("ArchiveLink", { NOT_FOUND: notFound });

@ObjectType({ description: "The outcome of archiveLink.", simpleResolvers: true })
export class ArchiveLinkPayload extends MutationPayload {
  @Field(() => Link, { nullable: true, description: "The link as it is now." })
  link!: Link | null;

  @Field(() => [ArchiveLinkUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof ArchiveLinkUserError.type>[];
}

export const RestoreLinkUserError = defineUserError("RestoreLink", { NOT_FOUND: notFound });

@ObjectType({ description: "The outcome of restoreLink.", simpleResolvers: true })
export class RestoreLinkPayload extends MutationPayload {
  @Field(() => Link, { nullable: true, description: "The link as it is now." })
  link!: Link | null;

  @Field(() => [RestoreLinkUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof RestoreLinkUserError.type>[];
}
