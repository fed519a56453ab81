import type { FastifyInstance, FastifyReply } from "fastify";
import { LRUCache } from "lru-cache";
import type { Clock } from "../clock.ts";
import { isOpen, type LinkPlace } from "../links/link-places.ts";
import { type DrawnQr, drawQr } from "../links/link-qr.ts";
import { HttpRefusal } from "./http-refusal.ts";

/** Few, so that who asks for all of them draws little. Other sizes come from the API. */
const sizes: ReadonlySet<string> = new Set(["256", "512", "1024"]);
const mostDrawn = 500;

interface ImageRequest {
  readonly slug: string;
  readonly format: "SVG" | "PNG";
  readonly size?: unknown;
}

export interface LinkImagesOptions {
  readonly places: { find(slug: string): Promise<LinkPlace | null> };
  readonly clock: Clock;
  /** The server's address, without a slash at its end. */
  readonly url: () => string;
}

/** QR codes of short links, for an `img` or a printer: `/l/<slug>/qr.svg`, `/l/<slug>/qr.png?size=512`. */
export function addLinkImages(app: FastifyInstance, { places, clock, url }: LinkImagesOptions): void {
  const drawn = new LRUCache<string, Promise<DrawnQr>>({ max: mostDrawn });
  const draw = (shortUrl: string, format: "SVG" | "PNG", size: number): Promise<DrawnQr> => {
    const key = `${format} ${size} ${shortUrl}`;
    const known = drawn.get(key) ?? drawQr(shortUrl, { format, size, margin: 4, errorCorrection: "MEDIUM" });
    drawn.set(key, known);
    return known;
  };
  const answer = async (reply: FastifyReply, { slug, format, size = "256" }: ImageRequest): Promise<FastifyReply> => {
    const place = await places.find(slug);
    if (place === null) throw new HttpRefusal(404, "There is no such link.");
    if (!isOpen(place, clock())) throw new HttpRefusal(410, "This link has ended.");
    if (typeof size !== "string" || !sizes.has(size)) throw new HttpRefusal(400, "The size is 256, 512 or 1024.");
    const { mediaType, content } = await draw(`${url()}/l/${place.slug}`, format, Number(size));
    return reply
      .header("cache-control", "public, max-age=3600")
      .header("cross-origin-resource-policy", "cross-origin") // it is made for other sites' pages
      .type(mediaType)
      .send(content);
  };
  for (const format of ["SVG", "PNG"] as const) {
    app.get<{ Params: { slug: string }; Querystring: { size?: unknown } }>(
      `/l/:slug/qr.${format.toLowerCase()}`,
      ({ params: { slug }, query: { size } }, reply) => answer(reply, { slug, format, size }),
    );
  }
}
