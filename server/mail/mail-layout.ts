import { escapeHtml } from "../operations/escape-html.ts";
import type { MailContent } from "./mail-content.ts";
import type { MailLocale } from "./mail-locale.ts";

/** What a tenant's mail looks like. */
export interface MailLook {
  readonly tenant: string;
  /** `#0a6c74` */
  readonly color: string;
  readonly logoUrl: string | null;
}

/** For programs that show no HTML, and for people who prefer that. */
export function layOutText(
  { paragraphs, facts = [], button, closing = [] }: MailContent,
  { tenant }: MailLook,
  language: MailLocale,
): string {
  const colon = language === "fr" ? "\u00a0:" : ":";
  const table = facts.map(([label, value]) => `${label}${colon} ${value}`).join("\n");
  const parts = [
    ...paragraphs,
    table,
    button === undefined ? "" : `${button.label}${colon}\n${button.url}`,
    ...closing,
    `-- \n${tenant}`,
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

/** Tables and inline styles: what mail programs understand. Every text is escaped here, and only here. */
export function layOutHtml(content: MailContent, look: MailLook, language: MailLocale): string {
  const { subject, paragraphs, facts = [], button, closing = [] } = content;
  const logo =
    look.logoUrl === null
      ? ""
      : `<img src="${escapeHtml(look.logoUrl)}" alt="${escapeHtml(look.tenant)}" height="40" style="display:block;max-height:40px;margin:0 0 8px">`;
  const rows = facts.map(
    ([label, value]) =>
      `<tr><th align="left" style="padding:4px 16px 4px 0;vertical-align:top;color:#555;font-weight:normal">${escapeHtml(label)}</th><td style="padding:4px 0">${escapeHtml(value)}</td></tr>`,
  );
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(subject)}</title></head>
<body style="margin:0;padding:24px;background:#f4f4f4;font-family:Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5;color:#222">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center">
<table role="presentation" width="560" cellpadding="0" cellspacing="0" style="max-width:560px;background:#fff;border-top:6px solid ${escapeHtml(look.color)}"><tr><td style="padding:24px">
${logo}<p style="margin:0 0 16px;font-weight:bold;color:${escapeHtml(look.color)}">${escapeHtml(look.tenant)}</p>
${paragraphs.map(paragraph).join("\n")}
${rows.length === 0 ? "" : `<table cellpadding="0" cellspacing="0" style="margin:0 0 16px">${rows.join("")}</table>`}
${button === undefined ? "" : `<p style="margin:0 0 16px"><a href="${escapeHtml(button.url)}" style="display:inline-block;padding:10px 20px;background:${escapeHtml(look.color)};color:${inkOn(look.color)};text-decoration:none">${escapeHtml(button.label)}</a></p>`}
${closing.map(paragraph).join("\n")}
</td></tr></table>
</td></tr></table>
</body>
</html>
`;
}

const paragraph = (text: string) => `<p style="margin:0 0 16px;white-space:pre-line">${escapeHtml(text)}</p>`;

/** Black or white, whichever has more contrast with the colour (WCAG 2.2, relative luminance). */
function inkOn(color: string): string {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const value = Number.parseInt(color.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? "#000" : "#fff";
}
