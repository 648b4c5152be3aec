import sharp from 'sharp';

/** A small picture with enough edges to be told from others: another seed is another picture. */
export const drawPattern = (seed: number): Promise<Buffer> =>
  sharp(
    Buffer.from(
      `<svg width="144" height="128">${Array.from({ length: 24 }, (_, i) => {
        const shade = (i * 83 + seed) % 256;
        return `<rect x="${(i % 6) * 24}" y="${Math.floor(i / 6) * 32}" width="24" height="32" fill="rgb(${shade},${shade},${shade})"/>`;
      }).join('')}</svg>`,
    ),
  )
    .png()
    .toBuffer();
