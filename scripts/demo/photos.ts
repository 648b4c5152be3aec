import { writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import type { Random } from './random.ts';

/** Site pictures drawn by program, each with 示例 written into it, so that none can pass for a real one. */
export async function drawPhotos(folder: URL, random: Random): Promise<void> {
  const scenes = { road, bridge, block, crane, levee, plant };
  for (const [name, draw] of Object.entries(scenes)) {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 600" width="800" height="600">
      <rect width="800" height="380" fill="${random.pick(['#dfe6ee', '#d3dfea', '#e8e4da'])}"/><rect y="380" width="800" height="220" fill="#c6bfae"/>
      ${draw(random)}
      <g><rect x="610" y="20" width="170" height="62" fill="#ffffff" opacity="0.9"/><text x="695" y="62" font-family="Noto Sans CJK SC, Noto Sans SC, sans-serif" font-size="38" text-anchor="middle" fill="#8a5d00">示例</text></g></svg>`;
    await writeFile(new URL(`${name}.jpg`, folder), await sharp(Buffer.from(svg)).jpeg({ quality: 78 }).toBuffer());
  }
}

const rect = (x: number, y: number, w: number, h: number, fill: string) =>
  `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="${fill}"/>`;
const road = () =>
  `<path d="M300 600 L390 380 L410 380 L500 600Z" fill="#5f6872"/><path d="M398 420h4v30h-4zM396 480h8v40h-8zM394 550h12v50h-12z" fill="#fff"/>`;
const bridge = () =>
  `<path d="M0 400 Q400 250 800 400 L800 430 Q400 300 0 430Z" fill="#7f8a96"/>${[120, 280, 440, 600].map((x) => rect(x, 360, 26, 170, '#8f98a3')).join('')}`;
const block = (random: Random) =>
  [0, 1, 2, 3, 4]
    .map(
      (i) =>
        rect(180, 470 - i * 62, 420, 10, '#6f7884') +
        [0, 1, 2, 3, 4, 5].map((j) => rect(190 + j * 78, 420 - i * 62, 10, 52, '#98a2ae')).join(''),
    )
    .join('') + (random.chance(0.5) ? rect(610, 250, 8, 230, '#b86e00') : '');
const crane = () =>
  `${rect(160, 330, 220, 200, '#98a2ae')}${rect(420, 390, 200, 140, '#aab3bd')}${rect(540, 110, 12, 420, '#b86e00')}${rect(330, 116, 360, 10, '#b86e00')}${rect(350, 126, 3, 120, '#6f4a12')}`;
const levee = () =>
  `<path d="M0 430 L300 400 L800 415 L800 470 L0 500Z" fill="#8fa58c"/><path d="M0 500 L800 470 L800 600 L0 600Z" fill="#7fa0b8"/>`;
const plant = () =>
  `${rect(120, 360, 250, 160, '#9aa4b0')}${rect(400, 320, 260, 200, '#8b95a1')}<path d="M120 360 L182 320 L245 360 L307 320 L370 360Z" fill="#7b8591"/>${rect(690, 230, 24, 290, '#a7aeb6')}`;
