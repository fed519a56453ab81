import type { FastifyInstance } from "fastify";
import { HttpRefusal } from "./http-refusal.ts";

/** People's calendars at their secret addresses. */
export function addCalendarFeeds(app: FastifyInstance, feeds: { read(token: string): Promise<string | null> }): void {
  app.get<{ Params: { file: string } }>("/calendars/:file", async (request, reply) => {
    const { file } = request.params;
    const text = file.endsWith(".ics") ? await feeds.read(file.slice(0, -".ics".length)) : null;
    if (text === null) throw new HttpRefusal(404, "There is nothing at this address.");
    return reply
      .header("cache-control", "private, no-store")
      .header("referrer-policy", "no-referrer")
      .type("text/calendar; charset=utf-8")
      .send(text);
  });
}
