import { Arg, Args, Ctx, Extensions, FieldResolver, Int, Resolver, Root } from "type-graphql";
import {
  LinkClicks,
  LinkClicksArgs,
  LinkClicksByCountry,
  LinkClicksByDay,
  LinkClicksByDevice,
  LinkClicksBySource,
} from "../../schema/link-clicks.ts";
import { LinkQr, LinkQrArgs } from "../../schema/link-qr.ts";
import { Link } from "../../schema/link.ts";
import type { Context } from "../operations/context.ts";
import type { LinkClicksService } from "./link-clicks.service.ts";
import { qrOfLink } from "./link-qr.ts";

/** What stands below a link. */
@Resolver(() => Link)
export class LinkResolver {
  readonly #clicks: LinkClicksService;

  constructor(clicks: LinkClicksService) {
    this.#clicks = clicks;
  }

  @FieldResolver(() => LinkClicks, { description: "How often it was taken." })
  clicks(@Root() link: Link, @Args(() => LinkClicksArgs) args: LinkClicksArgs): LinkClicks {
    return this.#clicks.clicksOf(link, args);
  }

  @Extensions({ cost: { price: 10 } })
  @FieldResolver(() => LinkQr, {
    description: "Its short address as a QR code. Also without credentials: `/l/<slug>/qr.svg` and `/l/<slug>/qr.png`.",
  })
  qr(@Root() { shortUrl }: Link, @Args(() => LinkQrArgs) args: LinkQrArgs): Promise<LinkQr> {
    return qrOfLink(shortUrl, args);
  }
}

@Resolver(() => LinkClicks)
export class LinkClicksResolver {
  readonly #clicks: LinkClicksService;

  constructor(clicks: LinkClicksService) {
    this.#clicks = clicks;
  }

  @FieldResolver(() => Int, { description: "People's clicks." })
  total(@Root() clicks: LinkClicks, @Ctx() context: Context): Promise<number> {
    return this.#clicks.total(context, clicks);
  }

  @FieldResolver(() => Int, { description: "Programs' clicks." })
  bots(@Root() clicks: LinkClicks, @Ctx() context: Context): Promise<number> {
    return this.#clicks.bots(context, clicks);
  }

  @Extensions({ cost: { size: 30 } })
  @FieldResolver(() => [LinkClicksByDay], {
    description:
      "People's clicks day by day since the link was made, also days without any; of longer periods the last 366 days.",
  })
  series(
    @Root() clicks: LinkClicks,
    @Ctx() context: Context,
    @Arg("zone", () => String, {
      nullable: true,
      description: "IANA time zone that the days are of. Default: the tenant's.",
    })
    zone?: string | null,
  ): Promise<LinkClicksByDay[]> {
    return this.#clicks.series(context, clicks, zone);
  }

  @FieldResolver(() => [LinkClicksBySource], {
    description: "People's clicks by where they came from, the most first; at most 100.",
  })
  bySource(@Root() clicks: LinkClicks, @Ctx() context: Context): Promise<LinkClicksBySource[]> {
    return this.#clicks.bySource(context, clicks);
  }

  @Extensions({ cost: { size: 4 } })
  @FieldResolver(() => [LinkClicksByDevice], { description: "Clicks by device; those of programs are BOT." })
  byDevice(@Root() clicks: LinkClicks, @Ctx() context: Context): Promise<LinkClicksByDevice[]> {
    return this.#clicks.byDevice(context, clicks);
  }

  @FieldResolver(() => [LinkClicksByCountry], {
    description: "People's clicks by country, the most first; at most 100.",
  })
  byCountry(@Root() clicks: LinkClicks, @Ctx() context: Context): Promise<LinkClicksByCountry[]> {
    return this.#clicks.byCountry(context, clicks);
  }
}
