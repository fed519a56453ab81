import { ArgsType, Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { DateTime } from "./scalars.ts";

export const LinkDevice = { DESKTOP: "DESKTOP", MOBILE: "MOBILE", TABLET: "TABLET", BOT: "BOT" } as const;
export type LinkDevice = keyof typeof LinkDevice;
registerEnumType(LinkDevice, {
  name: "LinkDevice",
  description: "What a link was opened with, as the program says of itself.",
  valuesConfig: {
    DESKTOP: { description: "A computer." },
    MOBILE: { description: "A phone." },
    TABLET: { description: "A tablet." },
    BOT: { description: "A program: search engines, previews, checkers of mail. It is in no other number." },
  },
});

@ObjectType({ description: "People's clicks that came from one place, in a period.", simpleResolvers: true })
export class LinkClicksBySource {
  @Field(() => String, {
    nullable: true,
    description: "Host of the page that the link was on, without `www.`; null when the browser doesn't say.",
  })
  referrer!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "`utm_source` that the short address was opened with, else the link's own; null when there is none.",
  })
  source!: string | null;

  @Field(() => Int, { description: "How many." })
  clicks!: number;
}

@ObjectType({ description: "Clicks with one kind of device, in a period.", simpleResolvers: true })
export class LinkClicksByDevice {
  @Field(() => LinkDevice, { description: "The kind of device." })
  device!: LinkDevice;

  @Field(() => Int, { description: "How many." })
  clicks!: number;
}

@ObjectType({ description: "People's clicks from one country, in a period.", simpleResolvers: true })
export class LinkClicksByCountry {
  @Field(() => String, {
    nullable: true,
    description: "ISO 3166-1 code that the proxy in front of the server tells; null when there is none.",
  })
  country!: string | null;

  @Field(() => Int, { description: "How many." })
  clicks!: number;
}

@ObjectType({ description: "People's clicks on one day.", simpleResolvers: true })
export class LinkClicksByDay {
  @Field(() => String, { description: "The date: `2026-12-24`." })
  day!: string;

  @Field(() => Int, { description: "How many." })
  clicks!: number;
}

@ObjectType({
  description:
    "How often a link was taken in a period, counted by the quarter of an hour and a second late at most. HEAD requests and browsers that look ahead don't count.",
  simpleResolvers: true,
})
export class LinkClicks {
  /** The link's uuid, for loaders. */
  linkUuid!: string;

  linkCreatedAt!: Date;

  from!: Date | null;

  to!: Date | null;
}

@ArgsType()
export class LinkClicksArgs {
  @Field(() => DateTime, { nullable: true, description: "Start of the period. Default: when the link was made." })
  from?: Date | null;

  @Field(() => DateTime, { nullable: true, description: "End of the period. Default: now." })
  to?: Date | null;
}
