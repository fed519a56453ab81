import QRCode from "qrcode";
import type { LinkQr, LinkQrArgs, QrErrorCorrection } from "../../schema/link-qr.ts";
import { AppError } from "../operations/app-error.ts";
import { drawPng } from "./qr-png.ts";

const levels = { LOW: "L", MEDIUM: "M", QUARTILE: "Q", HIGH: "H" } as const satisfies Record<QrErrorCorrection, string>;

export interface DrawnQr {
  readonly mediaType: "image/svg+xml" | "image/png";
  readonly content: string | Buffer;
}

/** Draws a text as a QR code. Numbers out of range are refused: nobody should get another image than he asked for. */
export async function drawQr(text: string, { format, size, margin, errorCorrection }: LinkQrArgs): Promise<DrawnQr> {
  if (size < 64 || size > 1_024) throw refusal("A QR code is 64 to 1,024 pixels wide.");
  if (margin < 0 || margin > 16) throw refusal("A QR code's margin is 0 to 16 modules.");
  const errorCorrectionLevel = levels[errorCorrection];
  if (format === "PNG") {
    const content = await drawPng(QRCode.create(text, { errorCorrectionLevel }), { size, margin });
    return { mediaType: "image/png", content };
  }
  const options = { type: "svg", width: size, margin, errorCorrectionLevel } as const;
  return { mediaType: "image/svg+xml", content: await QRCode.toString(text, options) };
}

export async function qrOfLink(shortUrl: string, args: LinkQrArgs): Promise<LinkQr> {
  const { mediaType, content } = await drawQr(shortUrl, args);
  const base64 = (typeof content === "string" ? Buffer.from(content) : content).toString("base64");
  return {
    mediaType,
    content: typeof content === "string" ? content : base64,
    dataUrl: `data:${mediaType};base64,${base64}`,
  };
}

function refusal(message: string): AppError {
  return new AppError("BAD_USER_INPUT", message, { reason: "VARIABLES" });
}
