/** What a mail says, before it is laid out. */
export interface MailContent {
  readonly subject: string;
  /** One each. */
  readonly paragraphs: readonly string[];
  /** Shown as a table. */
  readonly facts?: readonly (readonly [label: string, value: string])[];
  readonly button?: { readonly label: string; readonly url: string } | undefined;
  /** Under the button. */
  readonly closing?: readonly string[];
}
