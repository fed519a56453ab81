import { describe, expect, it } from "@jest/globals";
import type { MailKind } from "./mail-kinds.ts";
import { mailData } from "./mail-kinds.ts";
import { renderMail } from "./render-mail.ts";

const look = { tenant: "Nexus Réussite", color: "#0a6c74", logoUrl: "https://example.com/logo.png" };
const session = {
  name: "Amina",
  learnerName: "Karim",
  coachName: "Hélios",
  title: "Grand Oral",
  startsAt: "2026-11-24T13:00:00Z",
  endsAt: "2026-11-24T14:00:00Z",
  joinUrl: "https://meet.example.com/a-room",
  credits: 1,
};
const amount = { amountMinor: "79500", currency: "TND" };

/** One of each kind. */
const samples: Readonly<Record<MailKind, Record<string, unknown>>> = {
  WELCOME: { name: "Amina", link: "https://example.com/welcome?token=x" },
  BOOKING_CONFIRMED: session,
  SESSION_REMINDER: session,
  SESSION_REQUESTED: session,
  SESSION_TO_CONFIRM: session,
  SESSION_DECLINED: { ...session, refundedCredits: 1, reason: "The coach is away", isExpired: false },
  SESSION_REPORTED: {
    name: "Amina",
    learnerName: "Karim",
    coachName: "Hélios",
    title: "Grand Oral",
    startsAt: "2026-11-24T13:00:00Z",
    summary: "Derivatives and what they are for",
    topics: ["Derivatives"],
    homework: "Exercise 4",
    marks: [{ subject: "Maths", mark: 70, comment: "Good" }],
  },
  SESSION_CANCELLED: { ...session, refundedCredits: 2, reason: "The coach is ill" },
  SESSION_RESCHEDULED: { ...session, previousStartsAt: "2026-11-23T13:00:00Z" },
  PAYMENT_INSTRUCTIONS: {
    name: "Amina",
    amount,
    purpose: "HYBRIDE",
    reference: "NX-4F7K-2",
    expiresAt: "2026-11-28T00:00:00Z",
    details: [{ label: "IBAN", value: "TN59 1000 6035 1835 9847 8831" }],
  },
  PAYMENT_CONFIRMED: { name: "Amina", amount, purpose: "HYBRIDE", reference: "NX-4F7K-2" },
  PAYMENT_EXPIRED: { name: "Amina", amount, purpose: "HYBRIDE", reference: "NX-4F7K-2" },
  PAYMENT_PARTIAL: {
    ...{ name: "Amina", received: amount, missing: amount },
    ...{ purpose: "HYBRIDE", reference: "NX-4F7K-2" },
  },
  PAYMENT_REFUNDED: { name: "Amina", amount, credits: 2, purpose: "HYBRIDE", reference: "NX-4F7K-2" },
  SUBSCRIPTION_CANCELLED: { name: "Amina", plan: "HYBRIDE", endsAt: "2026-12-21T00:00:00Z" },
  SUBSCRIPTION_ACTIVATED: { name: "Amina", plan: "HYBRIDE", credits: 4, periodEndsAt: "2026-12-21T00:00:00Z" },
  CREDITS_EXPIRING: { name: "Amina", credits: 3, expiresAt: "2026-12-21T00:00:00Z", daysLeft: 7 },
  MONTHLY_REPORT: {
    name: "Amina",
    month: "2026-11",
    sessions: 3,
    creditsUsed: 3,
    creditsLeft: 1,
    learners: [
      { name: "Karim", sessions: 3, topics: ["Derivatives"], progress: [{ subject: "Maths", mark: 70, change: 10 }] },
    ],
    upcoming: [{ startsAt: "2026-12-01T13:00:00Z", title: "Grand Oral", learnerName: "Karim", coachName: "Hélios" }],
  },
  WAITING_LIST_OFFER: {
    name: "Amina",
    learnerName: "Sami",
    coachName: "Hélios",
    title: "Grand Oral",
    startsAt: "2026-12-01T13:00:00.000Z",
    endsAt: "2026-12-01T14:00:00.000Z",
    offeredUntil: "2026-11-30T13:00:00.000Z",
  },
  DUPLICATE_ENROLMENT: { name: "Amina", link: "https://example.com/sign-in" },
  EMAIL_CHANGE: { name: "Amina", link: "https://example.com/confirm-email" },
  EMAIL_CHANGED: { name: "Amina" },
};

const render = (kind: MailKind, locale: string, timeZone = "Africa/Tunis", data = samples[kind]) =>
  renderMail({ kind, locale, timeZone, data }, look);

describe("a mail", () => {
  it.each(Object.keys(mailData) as MailKind[])(
    "of kind %s is written in French and in English, as text and as HTML",
    (kind) => {
      const [french, english] = [render(kind, "fr-TN"), render(kind, "en-GB")];
      expect(french.subject).not.toBe(english.subject);
      for (const { subject, text, html } of [french, english]) {
        for (const part of [subject, text, html]) {
          expect(part.trim()).not.toBe("");
          expect(part).not.toMatch(/undefined|null|NaN|Invalid|\[object/);
        }
        expect(html).toContain("Nexus Réussite");
        expect(html).toContain("#0a6c74");
        expect(html).toContain("https://example.com/logo.png");
      }
      expect(french.html).toContain('<html lang="fr">');
      expect(english.html).toContain('<html lang="en">');
    },
  );

  it("spaces French as it is written, with spaces at which no line breaks", () => {
    for (const kind of Object.keys(mailData) as MailKind[]) {
      const { subject, text } = render(kind, "fr-FR");
      const lines = text.replaceAll(/https:\S+/g, "");
      expect(`${subject}\n${lines}`).not.toMatch(/[^\u00a0\d]:|[^\u00a0][;!?»](?:\s|$)|« /);
    }
    const { subject, text } = render("PAYMENT_INSTRUCTIONS", "fr-FR");
    expect(subject).toBe("Votre paiement\u00a0: HYBRIDE, référence NX-4F7K-2");
    expect(text).toMatch(/^Montant\u00a0: /m);
    expect(render("PAYMENT_INSTRUCTIONS", "en-GB").text).toMatch(/^Amount: /m);
  });

  it("says how long the link to a password is valid", () => {
    expect(render("WELCOME", "fr-FR").text).toContain("sept jours");
    expect(render("WELCOME", "en-GB").text).toContain("seven days");
  });

  it("tells instants in the recipient's zone, as his language writes them", () => {
    expect(render("SESSION_REMINDER", "fr-FR").text).toContain("mardi 24 novembre 2026 à 14:00 (UTC+1)");
    expect(render("SESSION_REMINDER", "fr-FR", "Europe/Paris").text).toContain("mardi 24 novembre 2026 à 14:00");
    expect(render("SESSION_REMINDER", "en-US", "America/New_York").text).toMatch(
      /Tuesday, November 24, 2026 at 8:00\sAM \(EST\) – 9:00\sAM/,
    );
    // Across midnight it is another day there.
    expect(render("SESSION_REMINDER", "en-GB", "Asia/Tokyo").text).toContain("Tuesday, 24 November 2026 at 22:00");
    expect(render("SESSION_REMINDER", "en-GB", "Pacific/Auckland").text).toContain(
      "Wednesday, 25 November 2026 at 02:00",
    );
  });

  it("writes amounts with as many decimals as the currency has", () => {
    const text = (amountMinor: string, currency: string, locale: string) =>
      render("PAYMENT_CONFIRMED", locale, "UTC", { ...samples.PAYMENT_CONFIRMED, amount: { amountMinor, currency } })
        .text;
    expect(text("79500", "TND", "fr-FR")).toMatch(/79,500\s(TND|DT)/);
    expect(text("1499", "EUR", "fr-FR")).toMatch(/14,99\s€/);
    expect(text("25000", "XOF", "fr-FR")).toMatch(/25\s000\s(F|XOF)/);
    expect(text("5", "EUR", "en-GB")).toContain("€0.05");
    expect(text("9007199254740993", "EUR", "en-GB")).toContain("€90,071,992,547,409.93");
  });

  it("tells what came beside what was asked, where that isn't the same", () => {
    const received = [
      { amountMinor: "100000", currency: "TND" },
      { amountMinor: "2000", currency: "EUR" },
    ];
    const { text } = render("PAYMENT_CONFIRMED", "en-GB", "UTC", { ...samples.PAYMENT_CONFIRMED, received });
    expect(text).toMatch(/Received: TND\s100\.000 \+ €20\.00/);
    expect(text).toMatch(/Asked: TND\s79\.500/);
  });

  it("reads English in a language that we don't speak, and in one that doesn't exist", () => {
    for (const locale of ["ar-TN", "de", "not a tag", ""]) {
      expect(render("WELCOME", locale).subject).toBe("Welcome to Nexus Réussite");
    }
  });

  it("escapes what strangers have written, and keeps it out of the headers", () => {
    const data = {
      ...session,
      title: `<img src=x onerror="alert(1)">\r\nBcc: everybody@example.com`,
      name: "<b>A&B</b>",
    };
    const { subject, html, text } = render("BOOKING_CONFIRMED", "en", "UTC", data);
    expect(subject).not.toMatch(/[\r\n]/);
    expect(html).not.toMatch(/<img src=x|<b>A/);
    expect(html).toContain("&lt;b&gt;A&amp;B&lt;/b&gt;");
    expect(text).toContain("<b>A&B</b>");
  });

  it("links to the web only", () => {
    expect(() => render("WELCOME", "en", "UTC", { name: "A", link: "javascript:alert(1)" })).toThrow();
  });
});
