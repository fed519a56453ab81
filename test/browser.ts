import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { findProgram } from "./system-programs.ts";

/** A page that notes all that a well-behaved page of ours never does. */
export interface WatchedPage extends AsyncDisposable {
  readonly page: Page;
  /** Requests to other origins, errors on the console, exceptions, violations of the content security policy. */
  readonly complaints: readonly string[];
}

// Without these Chromium calls home, and as root it needs to go without its sandbox.
const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export async function startBrowser(): Promise<Browser> {
  const executablePath = process.env["CHROMIUM"] ?? findProgram("chromium");
  if (executablePath === undefined) throw new Error("no chromium: `npm test` installs it, or set CHROMIUM to its path");
  return chromium.launch({ executablePath, args: flags });
}

/** A page in a profile of its own; `origin` is the only one that it may talk to. */
export async function openPage(browser: Browser, origin: string): Promise<WatchedPage> {
  const context: BrowserContext = await browser.newContext({ viewport: { width: 1360, height: 820 } });
  const page = await context.newPage();
  const complaints: string[] = [];
  const sockets = origin.replace(/^http/, "ws");
  const note = (url: string) => {
    if (/^(?:data|blob):/.test(url) || url.startsWith(`${origin}/`) || url.startsWith(`${sockets}/`)) return;
    complaints.push(`request to ${url}`);
  };
  context.on("request", (request) => note(request.url()));
  page.on("websocket", (socket) => note(socket.url()));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`exception: ${error.message}`));
  await page.exposeFunction("noteViolation", (text: string) => complaints.push(`policy: ${text}`));
  await page.addInitScript(`addEventListener("securitypolicyviolation", (event) =>
    noteViolation(event.violatedDirective + " " + event.blockedURI))`);
  return { page, complaints, [Symbol.asyncDispose]: () => context.close() };
}
