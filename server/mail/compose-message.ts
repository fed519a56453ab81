import MailComposer from "nodemailer/lib/mail-composer";
import type { MailLook } from "./mail-layout.ts";
import type { MailAttachment } from "./mail-outbox.ts";
import type { ClaimedMail } from "./mail-row.ts";
import type { OutgoingMail } from "./mail-transport.port.ts";
import { renderMail } from "./render-mail.ts";

const defaultColor = "#1f5f8b";

/** Makes the message of RFC 5322: its words in text and HTML, and what is attached. */
export async function composeMessage(mail: ClaimedMail, defaultSender: string): Promise<OutgoingMail> {
  const look: MailLook = {
    tenant: mail.tenant_name,
    color: mail.color ?? defaultColor,
    logoUrl: mail.logo_url,
  };
  const { subject, text, html } = renderMail({ ...mail, timeZone: mail.time_zone }, look);
  const from = mail.sender_address ?? defaultSender;
  const [invitation] = mail.attachments.filter(isCalendar);
  const composer = new MailComposer({
    from: { name: mail.sender_name ?? mail.tenant_name, address: from },
    to: { name: mail.recipient_name ?? "", address: mail.recipient },
    ...(mail.reply_to === null ? {} : { replyTo: mail.reply_to }),
    messageId: `<${mail.message_id}>`,
    subject,
    text,
    html,
    // RFC 3834: nobody's holiday notice is to answer it.
    headers: { "Auto-Submitted": "auto-generated" },
    // As a part of its own beside the words, where calendars look for it (RFC 6047), and as a file.
    ...(invitation === undefined ? {} : { icalEvent: calendarOf(invitation) }),
    attachments: mail.attachments
      .filter((attachment) => !isCalendar(attachment))
      .map(({ filename, contentType, text: content }) => ({ filename, contentType, content })),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const raw = await composer.compile().build();
  const { id, kind, due_at: dueAt, message_id: messageId, recipient: to } = mail;
  return { id, kind, dueAt, messageId, from, to, raw };
}

function isCalendar({ contentType }: MailAttachment): boolean {
  return contentType.startsWith("text/calendar");
}

function calendarOf({ filename, contentType, text: content }: MailAttachment) {
  return { filename, content, method: /method=([A-Z]+)/i.exec(contentType)?.[1]?.toUpperCase() ?? "PUBLISH" };
}
