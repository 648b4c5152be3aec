import type { Caller } from '#core/server/testing/test-city.ts';
import { scores } from '#modules/scores/contract.ts';
import { emptyBody, entered, events, itemOf } from '#modules/scores/draft.ts';

export interface ScoreIds {
  /** A scheme in self-assessment, and one whose result is shown. */
  assessingId: string;
  shownId: string;
  objectionId: string;
  markId: string;
  countyId: string;
}

/** Two schemes in which the county alone takes part: everything in them is its own. */
export async function layOutScores(
  { office, unit }: { office: Caller; unit: Caller },
  secret: string,
  countyId: string,
): Promise<ScoreIds> {
  const api = office(scores);
  const words = (label: string) => ({ zh: `${secret}${label}`, en: secret });
  const method = {
    kind: 'counts' as const,
    base: '0',
    lines: [{ label: words('通报'), of: '通报', points: '-1', most: null }],
  };
  const body = {
    ...emptyBody,
    name: words('考核'),
    basis: secret,
    vetoes: [words('否决')],
    groups: [{ code: 'own', name: words('组'), units: [{ unitId: countyId, boundTo: null }] }],
    items: [
      itemOf('service', [`${secret}服务`, secret], '50', { kind: 'ratio', of: '满意度' }, [entered('满意度')]),
      itemOf('blame', [`${secret}通报`, secret], '0', method, [events('通报')], { floor: null }),
    ],
  };
  const make = async (label: string) => {
    // A code of the year is the city's; it says nothing of the county.
    const code = `${label}${[...secret].reduce((sum, c) => sum + c.codePointAt(0)!, 0)}`;
    const { id } = await api.create({ year: 2021, code, body, reason: secret });
    await api.enforce({ id, document: secret });
    await api.openSelf({ id, until: '2021-12-01' });
    const file = await unit.upload(`${secret}${label}自评.txt`, new TextEncoder().encode(`${secret}${label}自评`));
    const row = { item: 'service', points: '40', note: secret, fileId: file.id };
    await unit(scores).assess({ id, unitId: countyId, rows: [row] });
    return id;
  };
  const assessingId = await make('a');
  const shownId = await make('s');
  const proof = await office.upload(`${secret}测评.txt`, new TextEncoder().encode(`${secret}测评`));
  const about = { id: shownId, unitId: countyId };
  await api.enter({ ...about, item: 'service', input: '满意度', value: '0.8', note: secret, fileId: proof.id });
  const event = { onDay: '2021-08-01', reason: secret, document: secret, approver: secret };
  const mark = await api.mark({ ...about, item: 'blame', input: '通报', ...event });
  await api.compute({ id: shownId, note: secret });
  await api.publish({ id: shownId });
  const letter = await unit.upload(`${secret}异议.txt`, new TextEncoder().encode(`${secret}异议`));
  const objection = await unit(scores).object({ ...about, item: 'blame', reason: `${secret}有误`, fileId: letter.id });
  return { assessingId, shownId, objectionId: objection.id, markId: mark.id, countyId };
}

/** Inputs under which each endpoint of scores does something with the county's own. */
export function ownScores({ assessingId, shownId, objectionId, markId, countyId }: ScoreIds) {
  const shown = { id: shownId };
  const body = emptyBody;
  return {
    'scores.list': { year: 2021 },
    'scores.scheme': shown,
    'scores.history': shown,
    'scores.create': { year: 2021, code: 'sample', body, reason: '测试' },
    'scores.save': { ...shown, basedOn: 1, body, reason: '测试' },
    'scores.enforce': { ...shown, document: '测试' },
    'scores.openSelf': { id: assessingId, until: '2021-12-01' },
    'scores.compute': { id: assessingId },
    'scores.publish': { id: assessingId },
    'scores.correct': { ...shown, note: '按裁定更正结果' },
    'scores.finish': shown,
    'scores.result': shown,
    'scores.replay': shown,
    'scores.whatIf': { ...shown, body },
    'scores.figures': shown,
    'scores.enter': { ...shown, unitId: countyId, item: 'service', input: '满意度', value: '1', note: '测试' },
    'scores.mark': {
      ...shown,
      unitId: countyId,
      item: 'blame',
      input: '通报',
      onDay: '2021-09-01',
      reason: '测试',
      document: '测试',
      approver: '测试',
    },
    'scores.strike': { id: markId, reason: '测试' },
    'scores.selfSheet': { id: assessingId, unitId: countyId },
    'scores.assess': {
      id: assessingId,
      unitId: countyId,
      rows: [{ item: 'service', points: '30', note: '测试' }],
    },
    'scores.objections': shown,
    'scores.object': { ...shown, unitId: countyId, reason: '分数计算有误' },
    'scores.decide': { id: objectionId, result: 'upheld', decision: '维持原分数' },
    'scores.evidence': { kind: 'objection', id: objectionId },
    'scores.workbook': shown,
    'scores.document': { ...shown, format: 'docx' },
  };
}
