import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkText } from './check.ts';
import { cleanText } from './clean.ts';
import type { Verdict } from './shapes.ts';

// Twenty-one published documents and 59 verdicts that people worked out by hand. They belong to others and lie beside the repository.
const folder = new URL('../../../../shared/data/bulletins/', import.meta.url);
const isThere = existsSync(new URL('checks.json', folder));

interface Expected {
  file: string;
  check: string;
  computed: number;
  published: number;
  verdict: 'match' | 'last-digit' | 'MISMATCH';
}

const allowed: Record<Expected['verdict'], Verdict[]> = {
  match: ['agrees'],
  'last-digit': ['last-digit'],
  MISMATCH: ['contradicts', 'part-not-listed'],
};

describe.skipIf(!isThere)('the published bulletins (skipped where ../shared/data/bulletins is missing)', () => {
  const expected: Expected[] = isThere ? JSON.parse(readFileSync(new URL('checks.json', folder), 'utf8')) : [];
  const files = isThere ? readdirSync(folder).filter((name) => name.endsWith('.txt')) : [];
  const checks = new Map(
    files.map((name) => [name.replace('.txt', ''), checkText(cleanText(readFileSync(new URL(name, folder), 'utf8')))]),
  );

  test.each(expected)('$file $check: $published is a $verdict', ({ file, published, computed, verdict }) => {
    const found = checks
      .get(file)!
      .filter((c) => c.published === published && c.computed !== null && Math.abs(c.computed - computed) < 1e-3);
    expect(found.map((c) => c.verdict)).toEqual(
      expect.arrayContaining([expect.stringMatching(allowed[verdict].join('|'))]),
    );
  });

  test('nothing else in them is called wrong', () => {
    const wrong = [...checks].flatMap(([file, list]) =>
      list
        .filter((c) => c.verdict === 'contradicts')
        .filter(
          (c) => !expected.some((e) => e.file === file && e.verdict === 'MISMATCH' && e.published === c.published),
        )
        .map((c) => `${file}: ${c.says.zh}`),
    );
    expect(wrong).toEqual([]);
  });
});
