import type { MailContent } from "./mail-content.ts";
import type { MailFormat } from "./mail-format.ts";
import type { MailKind, RenderedData } from "./mail-kinds.ts";

/** What a text may say beside its own data. */
export interface MailSetting {
  /** The tenant's name. */
  readonly tenant: string;
  readonly format: MailFormat;
}

/** A language's texts. */
export type MailTexts = {
  readonly [Kind in MailKind]: (data: RenderedData<Kind>, setting: MailSetting) => MailContent;
};
