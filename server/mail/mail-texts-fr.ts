import type { MailTexts } from "./mail-texts.ts";
import { greeting, learnerFacts, reportFacts, sessionFacts, upcomingFacts } from "./mail-words.ts";

const credits = (count: number) => `${count} ${count < 2 ? "crédit" : "crédits"}`;
const sessions = (count: number) => `${count} ${count < 2 ? "séance" : "séances"}`;
const labels = { when: "Quand", learner: "Élève", coach: "Coach", place: "Lieu", cost: "Coût" };
const returned = (count: number | null) => {
  if (count === null) return [];
  return count > 0
    ? [`${credits(count)} ${count < 2 ? "est revenu" : "sont revenus"} sur votre compte.`]
    : ["Aucun crédit n'est rendu."];
};
const join = (url: string | null) => (url === null ? undefined : { label: "Rejoindre la séance", url });

export const frenchTexts: MailTexts = {
  WELCOME: ({ name, link }, { tenant }) => ({
    subject: `Bienvenue chez ${tenant}`,
    paragraphs: [greeting("Bonjour", name), `Votre compte chez ${tenant} est prêt.`],
    button: link === null ? undefined : { label: "Choisir mon mot de passe", url: link },
    closing: link === null ? [] : ["Ce lien est valable sept jours. Il est personnel : ne le transmettez à personne."],
  }),
  BOOKING_CONFIRMED: (data, { format }) => ({
    subject: `Séance confirmée : ${data.title}, ${format.day(data.startsAt)} à ${format.time(data.startsAt)}`,
    paragraphs: [greeting("Bonjour", data.name), `La séance « ${data.title} » est réservée.`],
    facts: sessionFacts(data, format, labels, credits(data.credits)),
    button: join(data.joinUrl),
  }),
  SESSION_REMINDER: (data, { format }) => ({
    subject: `Rappel : ${data.title}, ${format.day(data.startsAt)} à ${format.time(data.startsAt)}`,
    paragraphs: [greeting("Bonjour", data.name), `La séance « ${data.title} » approche.`],
    facts: sessionFacts(data, format, labels, null),
    button: join(data.joinUrl),
  }),
  SESSION_REQUESTED: (data, { format }) => ({
    subject: `Séance demandée : ${data.title}, ${format.day(data.startsAt)} à ${format.time(data.startsAt)}`,
    paragraphs: [
      greeting("Bonjour", data.name),
      `La séance « ${data.title} » est demandée. L'horaire est gardé : dès qu'elle est confirmée, vous recevez un autre e-mail.`,
    ],
    facts: sessionFacts(data, format, labels, credits(data.credits)),
    closing: ["Si elle n'est pas confirmée, les crédits reviennent sur le compte."],
  }),
  SESSION_TO_CONFIRM: (data, { format }) => ({
    subject: `À confirmer : ${data.title}, ${format.day(data.startsAt)} à ${format.time(data.startsAt)}`,
    paragraphs: [
      greeting("Bonjour", data.name),
      `${data.learnerName} souhaite la séance « ${data.title} » avec vous. Confirmez-la ou refusez-la dans votre agenda.`,
    ],
    facts: sessionFacts(data, format, labels, null),
    closing: ["Une séance que personne ne confirme avant son début n'a pas lieu."],
  }),
  SESSION_DECLINED: (data, { format }) => ({
    subject: `Séance non confirmée : ${data.title}, ${format.day(data.startsAt)} à ${format.time(data.startsAt)}`,
    paragraphs: [
      greeting("Bonjour", data.name),
      data.isExpired
        ? `Personne n'a confirmé la séance « ${data.title} » à temps : elle n'a pas lieu.`
        : `La séance « ${data.title} » a été refusée : elle n'a pas lieu.`,
      ...(data.reason === null ? [] : [`Motif : ${data.reason}`]),
      ...returned(data.refundedCredits),
    ],
    facts: sessionFacts(data, format, labels, null),
  }),
  SESSION_REPORTED: (data, { format }) => ({
    subject: `Compte rendu : ${data.title}, ${format.day(data.startsAt)}`,
    paragraphs: [
      greeting("Bonjour", data.name),
      `${data.coachName} a écrit au sujet de la séance « ${data.title} » de ${data.learnerName}, ${format.instant(data.startsAt)}.`,
      data.summary,
    ],
    facts: reportFacts(data, { topics: "Thèmes", homework: "D'ici la prochaine fois" }),
  }),
  SESSION_CANCELLED: (data, { format }) => ({
    subject: `Séance annulée : ${data.title}, ${format.day(data.startsAt)} à ${format.time(data.startsAt)}`,
    paragraphs: [
      greeting("Bonjour", data.name),
      `La séance « ${data.title} » est annulée.`,
      ...(data.reason === null ? [] : [`Motif : ${data.reason}`]),
      ...returned(data.refundedCredits),
    ],
    facts: sessionFacts(data, format, labels, null),
  }),
  SESSION_RESCHEDULED: (data, { format }) => ({
    subject: `Séance déplacée : ${data.title}, ${format.day(data.startsAt)} à ${format.time(data.startsAt)}`,
    paragraphs: [
      greeting("Bonjour", data.name),
      `La séance « ${data.title} » est déplacée. Elle était prévue : ${format.instant(data.previousStartsAt)}.`,
    ],
    facts: sessionFacts(data, format, labels, null),
    button: join(data.joinUrl),
  }),
  PAYMENT_INSTRUCTIONS: (data, { format }) => ({
    subject: `Votre paiement : ${data.purpose}, référence ${data.reference}`,
    paragraphs: [
      greeting("Bonjour", data.name),
      `Pour « ${data.purpose} », réglez ${format.money(data.amount)} avec la référence ${data.reference}.`,
    ],
    facts: [
      ["Montant", format.money(data.amount)],
      ["Référence", data.reference],
      ...data.details.map(({ label, value }) => [label, value] as const),
      ["À payer avant", format.instant(data.expiresAt)],
    ],
    closing: ["Recopiez la référence telle quelle : c'est elle qui nous dit que le paiement est le vôtre."],
  }),
  PAYMENT_CONFIRMED: (data, { format }) => ({
    subject: `Paiement reçu : ${data.purpose}`,
    paragraphs: [greeting("Bonjour", data.name), "Nous avons reçu votre paiement. Merci !"],
    facts: [
      ["Pour", data.purpose],
      ...(data.received.length === 0
        ? [["Montant", format.money(data.amount)] as const]
        : [
            ["Montant reçu", data.received.map((sum) => format.money(sum)).join(" + ")] as const,
            ["Montant demandé", format.money(data.amount)] as const,
          ]),
      ["Référence", data.reference],
    ],
  }),
  PAYMENT_EXPIRED: (data, { format }) => ({
    subject: `Paiement non reçu à temps : ${data.purpose}`,
    paragraphs: [
      greeting("Bonjour", data.name),
      `Nous n'avons pas reçu votre paiement pour « ${data.purpose} » : rien n'a été activé.`,
    ],
    facts: [
      ["Pour", data.purpose],
      ["Montant", format.money(data.amount)],
      ["Référence", data.reference],
    ],
    closing: [
      "Si votre argent est en route, vous n'avez rien à faire : il compte dès qu'il arrive. Sinon, commandez à nouveau.",
    ],
  }),
  PAYMENT_PARTIAL: (data, { format }) => ({
    subject: `Il manque ${format.money(data.missing)} : ${data.purpose}`,
    paragraphs: [
      greeting("Bonjour", data.name),
      `Nous avons reçu ${format.money(data.received)} pour « ${data.purpose} ». Réglez les ${format.money(data.missing)} qui manquent avec la même référence.`,
    ],
    facts: [
      ["Reçu", format.money(data.received)],
      ["Reste à payer", format.money(data.missing)],
      ["Référence", data.reference],
    ],
    closing: ["Dès que tout est là, ce que vous avez commandé commence."],
  }),
  PAYMENT_REFUNDED: (data, { format }) => ({
    subject: `Remboursement : ${data.purpose}`,
    paragraphs: [greeting("Bonjour", data.name), `Nous vous remboursons ${format.money(data.amount)}.`],
    facts: [
      ["Pour", data.purpose],
      ["Montant remboursé", format.money(data.amount)],
      ...(data.credits === 0 ? [] : [["Crédits repris", format.number(data.credits)] as const]),
      ["Référence", data.reference],
    ],
  }),
  SUBSCRIPTION_CANCELLED: (data, { format }) => ({
    subject: `Votre abonnement ${data.plan} est résilié`,
    paragraphs: [
      greeting("Bonjour", data.name),
      data.endsAt === null
        ? `Votre abonnement ${data.plan} est résilié et terminé.`
        : `Votre abonnement ${data.plan} est résilié. Vous en profitez jusqu'au ${format.instant(data.endsAt)}, et plus rien ne sera facturé.`,
    ],
    closing: data.endsAt === null ? [] : ["Si vous changez d'avis, dites-le-nous d'ici là et il continue."],
  }),
  SUBSCRIPTION_ACTIVATED: (data, { format }) => ({
    subject: `Votre abonnement ${data.plan} est actif`,
    paragraphs: [greeting("Bonjour", data.name), `Votre abonnement ${data.plan} est actif.`],
    facts: [
      ["Abonnement", data.plan],
      ["Crédits par période", format.number(data.credits)],
      ["Jusqu'au", format.day(data.periodEndsAt)],
    ],
  }),
  CREDITS_EXPIRING: (data, { format }) => ({
    subject: `${credits(data.credits)} à utiliser avant le ${format.day(data.expiresAt)}`,
    paragraphs: [
      greeting("Bonjour", data.name),
      `${credits(data.credits)} de votre compte ${data.credits < 2 ? "expire" : "expirent"} dans ${data.daysLeft} ${data.daysLeft < 2 ? "jour" : "jours"} : ${format.instant(data.expiresAt)}.`,
      "Réservez une séance d'ici là pour ne pas les perdre.",
    ],
  }),
  MONTHLY_REPORT: (data, { format }) => ({
    subject: `Votre mois de ${format.month(data.month)}`,
    paragraphs: [greeting("Bonjour", data.name), `Voici le bilan de ${format.month(data.month)}.`],
    facts: [
      ["Séances tenues", format.number(data.sessions)],
      ...(data.missed === 0 ? [] : [["Séances manquées", format.number(data.missed)] as const]),
      ["Crédits utilisés", format.number(data.creditsUsed)],
      ["Crédits restants", format.number(data.creditsLeft)],
      ...(data.creditsHeld === 0 ? [] : [["Réservés pour des séances", format.number(data.creditsHeld)] as const]),
      ...learnerFacts(data, sessions, "Thèmes "),
      ...upcomingFacts(data, format, "À venir"),
    ],
  }),
  WAITING_LIST_OFFER: (data, { format }) => ({
    subject: `Une place s'est libérée : ${data.title}, ${format.day(data.startsAt)} à ${format.time(data.startsAt)}`,
    paragraphs: [
      greeting("Bonjour", data.name),
      `La place que ${data.learnerName} attendait est libre. Nous la gardons jusqu'au ${format.instant(data.offeredUntil)} : réservez-la avant.`,
    ],
    facts: [
      [labels.when, `${format.instant(data.startsAt)} – ${format.time(data.endsAt)}`],
      [labels.learner, data.learnerName],
      [labels.coach, data.coachName],
    ],
  }),
  DUPLICATE_ENROLMENT: ({ name, link }, { tenant }) => ({
    subject: `Vous avez déjà un compte chez ${tenant}`,
    paragraphs: [
      greeting("Bonjour", name),
      `Quelqu'un, peut-être vous, vient de demander une inscription chez ${tenant} avec cette adresse. Elle a déjà un compte : rien n'a été changé.`,
    ],
    button: link === null ? undefined : { label: "Se connecter", url: link },
    closing: ["Si ce n'était pas vous, vous n'avez rien à faire."],
  }),
  EMAIL_CHANGE: ({ name, link }, { tenant }) => ({
    subject: `Confirmez votre adresse e-mail pour ${tenant}`,
    paragraphs: [
      greeting("Bonjour", name),
      `Cette adresse doit devenir celle avec laquelle vous vous connectez à ${tenant} et qui reçoit nos messages.`,
    ],
    button: link === null ? undefined : { label: "Confirmer cette adresse", url: link },
    closing: ["Le lien est valable un jour. Si ce n'était pas vous, vous n'avez rien à faire."],
  }),
  EMAIL_CHANGED: ({ name }, { tenant }) => ({
    subject: `Votre adresse e-mail pour ${tenant} a été changée`,
    paragraphs: [
      greeting("Bonjour", name),
      `Désormais, vous vous connectez à ${tenant} avec une autre adresse, et nos messages y sont envoyés.`,
    ],
    closing: ["Si ce n'était pas vous, dites-le-nous tout de suite."],
  }),
};
