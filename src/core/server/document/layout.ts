import type { DocumentColour, Face } from '../../shared/official-document.ts';

/**
 * Measures of GB/T 9704-2012, in points: A4, 37 mm above and 28 mm left of a field of 156 × 225 mm, which holds 22 lines
 * of 28 characters. Both writers take them from here.
 */
export const mm = (value: number): number => (value * 72) / 25.4;

/** 三号 as Word counts it. 28 of them are 2 mm wider than the field, so every character gives up a quarter of a point. */
export const bodySize = 16;
export const bodyTracking = -0.25;
/** 22 lines in 225 mm. */
export const linePitch = 28.95;

/** Of the page number's line and of each small line under it. */
export const numberHeight = 18;
export const markHeight = 12;

export interface PageLayout {
  width: number;
  height: number;
  top: number;
  bottom: number;
  left: number;
  right: number;
}

const letter = { top: mm(37), bottom: mm(35), left: mm(28), right: mm(26) };
const list = { top: mm(25), bottom: mm(25), left: mm(22), right: mm(20) };
const across = { top: mm(26), bottom: mm(25), left: mm(22), right: mm(22) };

export function pageLayout(kind: 'letter' | 'list', landscape: boolean, paper: 'A4' | 'A3' = 'A4'): PageLayout {
  const [short, long] = paper === 'A3' ? [mm(297), mm(420)] : [mm(210), mm(297)];
  if (landscape) return { width: long, height: short, ...across };
  return { width: short, height: long, ...(kind === 'letter' ? letter : list) };
}

export const fieldWidth = (page: PageLayout): number => page.width - page.left - page.right;

/** Names that the PCs of offices know; Word takes them by name and embeds nothing. */
export const wordFaces: Record<Face, string> = {
  fang: '仿宋_GB2312',
  kai: '楷体_GB2312',
  hei: '黑体',
  biaosong: '方正小标宋简体',
  song: '宋体',
};

/** A family, or one for Latin letters and digits only. */
type Family = string | { latin: string };
const latin: Family[] = [{ latin: 'Times New Roman' }, { latin: 'Noto Serif SC' }];

/**
 * Families in the order of search, character by character: the operator's own, those that come with the program, and
 * last one that has every character of names (珺 堃 喆 镕).
 */
export const pdfFaces: Record<Face, Family[]> = {
  fang: [...latin, 'FangSong_GB2312', '仿宋_GB2312', 'FandolFang R', 'Noto Serif SC'],
  kai: [...latin, 'KaiTi_GB2312', '楷体_GB2312', 'FandolKai', 'Noto Serif SC'],
  hei: ['SimHei', '黑体', 'Noto Sans S Chinese', 'Noto Serif SC'],
  biaosong: ['FZXiaoBiaoSong-B05S', '方正小标宋简体', 'FZXiaoBiaoSong-B05', '方正小标宋_GBK', 'Noto Serif SC'],
  song: [...latin, 'SimSun', '宋体', 'Noto Serif SC'],
};

export const colours: Record<DocumentColour, string> = {
  black: '000000',
  red: 'E60012',
  orange: 'E67700',
  blue: '1B56C4',
  green: '1E8A3C',
  grey: '666666',
};
/** Grounds of cells: black text on them keeps a contrast above 7. */
export const fills: Record<DocumentColour, string> = {
  black: 'D9D9D9',
  red: 'FBE3E4',
  orange: 'FDEBD5',
  blue: 'E1EAFA',
  green: 'E2F3E6',
  grey: 'F0F2F5',
};
