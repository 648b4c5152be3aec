import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { Jieba } from '@node-rs/jieba';
import { dict } from '@node-rs/jieba/dict.js';
import { readBulletin } from '../src/modules/bulletins/reading.ts';
import { samples } from '../src/modules/bulletins/testing/bulletin-maker.ts';
import { compare, print } from './ratio.ts';

// Reading whole bulletins (cleaned, marked, checked, promises) against one pass of a segmenter over the same texts.
const folder = new URL('../../shared/data/bulletins/', import.meta.url);
const isThere = existsSync(folder);
const texts = isThere
  ? readdirSync(folder)
      .filter((name) => /^\d+\.txt$/.test(name))
      .map((name) => readFileSync(new URL(name, folder), 'utf8'))
  : samples(1).map(({ text }) => text);
const jieba = Jieba.withDict(dict);

const result = await compare(
  `reading ${texts.length} ${isThere ? 'published' : 'invented'} bulletins`,
  'one pass of @node-rs/jieba',
  async () => void texts.map((text) => readBulletin(text, { documentDate: '2021-09-26' })),
  async () => void texts.map((text) => jieba.cut(text)),
);
print(result);
process.stdout.write(`${Math.round((texts.length / result.oursMs) * 1000)} documents a second\n`);
