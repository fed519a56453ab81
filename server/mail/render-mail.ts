import { spaceFrench } from "./french-spacing.ts";
import { MailFormat } from "./mail-format.ts";
import { mailData, type MailKind } from "./mail-kinds.ts";
import { layOutHtml, layOutText, type MailLook } from "./mail-layout.ts";
import { languageOf } from "./mail-locale.ts";
import { englishTexts } from "./mail-texts-en.ts";
import { frenchTexts } from "./mail-texts-fr.ts";
import type { MailContent } from "./mail-content.ts";
import type { MailSetting } from "./mail-texts.ts";

export interface MailToRender {
  readonly kind: MailKind;
  readonly locale: string;
  readonly timeZone: string;
  readonly data: unknown;
}

export interface RenderedMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** The same mail gives the same words each time. */
export function renderMail({ kind, locale, timeZone, data }: MailToRender, look: MailLook): RenderedMail {
  const { language, locale: known } = languageOf(locale);
  const format = new MailFormat({ locale: known, timeZone });
  const write = (language === "fr" ? frenchTexts : englishTexts)[kind] as (
    data: unknown,
    setting: MailSetting,
  ) => MailContent; // parsed by the schema of the same kind, in the next line
  const written = write(mailData[kind].parse(data), { tenant: look.tenant, format });
  const content = language === "fr" ? inFrench(written) : written;
  // Names come from strangers: a subject is one line.
  const subject = content.subject.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").slice(0, 250);
  return {
    subject,
    text: layOutText(content, look, language),
    html: layOutHtml({ ...content, subject }, look, language),
  };
}

function inFrench({ subject, paragraphs, facts = [], button, closing = [] }: MailContent): MailContent {
  return {
    subject: spaceFrench(subject),
    paragraphs: paragraphs.map(spaceFrench),
    facts: facts.map(([label, value]) => [label, spaceFrench(value)] as const),
    button,
    closing: closing.map(spaceFrench),
  };
}
