import { Field, ID, InputType, Int } from "type-graphql";
import { DateTime } from "./scalars.ts";

@InputType({ description: "UTM parameters: at most 200 characters each; null or empty adds none." })
export class LinkUtmInput {
  @Field(() => String, { nullable: true, description: "`utm_source`: where the link stands, such as newsletter." })
  source?: string | null;

  @Field(() => String, { nullable: true, description: "`utm_medium`: by what means, such as email." })
  medium?: string | null;

  @Field(() => String, { nullable: true, description: "`utm_campaign`: what for, such as spring." })
  campaign?: string | null;

  @Field(() => String, { nullable: true, description: "`utm_term`: the keyword that was paid for." })
  term?: string | null;

  @Field(() => String, { nullable: true, description: "`utm_content`: which of several links on the same page." })
  content?: string | null;
}

@InputType({ description: "A new link." })
export class CreateLinkInput {
  @Field(() => String, {
    description: "Where it leads: http or https, without user and password, at most 2,000 characters.",
  })
  url!: string;

  @Field(() => String, {
    nullable: true,
    description:
      "What shall stand behind `/l/`: 2 to 64 letters without accents, digits and hyphens, in any case. Default: seven signs by chance.",
  })
  slug?: string | null;

  @Field(() => LinkUtmInput, { nullable: true, description: "What is added to the address." })
  utm?: LinkUtmInput | null;

  @Field(() => String, { nullable: true, description: "What the team calls it: 1 to 200 characters." })
  title?: string | null;

  @Field(() => DateTime, { nullable: true, description: "From when on it leads nowhere. Default: it doesn't end." })
  expiresAt?: Date | null;

  @Field(() => [String], { defaultValue: [], description: "Labels, at most 50 of 1 to 200 characters." })
  tags!: string[];
}

@InputType({
  description: "Changes of a link. What is left out stays; null empties what may be empty. Its slug stays for ever.",
})
export class UpdateLinkInput {
  @Field(() => ID, { description: "The link's id." })
  id!: string;

  @Field(() => Int, { nullable: true, description: "Refuse with CONFLICT if it has another version." })
  expectedVersion?: number | null;

  @Field(() => String, { nullable: true, description: "Where it leads. Null stays as it is." })
  url?: string | null;

  @Field(() => LinkUtmInput, { nullable: true, description: "All that is added to the address; null adds nothing." })
  utm?: LinkUtmInput | null;

  @Field(() => String, { nullable: true, description: "What the team calls it." })
  title?: string | null;

  @Field(() => DateTime, { nullable: true, description: "From when on it leads nowhere; null: it doesn't end." })
  expiresAt?: Date | null;

  @Field(() => [String], { nullable: true, description: "Labels; null removes all." })
  tags?: string[] | null;
}

@InputType({ description: "A link that is taken out of use." })
export class ArchiveLinkInput {
  @Field(() => ID, { description: "The link's id." })
  id!: string;
}

@InputType({ description: "A link that is used again." })
export class RestoreLinkInput {
  @Field(() => ID, { description: "The link's id." })
  id!: string;
}
