import { Readable } from "node:stream";
import SMTPConnection from "nodemailer/lib/smtp-connection";
import type { MailTransport, MailVerdict, OutgoingMail } from "../../mail/mail-transport.port.ts";
import { readSmtpUrl, type SmtpServer } from "./smtp-url.ts";

const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 60_000 };

/**
 * Hands mail to an SMTP server (RFC 5321), by nodemailer's connection and not by its transports: those begin to read a message
 * before the server has agreed to take it, and their pool hands it over again by itself when a connection ends.
 */
export class SmtpMail implements MailTransport {
  readonly #server: SmtpServer;

  constructor(url: string) {
    this.#server = readSmtpUrl(url);
  }

  send({ raw, from, to }: OutgoingMail): Promise<MailVerdict> {
    const { login, ...server } = this.#server;
    const connection = new SMTPConnection({ ...server, ...timeouts, logger: false });
    // Read only once the server has said yes to DATA: before that nothing can have been accepted.
    let isHandedOver = false;
    const message = new Readable({
      read() {
        isHandedOver = true;
        this.push(raw);
        this.push(null);
      },
    });
    return new Promise<MailVerdict>((resolve) => {
      const fail = (error: unknown) => {
        resolve(verdictOf(error, isHandedOver));
        connection.close(); // which tells of an end itself
      };
      const hand = () =>
        connection.send({ from, to: [to], size: raw.length }, message, (error) => {
          if (error) return fail(error);
          connection.quit();
          resolve({ outcome: "ACCEPTED" });
        });
      connection.on("error", fail);
      connection.on("end", () => fail(new Error("the connection ended"))); // too late to matter once it was resolved
      connection.connect(() => {
        if (login === undefined) return hand();
        connection.login({ credentials: login }, (error) => (error ? fail(error) : hand()));
      });
    });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** What nodemailer says went wrong. */
interface SmtpError {
  readonly responseCode?: number;
  readonly code?: string;
  readonly message?: string;
}

/** An answer is certain whenever it comes; silence is so only before the message was handed over. */
function verdictOf(error: unknown, isHandedOver: boolean): MailVerdict {
  const { responseCode = 0, code = "no code", message = "" } = error as SmtpError;
  // The server's words, short enough for a list.
  const answer = `The mail server answered ${responseCode}: ${message.replaceAll(/\s+/g, " ").slice(0, 300)}`;
  // A login or a certificate is the operator's to correct, not the recipient's.
  const isAboutUs = code === "EAUTH" || code === "ETLS" || code === "ENOAUTH";
  if (responseCode >= 500 && !isAboutUs) return { outcome: "REFUSED", reason: answer };
  if (responseCode >= 400) return { outcome: "LATER", reason: answer };
  const reason = `The mail server didn't answer (${code}).`;
  return { outcome: isHandedOver ? "UNKNOWN" : "LATER", reason };
}
