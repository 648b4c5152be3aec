import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { draw, populationHash } from './sample.ts';

const sha = (text: string) => createHash('sha256').update(text).digest('hex');
const population = Array.from({ length: 147 }, (_, i) => `E${String(i + 1).padStart(3, '0')}`);
const seed = '2021-03-03#city';

describe('a draw', () => {
  it('gives the same five of 147 to everybody who has the seed', () => {
    expect(draw(population, 5, seed, sha)).toEqual(['E076', 'E138', 'E083', 'E005', 'E009']);
  });

  it('does not depend on the order in which the numbers come, nor on one that comes twice', () => {
    expect(draw([...population].reverse(), 5, seed, sha)).toEqual(draw(population, 5, seed, sha));
    expect(draw([...population, 'E076'], 5, seed, sha)).toEqual(draw(population, 5, seed, sha));
    expect(populationHash([...population].reverse(), sha)).toBe(populationHash(population, sha));
  });

  it('changes with the seed, and its population cannot lose one unseen', () => {
    expect(draw(population, 5, '2021-03-04#city', sha)).not.toEqual(draw(population, 5, seed, sha));
    expect(populationHash(population.slice(1), sha)).not.toBe(populationHash(population, sha));
  });
});
