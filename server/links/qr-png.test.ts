import { expect, it } from "@jest/globals";
import jsQR from "jsqr";
import { PNG } from "pngjs";
import QRCode from "qrcode";
import { drawPng } from "./qr-png.ts";

it.each([
  [64, 4, "L", 64],
  [256, 4, "M", 256],
  [301, 0, "H", 301],
  [1_024, 16, "Q", 1_024],
  [64, 16, "H", 85], // as many dots as it needs
] as const)("%i pixels, margin %i, %s: other readers read it", async (size, margin, errorCorrectionLevel, width) => {
  const text = `https://example.com/l/${"x".repeat(64)}`;
  const code = QRCode.create(text, { errorCorrectionLevel });
  const png = PNG.sync.read(await drawPng(code, { size, margin })); // checks lengths and sums, too
  expect([png.width, png.height]).toEqual([width, width]);
  // Readers want a quiet zone and dots of some size: both are ours to add.
  const [scale, quiet] = [width < 100 ? 3 : 1, 16];
  const wide = width * scale + 2 * quiet;
  const dots = new Uint8ClampedArray(wide * wide * 4).fill(255);
  for (let y = 0; y < width * scale; y += 1) {
    for (let x = 0; x < width * scale; x += 1) {
      const from = (Math.floor(y / scale) * width + Math.floor(x / scale)) * 4;
      dots.set(png.data.subarray(from, from + 4), ((y + quiet) * wide + x + quiet) * 4);
    }
  }
  expect(jsQR.default(dots, wide, wide)?.data).toBe(text);
});
