import { takeEngagedMs, watchEngagement } from "./engaged-time.ts";
import { clearQueue, openQueue, send } from "./event-queue.ts";
import { submitLead } from "./lead-form.ts";
import { watchMarkup } from "./markup.ts";
import { watchNavigation } from "./navigation.ts";
import { write } from "./page-storage.ts";
import { type Consent, isIdentified, isOff } from "./privacy.ts";
import { engagementEvent, openPage, type Properties, record, recordHeld } from "./recorder.ts";
import { listen, safely } from "./safely.ts";
import { key } from "./settings.ts";
import { anonymousId, forgetVisitor, keepTouch, userId } from "./visitor.ts";

/** `nexora("track", …)`; before the script is there, the page's own function keeps the calls in `q`. */
interface Nexora {
  (name?: unknown, ...args: unknown[]): void;
  q?: Iterable<unknown>[];
  isReady?: boolean;
}

const page = window as typeof window & { nexora?: Nexora };

function leavePage(): void {
  const engagedMs = takeEngagedMs();
  if (engagedMs > 0) record({ type: "track", event: engagementEvent, properties: { engagedMs } });
}

function switchOff(reason: string): void {
  write("off", reason);
  clearQueue();
}

const commands = {
  page: (name?: string, properties?: Properties) => record({ type: "page", name, properties }),
  track: (event: string, properties?: Properties) => record({ type: "track", event, properties }),
  identify(id: string, traits?: Properties) {
    if (!isIdentified()) return;
    write("user", String(id));
    record({ type: "identify", traits });
  },
  alias(id: string) {
    const previousId = userId() ?? anonymousId();
    if (!previousId) return;
    write("user", String(id));
    record({ type: "alias", previousId });
  },
  lead: submitLead,
  reset: forgetVisitor,
  optOut() {
    forgetVisitor();
    switchOff("optOut");
  },
  optIn: () => write("off"),
  ignore: (isIgnored = true) => (isIgnored ? switchOff("ignore") : write("off")),
  consent(consent: Consent) {
    write("consent", JSON.stringify(consent));
    if (!isIdentified()) forgetVisitor();
    if (isOff()) clearQueue();
    keepTouch();
    recordHeld();
  },
};

function run(name: unknown, ...args: unknown[]): void {
  safely(() => (commands as Record<string, ((...args: unknown[]) => void) | undefined>)[String(name)]?.(...args));
}

function start(): void {
  const waiting = page.nexora?.q ?? [];
  page.nexora = run;
  page.nexora.isReady = true;
  openQueue();
  keepTouch();
  run("page");
  for (const command of waiting) run(...(command as [unknown]));
  watchEngagement();
  watchMarkup();
  watchNavigation(() => {
    leavePage();
    openPage(location.href);
    setTimeout(() => run("page")); // the new page's title comes after its address
  });
  listen("visibilitychange", () => {
    if (!document.hidden) return;
    leavePage();
    send(true);
  });
  listen("pagehide", () => send(true));
  // A page that comes back from the browser's cache is seen again.
  listen("pageshow", (event) => (event as PageTransitionEvent).persisted && run("page"));
}

if (key && !page.nexora?.isReady) {
  // A page that is prepared in advance may never be seen.
  if ((document as Document & { prerendering?: boolean }).prerendering) listen("prerenderingchange", start);
  else safely(start);
}
