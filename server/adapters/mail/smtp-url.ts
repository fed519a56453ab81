export interface SmtpServer {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (RFC 8314); otherwise STARTTLS when the server offers it. */
  readonly secure: boolean;
  /** No mail without TLS. */
  readonly requireTLS: boolean;
  readonly login: { readonly user: string; readonly pass: string } | undefined;
}

/**
 * `smtps://user:password@mail.example.com` or `smtp://…:587`. With a login TLS is required, so that nobody reads the password,
 * except on this machine or with `?tls=optional`.
 */
export function readSmtpUrl(text: string): SmtpServer {
  const { protocol, hostname, port, username, password, searchParams } = new URL(text);
  const secure = protocol === "smtps:";
  const host = hostname.replaceAll(/^\[|\]$/g, "");
  const isHere = ["localhost", "127.0.0.1", "::1"].includes(host);
  const hasLogin = username !== "";
  return {
    host,
    port: port === "" ? (secure ? 465 : 587) : Number(port),
    secure,
    requireTLS: !secure && hasLogin && !isHere && searchParams.get("tls") !== "optional",
    login: hasLogin ? { user: decodeURIComponent(username), pass: decodeURIComponent(password) } : undefined,
  };
}
