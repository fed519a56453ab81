import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";

export interface SiteOptions {
  /** Where the pixel is loaded from, and events and leads go to. */
  readonly server: string;
  /** A publishable key. */
  readonly key: string;
  /** 0, the default: the system chooses a free one. */
  readonly port?: number;
  /** Further attributes of the pixel's tag, as `data-cookieless`. */
  readonly attributes?: string;
}

export interface Site extends AsyncDisposable {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
}

const folder = fileURLToPath(new URL("pages", import.meta.url));
const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
};

/** The file of an address: pages have no ending, and the app shows all that lies below it. */
function fileOf(path: string): string {
  if (/^\/[\w-]+\.(?:js|css)$/.test(path)) return path.slice(1);
  const [, page = ""] = path.split("/");
  return `${/^[\w-]+$/.test(page) ? page : "index"}.html`;
}

/** Serves the pages, with the pixel's address and the key in them. */
export async function serveSite({ server, key, port = 0, attributes = "" }: SiteOptions): Promise<Site> {
  // The strictest policy under which the pixel works.
  const policy = `default-src 'self'; script-src 'self' ${server}; connect-src ${server}`;
  const site = createServer((request, response) => {
    const file = fileOf(new URL(request.url ?? "/", "http://site").pathname);
    readFile(join(folder, file), "utf8").then(
      (text) => {
        response.writeHead(200, { "content-type": types[extname(file)], "content-security-policy": policy });
        response.end(text.replace("{{pixel}}", `${server}/pixel.js`).replace('"{{key}}"', `"${key}" ${attributes}`));
      },
      () => response.writeHead(404).end("There is no such page."),
    );
  });
  site.listen(port, "127.0.0.1");
  await once(site, "listening");
  return {
    url: `http://127.0.0.1:${(site.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      site.closeAllConnections();
      site.close();
      await once(site, "close");
    },
  };
}
