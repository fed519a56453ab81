import { z } from "zod";

// What each kind of mail tells. Instants are ISO texts in UTC: the template tells them in the recipient's time zone.

const instant = z.iso.datetime();
/** In the currency's minor unit; a text, because a big number doesn't survive JSON. */
const money = z.object({ amountMinor: z.string().regex(/^-?\d+$/), currency: z.string().regex(/^[A-Z]{3}$/) });

/** No `javascript:` and the like: it becomes a link. */
const webAddress = z.url({ protocol: /^https?$/ });

const session = z.object({
  /** Who reads the mail. */
  name: z.string(),
  learnerName: z.string(),
  /** The coach's public pseudonym. */
  coachName: z.string(),
  /** What the session type is called. */
  title: z.string(),
  startsAt: instant,
  endsAt: instant,
  /** The address of a session on site. */
  place: z.string().nullable().default(null),
  /** Of a session online: the page that opens shortly before it begins. */
  joinUrl: webAddress.nullable().default(null),
  credits: z.int().nonnegative(),
});

const settled = {
  /** How many credits came back; null for those whose credits they aren't. */
  refundedCredits: z.int().nonnegative().nullable(),
  reason: z.string().nullable().default(null),
};

export const mailData = {
  WELCOME: z.object({
    name: z.string(),
    /** Where to choose a password. It is forgotten once the mail is sent. */
    link: webAddress.nullable().default(null),
  }),
  BOOKING_CONFIRMED: session,
  SESSION_REMINDER: session,
  SESSION_REQUESTED: session,
  SESSION_TO_CONFIRM: session,
  SESSION_DECLINED: session.extend({
    ...settled,
    /** Nobody said anything until it would have begun. */
    isExpired: z.boolean().default(false),
  }),
  SESSION_CANCELLED: session.extend(settled),
  SESSION_REPORTED: z.object({
    name: z.string(),
    learnerName: z.string(),
    coachName: z.string(),
    title: z.string(),
    startsAt: instant,
    summary: z.string(),
    topics: z.array(z.string()).default([]),
    homework: z.string().nullable().default(null),
    marks: z.array(z.object({ subject: z.string(), mark: z.int(), comment: z.string().nullable() })).default([]),
  }),
  SESSION_RESCHEDULED: session.extend({ previousStartsAt: instant }),
  PAYMENT_INSTRUCTIONS: z.object({
    name: z.string(),
    amount: money,
    /** What is paid for: a plan or a pack. */
    purpose: z.string(),
    reference: z.string(),
    expiresAt: instant,
    /** Bank details and the like, in the order in which they are shown. */
    details: z.array(z.object({ label: z.string(), value: z.string() })),
  }),
  PAYMENT_CONFIRMED: z.object({
    name: z.string(),
    amount: money,
    /** What came, where that isn't the amount that was asked: one sum for each currency. */
    received: z.array(money).default([]),
    purpose: z.string(),
    reference: z.string(),
  }),
  PAYMENT_EXPIRED: z.object({ name: z.string(), amount: money, purpose: z.string(), reference: z.string() }),
  PAYMENT_PARTIAL: z.object({
    name: z.string(),
    /** So far. */
    received: money,
    missing: money,
    purpose: z.string(),
    reference: z.string(),
  }),
  PAYMENT_REFUNDED: z.object({
    name: z.string(),
    amount: money,
    /** Credits that went with it. */
    credits: z.int().nonnegative(),
    purpose: z.string(),
    reference: z.string(),
  }),
  /** `endsAt`: until when it runs; null: it has ended. */
  SUBSCRIPTION_CANCELLED: z.object({ name: z.string(), plan: z.string(), endsAt: instant.nullable() }),
  SUBSCRIPTION_ACTIVATED: z.object({
    name: z.string(),
    plan: z.string(),
    /** Of each period. */
    credits: z.int().nonnegative(),
    periodEndsAt: instant,
  }),
  CREDITS_EXPIRING: z.object({
    name: z.string(),
    credits: z.int().positive(),
    expiresAt: instant,
    daysLeft: z.int().nonnegative(),
  }),
  MONTHLY_REPORT: z.object({
    name: z.string(),
    /** `2026-11` */
    month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/),
    /** Sessions that took place. */
    sessions: z.int().nonnegative(),
    /** Sessions to which a learner didn't come. */
    missed: z.int().nonnegative().default(0),
    creditsUsed: z.int().nonnegative(),
    creditsLeft: z.int().nonnegative(),
    /** Held for sessions that are booked. */
    creditsHeld: z.int().nonnegative().default(0),
    learners: z.array(
      z.object({
        name: z.string(),
        sessions: z.int().nonnegative(),
        /** What his sessions were about. */
        topics: z.array(z.string()).default([]),
        /** Where he stands in subjects that he was marked in; `change` is since the mark before the month. */
        progress: z.array(z.object({ subject: z.string(), mark: z.int(), change: z.int().nullable() })).default([]),
      }),
    ),
    /** The next ones. */
    upcoming: z
      .array(z.object({ startsAt: instant, title: z.string(), learnerName: z.string(), coachName: z.string() }))
      .default([]),
  }),
  WAITING_LIST_OFFER: z.object({
    name: z.string(),
    learnerName: z.string(),
    coachName: z.string(),
    title: z.string(),
    startsAt: instant,
    endsAt: instant,
    /** Until then the place is kept. */
    offeredUntil: instant,
  }),
  DUPLICATE_ENROLMENT: z.object({
    name: z.string(),
    /** Where to sign in. */
    link: webAddress.nullable().default(null),
  }),
  EMAIL_CHANGE: z.object({
    name: z.string(),
    /** Where to confirm it. It is forgotten once the mail is sent. */
    link: webAddress.nullable().default(null),
  }),
  EMAIL_CHANGED: z.object({ name: z.string() }),
} as const;

export type MailKind = keyof typeof mailData;

/** What a caller gives to queue a mail of a kind. */
export type MailData<Kind extends MailKind> = z.input<(typeof mailData)[Kind]>;

/** The same when it is rendered. */
export type RenderedData<Kind extends MailKind> = z.output<(typeof mailData)[Kind]>;

/** What is of no use after this instant isn't sent any more: nobody wants to be reminded of what is over. */
export const endFields: Partial<Record<MailKind, string>> = {
  SESSION_REMINDER: "startsAt",
  SESSION_TO_CONFIRM: "startsAt",
};

/** A link that lets its reader in is nobody else's to read: it is taken out of the row once the mail is sent. */
export const secretFields: Partial<Record<MailKind, string>> = { WELCOME: "link", EMAIL_CHANGE: "link" };
