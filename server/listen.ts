import { errorCode } from "./error-code.ts";
import { StartupError } from "./startup-error.ts";

interface Listener {
  /** Resolves with the port. */
  listen(address: { readonly host: string; readonly port: number }): Promise<number>;
}

/** Opens the port, or says in one line why it can't. */
export async function listen(server: Listener, address: { host: string; port: number }): Promise<number> {
  const { host, port } = address;
  try {
    return await server.listen({ host, port });
  } catch (error) {
    switch (errorCode(error)) {
      case "EAFNOSUPPORT":
      case "EADDRNOTAVAIL":
        // A machine without IPv6: `::` was meant as "everywhere".
        if (host === "::") return listen(server, { host: "0.0.0.0", port });
        throw new StartupError(`HOST ${host} is no address of this machine`);
      case "EADDRINUSE":
        throw new StartupError(`port ${port} is taken by another program: stop it, or set PORT to another number`);
      case "EACCES":
        throw new StartupError(`port ${port} may not be opened by this user: set PORT to 1024 or more`);
      case "ENOTFOUND":
      case "EAI_AGAIN":
        throw new StartupError(`HOST ${host} is unknown`);
      default:
        throw error;
    }
  }
}

/** What to type into a browser: an address that means "everywhere" isn't one. */
export function reachableHost(host: string): string {
  if (host === "::" || host === "0.0.0.0") return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}
