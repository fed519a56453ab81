import type { UserErrorData } from "../../schema/errors.ts";
import type { LinkUtmInput } from "../../schema/link-inputs.ts";
import { normalizeName } from "../operations/names.ts";
import { fits, readTarget } from "./link-target.ts";
import { addUtm, type Utm, utmFields } from "./utm.ts";

/** What the team says of a link. */
export interface LinkText {
  readonly url: string;
  readonly utm: LinkUtmInput | null;
  readonly title: string | null;
  readonly tags: readonly string[];
  readonly expiresAt: Date | null;
}

/** The same, checked. */
export interface LinkContent extends LinkText {
  readonly utm: Utm;
}

export type LinkContentCode = "URL_INVALID" | "UTM_INVALID" | "TITLE_INVALID" | "TAGS_INVALID" | "EXPIRES_AT_INVALID";

const maxUtm = 200;
const maxTags = 50;

/** What was said as it is stored, or what is wrong with it. An end that stood there `before` may be over. */
export function readLink(
  text: LinkText,
  { ownUrl, now, before }: { readonly ownUrl: string; readonly now: Date; readonly before?: Date | null },
): { readonly content: LinkContent } | { readonly userErrors: UserErrorData<LinkContentCode>[] } {
  const userErrors: UserErrorData<LinkContentCode>[] = [];
  const refuse = (code: LinkContentCode, message: string, ...path: string[]) =>
    userErrors.push({ code, message, field: ["input", ...path] });
  const url = readTarget(text.url, ownUrl);
  if (url === null) {
    const message = "Give an address with http or https, without user and password, of at most 2,000 characters.";
    refuse("URL_INVALID", message, "url");
  }
  const utm = readUtm(text.utm, (field) =>
    refuse("UTM_INVALID", `It has at most ${maxUtm} characters, none of them a control character.`, "utm", field),
  );
  if (url !== null && !fits(addUtm(url, utm))) {
    refuse("URL_INVALID", "With its UTM parameters the address has more than 2,000 characters.", "url");
  }
  const title = text.title === null ? null : normalizeName(text.title);
  if (title === null && text.title !== null) {
    refuse("TITLE_INVALID", "A title has 1 to 200 characters, none of them a control character.", "title");
  }
  const tags = text.tags.map(normalizeName);
  if (tags.length > maxTags || tags.includes(null)) {
    refuse("TAGS_INVALID", `There are at most ${maxTags} tags of 1 to 200 characters.`, "tags");
  }
  const { expiresAt } = text;
  if (expiresAt !== null && expiresAt <= now && expiresAt.getTime() !== before?.getTime()) {
    refuse("EXPIRES_AT_INVALID", "It has to be in the future.", "expiresAt");
  }
  if (userErrors.length > 0 || url === null) return { userErrors };
  return { content: { url, utm, title, tags: [...new Set(tags.filter((tag) => tag !== null))], expiresAt } };
}

function readUtm(input: LinkUtmInput | null, refuse: (field: keyof Utm) => void): Utm {
  const read = (field: keyof Utm): string | null => {
    const value = input?.[field]?.trim().normalize("NFC") ?? "";
    if (Array.from(value).length > maxUtm || /\p{Cc}/u.test(value)) refuse(field);
    return value === "" ? null : value;
  };
  const [source, medium, campaign, term, content] = utmFields.map(read);
  return {
    source: source ?? null,
    medium: medium ?? null,
    campaign: campaign ?? null,
    term: term ?? null,
    content: content ?? null,
  };
}
