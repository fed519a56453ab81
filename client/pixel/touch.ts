/** How somebody came to the site: as `LeadOriginInput` names it. */
type Origin = Readonly<
  Partial<
    Record<"referrer" | "landingPage" | "utmSource" | "utmMedium" | "utmCampaign" | "utmTerm" | "utmContent", string>
  >
>;

export interface Touch {
  readonly origin: Origin;
  /** By the parameter's name, as `gclid`. */
  readonly clickIds: Readonly<Record<string, string>>;
}

/** Of Google, Meta, Microsoft, TikTok, X, LinkedIn and whoever names his likewise. */
const clickId = /(clk?id|braid|li_fat_id)$/;

/** `source` becomes `utmSource`. */
export const prefixed = (prefix: string, [first = "", ...rest]: string): string =>
  prefix + first.toUpperCase() + rest.join("");

export function readTouch(url: string, referrer: string, shown: (address: string) => string = String): Touch {
  const origin: Record<string, string> = { landingPage: shown(url) };
  const clickIds: Record<string, string> = {};
  if (referrer) origin["referrer"] = shown(referrer);
  new URL(url).searchParams.forEach((value, name) => {
    const [, utm] = /^utm_(source|medium|campaign|term|content)$/.exec(name) ?? [];
    if (utm) origin[prefixed("utm", utm)] = value;
    else if (clickId.test(name) && shown(url) === url) clickIds[name] = value;
  });
  // As many characters as a lead's origin takes.
  for (const name in origin) origin[name] = origin[name]?.slice(0, 2_000) ?? "";
  return { origin, clickIds };
}

/** Whether something led here: a link of a campaign, an advertisement, or another site. */
export function isLed({ origin, clickIds }: Touch): boolean {
  const { referrer, landingPage = "", ...campaign } = origin;
  return (
    !!Object.keys({ ...campaign, ...clickIds })[0] ||
    (!!referrer && new URL(referrer).host !== new URL(landingPage).host)
  );
}
