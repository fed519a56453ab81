import type { Database } from "../db/database.ts";
import type { JournalService } from "../journal/journal.service.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import type { NodeSource } from "../operations/node-registry.ts";
import type { PeopleService } from "../people/people.service.ts";
import { AvailabilityResolver } from "./availability.resolver.ts";
import { AvailabilityService } from "./availability.service.ts";
import { CalendarReader } from "./calendar-reader.ts";
import { OwnCoaches } from "./own-coaches.ts";
import { RoomsResolver } from "./rooms.resolver.ts";
import { RoomsService } from "./rooms.service.ts";
import { SessionTypesResolver } from "./session-types.resolver.ts";
import { SessionTypesService } from "./session-types.service.ts";
import { SlotRules } from "./slot-rules.ts";
import { SlotsService } from "./slots.service.ts";
import { TimeOffService } from "./time-off.service.ts";

export interface CalendarParts {
  readonly availability: AvailabilityService;
  readonly types: SessionTypesService;
  readonly slots: SlotsService;
  /** For whoever books. */
  readonly rules: SlotRules;
  readonly nodeSources: readonly NodeSource[];
  /** Instances by class, for type-graphql's container. */
  readonly resolvers: ReadonlyMap<unknown, object>;
}

/** Puts together what belongs to calendars. */
export function composeCalendar(options: {
  readonly database: Database;
  readonly journal: JournalService;
  readonly cursors: CursorCodec;
  readonly people: PeopleService;
}): CalendarParts {
  const { database, journal, cursors, people } = options;
  const reader = new CalendarReader(people);
  const own = new OwnCoaches(people);
  const availability = new AvailabilityService({ database, journal, cursors, own });
  const timeOff = new TimeOffService({ database, journal, cursors, own });
  const types = new SessionTypesService(database, journal, cursors);
  const rooms = new RoomsService(database, journal, cursors);
  const slots = new SlotsService(database, reader, people);
  return {
    availability,
    types,
    slots,
    rules: new SlotRules(reader),
    nodeSources: [
      { type: "Availability", action: "availability:read", byIds: (context, ids) => availability.byIds(context, ids) },
      {
        type: "AvailabilityOverride",
        action: "availability:read",
        byIds: (context, ids) => availability.overridesByIds(context, ids),
      },
      { type: "TimeOff", action: "availability:read", byIds: (context, ids) => timeOff.byIds(context, ids) },
      { type: "Room", action: "availability:read", byIds: (context, ids) => rooms.byIds(context, ids) },
      { type: "SessionType", action: "calendar:read", byIds: (context, ids) => types.byIds(context, ids) },
    ],
    resolvers: new Map<unknown, object>([
      [AvailabilityResolver, new AvailabilityResolver(availability, timeOff)],
      [SessionTypesResolver, new SessionTypesResolver(types, slots)],
      [RoomsResolver, new RoomsResolver(rooms)],
    ]),
  };
}
