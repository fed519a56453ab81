import { submitLead } from "./lead-form.ts";
import { type Properties, record } from "./recorder.ts";
import { listen } from "./safely.ts";

/** `data-nexora-prop-plan-id="pro"` becomes `{ planId: "pro" }`. */
function readProperties({ dataset }: HTMLElement): Properties {
  const properties: Record<string, unknown> = {};
  for (const name in dataset) {
    const [, first, rest] = /^nexoraProp(.)(.*)/.exec(name) ?? [];
    if (first) properties[first.toLowerCase() + rest] = dataset[name];
  }
  return properties;
}

const closest = ({ target }: Event, name: string) => (target as Element).closest<HTMLElement>(`[data-nexora-${name}]`);

/** Listens for what the page's elements say about themselves; what is added to the page later is heard, too. */
export function watchMarkup(): void {
  for (const name of ["click", "submit"]) {
    listen(name, (event) => {
      const element = closest(event, name);
      const properties = element && readProperties(element);
      if (properties) record({ type: "track", event: element.getAttribute(`data-nexora-${name}`) || name, properties });
    });
  }
  // After the page's own listeners: they may have found something wrong.
  listen(
    "submit",
    (event) => {
      const form = closest(event, "lead");
      if (!form || event.defaultPrevented) return;
      event.preventDefault();
      submitLead(form as HTMLFormElement);
    },
    false,
  );
}
