import type { OutputOf } from '#core/shared/contract.ts';
import type { bulletins } from '../contract.ts';
import { readBulletin } from '../reading.ts';
import { reportOf } from '../report.ts';
import { readIn } from './read-in.ts';

export interface CheckWork {
  source: { text: string } | { bytes: Uint8Array };
  documentDate: string | undefined;
}
type Answer = OutputOf<(typeof bulletins)['endpoints']['check']>;

/** More marks than a document of half a million characters has: an answer beyond it would hold up whoever sends it. */
export const mostListed = 20_000;

/** Reads and checks; what is beyond `mostListed` of a kind is counted and left out, contradictions last of all. */
export async function checkWork({ source, documentDate }: CheckWork): Promise<Answer> {
  const text = 'text' in source ? source.text : (await readIn(source.bytes)).text;
  const report = reportOf(readBulletin(text, { documentDate }));
  const wrong = report.checks.filter((check) => check.verdict === 'contradicts');
  const rest = report.checks.filter((check) => check.verdict !== 'contradicts');
  const isCut = report.checks.length > mostListed;
  const cut = <T>(all: T[]) => (all.length > mostListed ? all.slice(0, mostListed) : all);
  const listed = {
    checks: isCut ? cut([...wrong, ...rest]) : report.checks,
    marks: cut(report.marks),
    promises: cut(report.promises),
    unreadable: cut(report.unreadable),
  };
  const leftOut = (kind: keyof typeof listed) => report[kind].length - listed[kind].length;
  return {
    ...report,
    ...listed,
    text: 'text' in source ? null : text,
    leftOut: {
      checks: leftOut('checks'),
      marks: leftOut('marks'),
      promises: leftOut('promises'),
      unreadable: leftOut('unreadable'),
    },
  };
}
