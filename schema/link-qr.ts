import { ArgsType, Field, Int, ObjectType, registerEnumType } from "type-graphql";

export const QrFormat = { SVG: "SVG", PNG: "PNG" } as const;
export type QrFormat = keyof typeof QrFormat;
registerEnumType(QrFormat, {
  name: "QrFormat",
  description: "How a QR code is drawn.",
  valuesConfig: {
    SVG: { description: "As shapes, sharp at any size: for print." },
    PNG: { description: "As dots." },
  },
});

export const QrErrorCorrection = { LOW: "LOW", MEDIUM: "MEDIUM", QUARTILE: "QUARTILE", HIGH: "HIGH" } as const;
export type QrErrorCorrection = keyof typeof QrErrorCorrection;
registerEnumType(QrErrorCorrection, {
  name: "QrErrorCorrection",
  description: "How much of a QR code may be dirty or covered (ISO/IEC 18004). More of it makes it finer.",
  valuesConfig: {
    LOW: { description: "About 7 %." },
    MEDIUM: { description: "About 15 %." },
    QUARTILE: { description: "About 25 %." },
    HIGH: { description: "About 30 %: with a logo on it." },
  },
});

@ObjectType({ description: "A short address as a QR code.", simpleResolvers: true })
export class LinkQr {
  @Field(() => String, { description: "`image/svg+xml` or `image/png`." })
  mediaType!: string;

  @Field(() => String, { description: "The image: an SVG's text, or a PNG's bytes in base64." })
  content!: string;

  @Field(() => String, { description: "The same as a `data:` address, for an `img`." })
  dataUrl!: string;
}

@ArgsType()
export class LinkQrArgs {
  @Field(() => QrFormat, { defaultValue: QrFormat.SVG, description: "How it is drawn." })
  format!: QrFormat;

  @Field(() => Int, {
    defaultValue: 256,
    description:
      "Its width and height in pixels: 64 to 1,024. A PNG has more where a pixel for each module needs more.",
  })
  size!: number;

  @Field(() => Int, {
    defaultValue: 4,
    description: "The quiet zone around it, in modules: 0 to 16. Readers expect 4.",
  })
  margin!: number;

  @Field(() => QrErrorCorrection, {
    defaultValue: QrErrorCorrection.MEDIUM,
    description: "How much of it may be unreadable.",
  })
  errorCorrection!: QrErrorCorrection;
}
