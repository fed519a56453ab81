import { listen, safely } from "./safely.ts";

/** Calls `onPath` whenever the path has changed without a new document: in a single-page app. */
export function watchNavigation(onPath: () => void): void {
  let { pathname } = location;
  const look = () => {
    if (location.pathname === pathname) return;
    ({ pathname } = location);
    safely(onPath);
  };
  for (const name of ["pushState", "replaceState"] as const) {
    const original = history[name];
    history[name] = function (...args) {
      original.apply(this, args);
      look();
    };
  }
  listen("popstate", look);
}
