import type { Words } from './words.ts';

/** Colours and shapes that the design knows for a light of a city's own (橙, 紫 …): `.light` in `web/tokens.css` draws them. */
export const markColours = ['green', 'yellow', 'orange', 'red', 'purple', 'blue', 'grey', 'black'] as const;
export const markShapes = ['circle', 'triangle', 'pentagon', 'hexagon', 'square', 'diamond', 'ring', 'cross'] as const;
export type MarkColour = (typeof markColours)[number];
export type MarkShape = (typeof markShapes)[number];

/** How a light looks that is not one of the five: still colour, shape and word together. */
export interface LightMark {
  words: Words;
  colour: MarkColour;
  shape: MarkShape;
}
