import { expect, test } from 'vitest';
import { checkText } from '#modules/bulletins/server/public.ts';
import { bulletinDocument, textOf } from '../document.ts';
import { shippedTemplates } from '../templates.ts';
import { type SampleOptions, sampleEdition } from '../testing/sample-edition.ts';
import { writeContent } from '../write.ts';

// What the platform writes, the bulletin desk reads: figures that contradict each other would be found by the first reader.

const imprint = {
  number: null,
  issuer: '示例办公室',
  day: '2021-09-30',
  editionVersion: 1,
  editionHash: 'abc',
  correction: null,
};
const samples: Record<string, SampleOptions> = {
  plain: {},
  calm: { isCalm: true },
  small: { projects: 3 },
  uneven: { projects: 40, planOf: (i) => 123_456_789 + i * 7_777_777 },
  tiny: { projects: 12, planOf: (i) => 1_234_567 + i * 333_333 },
  few: { projects: 5 },
  odd: { projects: 17 },
  august: { period: '2021-08', projects: 200 },
  january: { period: '2021-01', previous: false },
  december: { period: '2021-12', projects: 600 },
};

test.each(Object.keys(samples))('nothing contradicts itself in any bulletin of the edition “%s”', (name) => {
  for (const template of shippedTemplates) {
    const body = sampleEdition(samples[name]);
    const text = textOf(bulletinDocument(body, writeContent(body, template), imprint));
    const found = checkText(text, body.day);
    const wrong = found.filter((check) => check.verdict === 'contradicts').map((check) => check.says.zh);
    expect([template.code, wrong]).toEqual([template.code, []]);
    if (template.code === 'month')
      expect(found.filter((check) => check.verdict === 'agrees').length).toBeGreaterThan(5);
  }
});
