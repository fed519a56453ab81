import type { MailTexts } from "./mail-texts.ts";
import { greeting, learnerFacts, reportFacts, sessionFacts, upcomingFacts } from "./mail-words.ts";

const credits = (count: number) => `${count} ${count === 1 ? "credit" : "credits"}`;
const sessions = (count: number) => `${count} ${count === 1 ? "session" : "sessions"}`;
const labels = { when: "When", learner: "Learner", coach: "Coach", place: "Where", cost: "Price" };
const returned = (count: number | null) => {
  if (count === null) return [];
  return count > 0 ? [`${credits(count)} went back to your account.`] : ["No credits are given back."];
};
const join = (url: string | null) => (url === null ? undefined : { label: "Join the session", url });

export const englishTexts: MailTexts = {
  WELCOME: ({ name, link }, { tenant }) => ({
    subject: `Welcome to ${tenant}`,
    paragraphs: [greeting("Hello", name), `Your account with ${tenant} is ready.`],
    button: link === null ? undefined : { label: "Choose my password", url: link },
    closing: link === null ? [] : ["The link is valid for seven days. It is yours alone: don't pass it on."],
  }),
  BOOKING_CONFIRMED: (data, { format }) => ({
    subject: `Session confirmed: ${data.title}, ${format.day(data.startsAt)} at ${format.time(data.startsAt)}`,
    paragraphs: [greeting("Hello", data.name), `The session "${data.title}" is booked.`],
    facts: sessionFacts(data, format, labels, credits(data.credits)),
    button: join(data.joinUrl),
  }),
  SESSION_REMINDER: (data, { format }) => ({
    subject: `Reminder: ${data.title}, ${format.day(data.startsAt)} at ${format.time(data.startsAt)}`,
    paragraphs: [greeting("Hello", data.name), `The session "${data.title}" is coming up.`],
    facts: sessionFacts(data, format, labels, null),
    button: join(data.joinUrl),
  }),
  SESSION_REQUESTED: (data, { format }) => ({
    subject: `Session requested: ${data.title}, ${format.day(data.startsAt)} at ${format.time(data.startsAt)}`,
    paragraphs: [
      greeting("Hello", data.name),
      `The session "${data.title}" is requested. Its time is kept: as soon as it is confirmed, you get another mail.`,
    ],
    facts: sessionFacts(data, format, labels, credits(data.credits)),
    closing: ["Should it not be confirmed, the credits go back to the account."],
  }),
  SESSION_TO_CONFIRM: (data, { format }) => ({
    subject: `Please confirm: ${data.title}, ${format.day(data.startsAt)} at ${format.time(data.startsAt)}`,
    paragraphs: [
      greeting("Hello", data.name),
      `${data.learnerName} would like the session "${data.title}" with you. Please confirm or decline it in your agenda.`,
    ],
    facts: sessionFacts(data, format, labels, null),
    closing: ["A session that nobody confirms until it would begin doesn't take place."],
  }),
  SESSION_DECLINED: (data, { format }) => ({
    subject: `Session not confirmed: ${data.title}, ${format.day(data.startsAt)} at ${format.time(data.startsAt)}`,
    paragraphs: [
      greeting("Hello", data.name),
      data.isExpired
        ? `Nobody confirmed the session "${data.title}" in time: it doesn't take place.`
        : `The session "${data.title}" was declined: it doesn't take place.`,
      ...(data.reason === null ? [] : [`Reason: ${data.reason}`]),
      ...returned(data.refundedCredits),
    ],
    facts: sessionFacts(data, format, labels, null),
  }),
  SESSION_REPORTED: (data, { format }) => ({
    subject: `Session report: ${data.title}, ${format.day(data.startsAt)}`,
    paragraphs: [
      greeting("Hello", data.name),
      `${data.coachName} has written about the session "${data.title}" of ${data.learnerName}, ${format.instant(data.startsAt)}.`,
      data.summary,
    ],
    facts: reportFacts(data, { topics: "Topics", homework: "Until next time" }),
  }),
  SESSION_CANCELLED: (data, { format }) => ({
    subject: `Session cancelled: ${data.title}, ${format.day(data.startsAt)} at ${format.time(data.startsAt)}`,
    paragraphs: [
      greeting("Hello", data.name),
      `The session "${data.title}" is cancelled.`,
      ...(data.reason === null ? [] : [`Reason: ${data.reason}`]),
      ...returned(data.refundedCredits),
    ],
    facts: sessionFacts(data, format, labels, null),
  }),
  SESSION_RESCHEDULED: (data, { format }) => ({
    subject: `Session moved: ${data.title}, ${format.day(data.startsAt)} at ${format.time(data.startsAt)}`,
    paragraphs: [
      greeting("Hello", data.name),
      `The session "${data.title}" was moved. It had been planned for ${format.instant(data.previousStartsAt)}.`,
    ],
    facts: sessionFacts(data, format, labels, null),
    button: join(data.joinUrl),
  }),
  PAYMENT_INSTRUCTIONS: (data, { format }) => ({
    subject: `Your payment: ${data.purpose}, reference ${data.reference}`,
    paragraphs: [
      greeting("Hello", data.name),
      `For "${data.purpose}" please pay ${format.money(data.amount)} with the reference ${data.reference}.`,
    ],
    facts: [
      ["Amount", format.money(data.amount)],
      ["Reference", data.reference],
      ...data.details.map(({ label, value }) => [label, value] as const),
      ["To be paid before", format.instant(data.expiresAt)],
    ],
    closing: ["Copy the reference as it is: it tells us that the payment is yours."],
  }),
  PAYMENT_CONFIRMED: (data, { format }) => ({
    subject: `Payment received: ${data.purpose}`,
    paragraphs: [greeting("Hello", data.name), "We have received your payment. Thank you!"],
    facts: [
      ["For", data.purpose],
      ...(data.received.length === 0
        ? [["Amount", format.money(data.amount)] as const]
        : [
            ["Received", data.received.map((sum) => format.money(sum)).join(" + ")] as const,
            ["Asked", format.money(data.amount)] as const,
          ]),
      ["Reference", data.reference],
    ],
  }),
  PAYMENT_EXPIRED: (data, { format }) => ({
    subject: `Payment not received in time: ${data.purpose}`,
    paragraphs: [
      greeting("Hello", data.name),
      `We haven't received your payment for "${data.purpose}", so nothing was activated.`,
    ],
    facts: [
      ["For", data.purpose],
      ["Amount", format.money(data.amount)],
      ["Reference", data.reference],
    ],
    closing: [
      "If your money is on its way, you need do nothing: it counts as soon as it arrives. Otherwise order again.",
    ],
  }),
  PAYMENT_PARTIAL: (data, { format }) => ({
    subject: `${format.money(data.missing)} missing: ${data.purpose}`,
    paragraphs: [
      greeting("Hello", data.name),
      `We have received ${format.money(data.received)} for "${data.purpose}". Please pay the missing ${format.money(data.missing)} with the same reference.`,
    ],
    facts: [
      ["Received", format.money(data.received)],
      ["Missing", format.money(data.missing)],
      ["Reference", data.reference],
    ],
    closing: ["As soon as all of it is there, what you ordered begins."],
  }),
  PAYMENT_REFUNDED: (data, { format }) => ({
    subject: `Refund: ${data.purpose}`,
    paragraphs: [greeting("Hello", data.name), `${format.money(data.amount)} of your payment goes back to you.`],
    facts: [
      ["For", data.purpose],
      ["Refund", format.money(data.amount)],
      ...(data.credits === 0 ? [] : [["Credits taken back", format.number(data.credits)] as const]),
      ["Reference", data.reference],
    ],
  }),
  SUBSCRIPTION_CANCELLED: (data, { format }) => ({
    subject: `Your subscription ${data.plan} is cancelled`,
    paragraphs: [
      greeting("Hello", data.name),
      data.endsAt === null
        ? `Your subscription ${data.plan} is cancelled and has ended.`
        : `Your subscription ${data.plan} is cancelled. You can use it until ${format.instant(data.endsAt)}, and nothing more is billed.`,
    ],
    closing: data.endsAt === null ? [] : ["If you change your mind, tell us before then and it goes on."],
  }),
  SUBSCRIPTION_ACTIVATED: (data, { format }) => ({
    subject: `Your subscription ${data.plan} is active`,
    paragraphs: [greeting("Hello", data.name), `Your subscription ${data.plan} is active.`],
    facts: [
      ["Subscription", data.plan],
      ["Credits in each period", format.number(data.credits)],
      ["Until", format.day(data.periodEndsAt)],
    ],
  }),
  CREDITS_EXPIRING: (data, { format }) => ({
    subject: `${credits(data.credits)} to use before ${format.day(data.expiresAt)}`,
    paragraphs: [
      greeting("Hello", data.name),
      `${credits(data.credits)} of your account will expire in ${data.daysLeft} ${data.daysLeft === 1 ? "day" : "days"}: ${format.instant(data.expiresAt)}.`,
      "Book a session until then, and none is lost.",
    ],
  }),
  MONTHLY_REPORT: (data, { format }) => ({
    subject: `Your month: ${format.month(data.month)}`,
    paragraphs: [greeting("Hello", data.name), `This was ${format.month(data.month)}.`],
    facts: [
      ["Sessions held", format.number(data.sessions)],
      ...(data.missed === 0 ? [] : [["Sessions missed", format.number(data.missed)] as const]),
      ["Credits used", format.number(data.creditsUsed)],
      ["Credits left", format.number(data.creditsLeft)],
      ...(data.creditsHeld === 0 ? [] : [["Reserved for sessions", format.number(data.creditsHeld)] as const]),
      ...learnerFacts(data, sessions, "Topics"),
      ...upcomingFacts(data, format, "Coming up"),
    ],
  }),
  WAITING_LIST_OFFER: (data, { format }) => ({
    subject: `A place is free: ${data.title}, ${format.day(data.startsAt)} at ${format.time(data.startsAt)}`,
    paragraphs: [
      greeting("Hello", data.name),
      `The place that ${data.learnerName} waited for is free. We keep it until ${format.instant(data.offeredUntil)}: book it before.`,
    ],
    facts: [
      [labels.when, `${format.instant(data.startsAt)} – ${format.time(data.endsAt)}`],
      [labels.learner, data.learnerName],
      [labels.coach, data.coachName],
    ],
  }),
  DUPLICATE_ENROLMENT: ({ name, link }, { tenant }) => ({
    subject: `You already have an account with ${tenant}`,
    paragraphs: [
      greeting("Hello", name),
      `Somebody, perhaps you, has just asked to enrol at ${tenant} with this address. It has an account already: nothing was changed.`,
    ],
    button: link === null ? undefined : { label: "Sign in", url: link },
    closing: ["If it wasn't you, there is nothing to do."],
  }),
  EMAIL_CHANGE: ({ name, link }, { tenant }) => ({
    subject: `Confirm your e-mail address for ${tenant}`,
    paragraphs: [
      greeting("Hello", name),
      `This address is to become the one that you sign in to ${tenant} with, and where mail goes.`,
    ],
    button: link === null ? undefined : { label: "Confirm this address", url: link },
    closing: ["The link works for a day. If it wasn't you, there is nothing to do."],
  }),
  EMAIL_CHANGED: ({ name }, { tenant }) => ({
    subject: `Your e-mail address for ${tenant} was changed`,
    paragraphs: [
      greeting("Hello", name),
      `From now on you sign in to ${tenant} with another address, and mail goes there.`,
    ],
    closing: ["If it wasn't you, tell us at once."],
  }),
};
