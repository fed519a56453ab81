import type { CreditOffersService } from "../billing/credit-offers.service.ts";
import type { AvailabilityService } from "../calendar/availability.service.ts";
import type { GroupSessions } from "../calendar/group-sessions.port.ts";
import type { SlotRules } from "../calendar/slot-rules.ts";
import type { Clock } from "../clock.ts";
import type { Database } from "../db/database.ts";
import type { Sweep } from "../jobs/sweep.port.ts";
import type { TenantSchedule } from "../jobs/tenant-schedules.ts";
import type { Feed } from "../journal/feed.ts";
import type { JournalService } from "../journal/journal.service.ts";
import type { Log } from "../log.ts";
import type { MailOutbox } from "../mail/mail-outbox.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import type { NodeSource } from "../operations/node-registry.ts";
import { SignedLinks } from "../operations/signed-link.ts";
import type { PeopleService } from "../people/people.service.ts";
import { agendaFeed } from "./agenda-feed.ts";
import { BookingService } from "./booking.service.ts";
import { CancellationsService } from "./cancellations.service.ts";
import { CalendarFeedsResolver } from "./calendar-feeds.resolver.ts";
import { CalendarFeedsService, type FeedTokens } from "./calendar-feeds.service.ts";
import { groupSessions } from "./group-sessions.ts";
import { sessionChangedFeed } from "./session-changed-feed.ts";
import { MonthlyReports } from "./monthly-reports.ts";
import { SessionChangesService } from "./session-changes.service.ts";
import { SessionChargesSweep } from "./session-charges-sweep.ts";
import { SessionEndsService } from "./session-ends.service.ts";
import { SessionFeedsResolver } from "./session-feeds.resolver.ts";
import { SessionLinksService } from "./session-links.service.ts";
import { SessionReversalsService } from "./session-reversals.service.ts";
import { SessionTies } from "./session-ties.ts";
import { SessionMails } from "./session-mails.ts";
import { SessionRequestsSweep } from "./session-requests-sweep.ts";
import { BookingResolver, MarkNoShowResolver, SessionResolver, SessionsResolver } from "./sessions.resolver.ts";
import { SessionsService } from "./sessions.service.ts";
import { WaitingListSweep } from "./waiting-list-sweep.ts";
import { WaitingListResolver } from "./waiting-list.resolver.ts";
import { WaitingListService } from "./waiting-list.service.ts";
import { WaitingList } from "./waiting-list.ts";
import { WaitingOffers } from "./waiting-offers.ts";
import { ZoneSweep } from "./zone-sweep.ts";

export interface SessionsParts {
  /** Work that is due at an instant. */
  readonly sweeps: readonly Sweep[];
  /** Work of an instant in the tenants' own time. */
  readonly schedules: readonly TenantSchedule[];
  readonly feeds: CalendarFeedsService;
  readonly ties: SessionTies;
  /** What the links in mails open. */
  readonly links: SessionLinksService;
  /** By the name of the subscription field. */
  readonly subscriptions: ReadonlyMap<string, Feed>;
  readonly nodeSources: readonly NodeSource[];
  /** Instances by class, for type-graphql's container. */
  readonly resolvers: ReadonlyMap<unknown, object>;
}

export interface ComposeSessionsOptions {
  readonly database: Database;
  readonly journal: JournalService;
  readonly cursors: CursorCodec;
  readonly people: PeopleService;
  readonly calendar: {
    readonly availability: AvailabilityService;
    readonly rules: SlotRules;
    readonly slots: { connectGroups(groups: GroupSessions): void };
  };
  /** What to buy when credits are missing. */
  readonly shop: CreditOffersService;
  readonly feedTokens: FeedTokens;
  readonly outbox: MailOutbox;
  /** The address that invitations come from. */
  readonly organizer: string;
  readonly jitsiDomain: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Where people reach this server. */
  readonly url: () => string;
  /** Of the links in mails: the first one signs, all of them are believed. */
  readonly linkKeys: readonly [Buffer, ...Buffer[]];
}

/** Puts together what belongs to sessions. */
export function composeSessions(options: ComposeSessionsOptions): SessionsParts {
  const { database, journal, cursors, people, calendar, outbox, organizer, jitsiDomain, clock, url, feedTokens } =
    options;
  const { rules } = calendar;
  const [firstKey, ...otherKeys] = options.linkKeys;
  const links = new SessionLinksService({
    database,
    people,
    clock,
    jitsiDomain,
    url,
    links: [new SignedLinks(firstKey), ...otherKeys.map((key) => new SignedLinks(key))],
  });
  const mails = new SessionMails({ outbox, people, links, organizer });
  const monthlyReports = new MonthlyReports({ database, journal, people, outbox });
  const waiting = new WaitingList(rules, mails);
  const shared = { database, journal, cursors, people, rules, mails, jitsiDomain };
  const sessions = new SessionsService(shared);
  calendar.slots.connectGroups(groupSessions);
  const resolver = new SessionsResolver({
    sessions,
    booking: new BookingService({ ...shared, offers: new WaitingOffers(), shop: options.shop }),
    changes: new SessionChangesService({ ...shared, waiting }),
    cancellations: new CancellationsService({ ...shared, waiting }),
    ends: new SessionEndsService(shared),
    reversals: new SessionReversalsService(shared),
  });
  const waitingLists = new WaitingListService({ ...shared, waiting });
  const feeds = new CalendarFeedsService({ database, journal, cursors, people, clock, url, tokens: feedTokens });
  return {
    feeds,
    ties: new SessionTies(waiting, outbox),
    subscriptions: new Map([
      ["sessionChanged", sessionChangedFeed(shared)],
      ["agenda", agendaFeed({ ...shared, availability: calendar.availability })],
    ]),
    links,
    sweeps: [
      new WaitingListSweep(database, journal, waiting),
      new SessionRequestsSweep({ database, journal, mails, rules, waiting }),
      new SessionChargesSweep(database, journal),
      monthlyReports,
      new ZoneSweep({ database, journal, log: options.log, zoneData: process.versions["tz"] ?? "unknown" }),
    ],
    schedules: [monthlyReports],
    nodeSources: [
      {
        type: "WaitingListEntry",
        action: "session:read",
        byIds: (context, ids) => waitingLists.byIds(context, ids),
      },
      { type: "Session", action: "session:read", byIds: (context, ids) => sessions.byIds(context, ids) },
    ],
    resolvers: new Map<unknown, object>([
      [SessionsResolver, resolver],
      [SessionFeedsResolver, new SessionFeedsResolver()],
      [CalendarFeedsResolver, new CalendarFeedsResolver(feeds)],
      [WaitingListResolver, new WaitingListResolver(waitingLists)],
      [SessionResolver, new SessionResolver(people)],
      [BookingResolver, new BookingResolver(people)],
      [MarkNoShowResolver, new MarkNoShowResolver()],
    ]),
  };
}
