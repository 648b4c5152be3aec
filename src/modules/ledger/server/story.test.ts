import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scope } from '#core/server/scope.ts';
import { type Caller, type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { ensureUnit, insertPerson } from '#modules/organization/server/public.ts';
import { ledger } from '../contract.ts';
import type { MatterInput } from '../shapes.ts';

let city: TestCity;
let office: Caller;
let lead: Caller;
let co: Caller;
let stranger: Caller;
let inspector: Caller;
let unit: Record<'lead' | 'co' | 'other' | 'inspection', string>;
let leaderId: string;

const photo = async (caller: Caller, seed: number): Promise<string> => {
  const { default: sharp } = await import('sharp');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="320" height="240"><rect width="320" height="240" fill="hsl(${seed * 40},40%,60%)"/>${Array.from(
    { length: 12 },
    (_, i) =>
      `<rect x="${(i * 53 * (seed + 1)) % 300}" y="${(i * 37 * (seed + 2)) % 220}" width="${20 + ((i * seed * 7) % 60)}" height="${15 + ((i * seed * 11) % 50)}" fill="hsl(${(i * 77 + seed * 31) % 360},70%,${20 + ((i * 13) % 60)}%)"/>`,
  ).join('')}</svg>`;
  return (await caller.upload(`p${seed}.jpg`, await sharp(Buffer.from(svg)).jpeg().toBuffer())).id;
};

const paper = async (caller: Caller, words: string): Promise<string> =>
  (await caller.upload('回复.txt', new TextEncoder().encode(words))).id;

const problem = (changes: Partial<MatterInput> = {}) => ({
  kind: 'problem' as const,
  title: '机场快速路二标段管线迁改滞后影响路基施工',
  source: { kind: 'site' as const },
  leadUnitId: unit.lead,
  dueOn: '2021-10-15',
  ...changes,
});

const raise = (changes: Partial<MatterInput> = {}) => office(ledger).raise({ ...problem(changes), issue: true });

beforeAll(async () => {
  city = await testCity({ today: '2021-09-26' });
  unit = await city.system(async (scope: Scope) => {
    const ids = {
      lead: (await ensureUnit(scope, { name: '市住房和城乡建设局', kind: 'department' })).id,
      co: (await ensureUnit(scope, { name: '市自然资源和规划局', kind: 'department' })).id,
      other: (await ensureUnit(scope, { name: '市水利局', kind: 'department' })).id,
      inspection: (await ensureUnit(scope, { name: '市委督查室', kind: 'department' })).id,
    };
    leaderId = (await insertPerson(scope, { name: '示例领导', unitId: ids.lead, title: '局长', leaderOrder: 1 }))
      .personId;
    await insertPerson(scope, { name: '水利领导', unitId: ids.other, title: '局长', leaderOrder: 1 });
    return ids;
  });
  office = city.as({ role: 'office', name: '总办' });
  lead = city.as({ role: 'responsibleUnit', name: '住建经办', unitIds: [unit.lead] });
  co = city.as({ role: 'responsibleUnit', name: '资规经办', unitIds: [unit.co] });
  stranger = city.as({ role: 'responsibleUnit', name: '水利经办', unitIds: [unit.other] });
  inspector = city.as({ role: 'inspector', name: '督查员' });
});
afterAll(() => city.close());

describe('a matter from raised to struck off', () => {
  it('goes the whole way: issued, signed for, reported, claimed with evidence, verified by somebody outside', async () => {
    const { id, no } = await raise({ coUnitIds: [unit.co] });
    expect(no).toMatch(/^问〔2021〕\d+号$/);
    const issued = await office(ledger).matter({ id });
    expect(issued).toMatchObject({
      state: 'issued',
      light: 'normal',
      dueOriginal: '2021-10-15',
      leadLeaderId: leaderId,
      leadUnitName: '市住房和城乡建设局',
    });
    expect((await lead(ledger).sign({ ids: [id] })).done).toHaveLength(1);
    await lead(ledger).report({ id, text: '已完成管线权属单位对接' });
    await co(ledger).contribute({ id, text: '用地红线资料已提供' });
    await lead(ledger).claim({
      id,
      text: '管线已全部迁改',
      evidence: [{ kind: 'photoAfter', fileId: await photo(lead, 1) }],
    });
    await inspector(ledger).verify({ id, result: 'passed', method: 'onSite', note: '现场看过，属实' });
    const closed = await office(ledger).matter({ id });
    expect(closed).toMatchObject({ state: 'closed', light: 'done', closedOn: '2021-09-26', claimedOn: '2021-09-26' });
    expect(closed.events.map((e) => e.act)).toEqual([
      'raise',
      'issue',
      'sign',
      'report',
      'contribute',
      'claim',
      'pass',
    ]);
    expect(closed.verifications).toMatchObject([{ result: 'passed', verifierName: '督查员' }]);
    expect(closed.parties.find((p) => p.role === 'co')).toMatchObject({ contribution: '用地红线资料已提供' });
  });

  it('is struck off a second time after it came back, by a verification of its own', async () => {
    const { id } = await raise();
    await lead(ledger).sign({ ids: [id] });
    for (const seed of [21, 22]) {
      await lead(ledger).claim({
        id,
        text: '已整改',
        evidence: [{ kind: 'photoAfter', fileId: await photo(lead, seed) }],
      });
      const { version } = await inspector(ledger).matter({ id });
      await inspector(ledger).verify({ id, version, result: 'passed', method: 'photo', note: '属实' });
      if (seed === 21) await office(ledger).reopen({ id, reason: '回访发现又被占压' });
    }
    const { verifications } = await office(ledger).matter({ id });
    expect(verifications.map((v) => [v.round, v.result])).toEqual([
      [1, 'passed'],
      [2, 'passed'],
    ]);
    expect(verifications.some((v) => v.id === id)).toBe(false);
  });

  it('is not claimed without the evidence its kind asks for', async () => {
    const { id } = await raise();
    await lead(ledger).sign({ ids: [id] });
    await expect(lead(ledger).claim({ id, text: '已办', evidence: [] })).rejects.toMatchObject({
      code: 'evidence_missing',
      words: { zh: '申请销号需要：整改后照片，或文件' },
    });
    expect(await office(ledger).matter({ id })).toMatchObject({ state: 'signed', claimedOn: null });
  });

  it('is never verified by those who worked on it, nor by a leader who answers for it', async () => {
    const { id } = await raise();
    await lead(ledger).sign({ ids: [id] });
    await lead(ledger).claim({
      id,
      text: '已办',
      evidence: [{ kind: 'document', fileId: await paper(lead, '回复一') }],
    });
    const insiders = [
      city.as({ role: 'inspector', name: '住建的督查员', unitIds: [unit.lead] }),
      city.as({ role: 'inspector', name: '示例领导', personId: leaderId }),
    ];
    for (const insider of insiders)
      await expect(
        insider(ledger).verify({ id, result: 'passed', method: 'document', note: '同意' }),
      ).rejects.toMatchObject({ code: 'verifier_inside' });
    await expect(lead(ledger).verify({ id, result: 'passed', method: 'document', note: '同意' })).rejects.toMatchObject(
      {
        status: 403,
      },
    );
    expect((await office(ledger).matter({ id })).state).toBe('claimed');
  });

  it('goes to the lead leader with the second return, and each return asks for new evidence', async () => {
    const { id } = await raise();
    await lead(ledger).sign({ ids: [id] });
    for (const [round, seed] of [3, 4].entries()) {
      await lead(ledger).claim({
        id,
        text: '已整改',
        evidence: [{ kind: 'photoAfter', fileId: await photo(lead, seed) }],
      });
      await inspector(ledger).verify({ id, result: 'failed', method: 'photo', note: '照片看不清位置' });
      const returned = await office(ledger).matter({ id });
      expect(returned).toMatchObject({ state: 'returned', returns: round + 1 });
      expect(returned.events.at(-1)?.payload.toLeader).toBe(round === 0 ? undefined : leaderId);
    }
    await expect(lead(ledger).claim({ id, text: '再报一次', evidence: [] })).rejects.toMatchObject({
      code: 'evidence_missing',
    });
  });

  it('flags a picture that another matter holds already, also when it was stored anew', async () => {
    const [first, second] = [await raise(), await raise()];
    await lead(ledger).sign({ ids: [first.id, second.id] });
    const fileId = await photo(lead, 7);
    await lead(ledger).claim({ id: first.id, text: '已办', evidence: [{ kind: 'photoAfter', fileId }] });
    const { default: sharp } = await import('sharp');
    const bytes = new Uint8Array(await (await lead.request(`/api/matters/${first.id}/files/${fileId}`)).arrayBuffer());
    const again = await lead.upload('again.jpg', await sharp(bytes).resize(300).jpeg({ quality: 60 }).toBuffer());
    await lead(ledger).claim({ id: second.id, text: '已办', evidence: [{ kind: 'photoAfter', fileId: again.id }] });
    const seen = await office(ledger).matter({ id: second.id });
    expect(seen.evidence[0]?.alsoIn).toEqual({ id: first.id, no: first.no });
  });
});

describe('limits', () => {
  it('moves only the current limit by an extension, keeps the original one, and grants at most two', async () => {
    const { id } = await raise();
    await lead(ledger).sign({ ids: [id] });
    for (const dueOn of ['2021-10-25', '2021-11-05']) {
      await lead(ledger).askExtension({ id, dueOn, reason: '管线权属单位停电计划调整' });
      await expect(lead(ledger).decideExtension({ id, isGranted: true })).rejects.toMatchObject({ status: 403 });
      await office(ledger).decideExtension({ id, isGranted: true });
    }
    expect(await office(ledger).matter({ id })).toMatchObject({
      dueOriginal: '2021-10-15',
      dueCurrent: '2021-11-05',
      extensions: 2,
    });
    await expect(
      lead(ledger).askExtension({ id, dueOn: '2021-12-01', reason: '还需要时间协调' }),
    ).rejects.toMatchObject({ code: 'too_often' });
  });

  it('counts the limit of a template from the day of issuing, over the working calendar', async () => {
    const { id } = await raise({ dueOn: null, template: '13710' });
    const matter = await office(ledger).matter({ id });
    expect(matter).toMatchObject({ dueOriginal: '2021-10-03', redOn: '2021-10-04', yellowOn: '2021-09-28' });
    expect(matter.nodes.map((n) => [n.code, n.dueOn])).toEqual([
      ['deploy', '2021-09-27'],
      ['measures', '2021-09-29'],
    ]);
    await lead(ledger).sign({ ids: [id] });
    await lead(ledger).report({ id, node: 'deploy', text: '已召开专题会部署' });
    expect(await office(ledger).matter({ id })).toMatchObject({ yellowOn: '2021-09-30' });
  });

  it('refuses to issue without a lead unit, names the one reason, and issues the others', async () => {
    const draft = await office(ledger).raise({ ...problem(), leadUnitId: null });
    const whole = await office(ledger).raise(problem());
    const outcome = await office(ledger).issue({ ids: [draft.id, whole.id] });
    expect(outcome.done).toEqual([{ id: whole.id, no: whole.no }]);
    expect(outcome.refused).toMatchObject([{ no: draft.no, reason: { zh: expect.stringContaining('没有牵头单位') } }]);
  });

  it('has one lead: naming it as co-responsible too, or as verifier, is refused', async () => {
    await expect(raise({ coUnitIds: [unit.lead] })).rejects.toMatchObject({ code: 'lead_twice' });
    await expect(raise({ verifierUnitId: unit.lead })).rejects.toMatchObject({ code: 'verifier_inside' });
  });
});

describe('people who are no party', () => {
  it('see nothing of a matter: reading and acting answer as if it did not exist', async () => {
    const { id } = await raise({ coUnitIds: [unit.co] });
    await expect(stranger(ledger).matter({ id })).rejects.toMatchObject({ status: 404 });
    await expect(stranger(ledger).sign({ ids: [id] })).rejects.toMatchObject({ status: 404 });
    await expect(stranger(ledger).report({ id, text: '试一试' })).rejects.toMatchObject({ status: 404 });
    expect((await co(ledger).matter({ id })).id).toBe(id);
    await expect(co(ledger).claim({ id, text: '代为销号', evidence: [] })).rejects.toMatchObject({
      code: 'not_the_lead',
    });
  });

  it('are office people too when it comes to doing the work of a unit', async () => {
    const { id } = await raise();
    expect((await office(ledger).sign({ ids: [id] })).refused).toMatchObject([{ reason: { zh: '不是牵头单位' } }]);
  });
});

describe('those who have to do the work', () => {
  it('neither rest their matter, nor void it, nor let it go into another: its colour would go with it', async () => {
    // A command post holds the rights of supervision, and is now and then the lead itself.
    const post = city.as({ role: 'commandPost', name: '指挥部经办', unitIds: [unit.lead] });
    const [own, other] = [await raise(), await raise()];
    const attempts = [
      () => post(ledger).suspend({ id: own.id, basis: '等省级批复', resumeOn: '2022-01-01' }),
      () => post(ledger).void({ id: own.id, reason: '不办了' }),
      () => post(ledger).merge({ id: own.id, intoId: other.id, reason: '合并' }),
    ];
    for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ code: 'supervisor_inside' });
    const { allowed, state } = await post(ledger).matter({ id: own.id });
    expect(state).toBe('issued');
    for (const act of ['suspend', 'void', 'merge']) expect(allowed).not.toContain(act);
    await office(ledger).suspend({ id: own.id, basis: '等省级批复', resumeOn: '2022-01-01' });
    await expect(post(ledger).resume({ id: own.id })).rejects.toMatchObject({ code: 'supervisor_inside' });
  });

  it('record what was mended on the spot for their own unit only', async () => {
    const evidence = [
      { kind: 'photoBefore' as const, fileId: await photo(stranger, 31) },
      { kind: 'photoAfter' as const, fileId: await photo(stranger, 32) },
    ];
    const spot = { ...problem({ title: '渣土未清运' }), measures: '当场清运', evidence };
    await expect(stranger(ledger).recordOnSpot(spot)).rejects.toMatchObject({ code: 'not_the_lead' });
    await stranger(ledger).recordOnSpot({ ...spot, leadUnitId: unit.other });
  });
});

describe('other ways of a matter', () => {
  it('rests on a basis, moves its current limit by the days it rested, and goes on where it was', async () => {
    const { id } = await raise();
    await lead(ledger).sign({ ids: [id] });
    await office(ledger).suspend({ id, basis: '等待省级批复', resumeOn: '2021-11-01' });
    expect(await office(ledger).matter({ id })).toMatchObject({ state: 'suspended', light: 'idle' });
    await office(ledger).resume({ id });
    expect(await office(ledger).matter({ id })).toMatchObject({ state: 'signed', dueOriginal: '2021-10-15' });
  });

  it('closes a split matter with its last part, and opens it again when a part comes back', async () => {
    const { id } = await raise();
    await lead(ledger).sign({ ids: [id] });
    const { parts } = await office(ledger).split({
      id,
      parts: [problem({ title: '迁改燃气管' }), problem({ title: '迁改通信管' })],
    });
    await expect(
      lead(ledger).claim({ id, text: '已办', evidence: [{ kind: 'document', fileId: await paper(lead, '总') }] }),
    ).rejects.toMatchObject({ code: 'parts_open' });
    for (const [i, part] of parts.entries()) {
      await lead(ledger).sign({ ids: [part.id] });
      await lead(ledger).claim({
        id: part.id,
        text: '已办',
        evidence: [{ kind: 'document', fileId: await paper(lead, `件${i}`) }],
      });
      await inspector(ledger).verify({ id: part.id, result: 'passed', method: 'document', note: '属实' });
    }
    expect(await office(ledger).matter({ id })).toMatchObject({ state: 'closed', closeReason: '子事项全部销号' });
    await office(ledger).reopen({ id: parts[0]!.id, reason: '回访发现管线又被占压' });
    expect((await office(ledger).matter({ id })).state).toBe('reopened');
  });

  it('records what was fixed on the spot as claimed, with both photos, and still has it verified', async () => {
    const inspectorHere = city.as({ role: 'inspector', name: '巡查员', unitIds: [unit.inspection], projectIds: [] });
    await expect(
      office(ledger).recordOnSpot({
        ...problem(),
        measures: '当场清理',
        evidence: [{ kind: 'photoAfter', fileId: await photo(office, 11) }],
      }),
    ).rejects.toMatchObject({ code: 'evidence_missing' });
    const made = await inspectorHere(ledger).recordOnSpot({
      ...problem({ title: '裸土未覆盖' }),
      measures: '当场覆盖到位',
      evidence: [
        { kind: 'photoBefore', fileId: await photo(inspectorHere, 12) },
        { kind: 'photoAfter', fileId: await photo(inspectorHere, 13) },
      ],
    });
    expect(await office(ledger).matter({ id: made.id })).toMatchObject({ state: 'claimed', track: 'onSpot' });
    await expect(
      inspectorHere(ledger).verify({ id: made.id, result: 'passed', method: 'photo', note: '自己看自己' }),
    ).rejects.toMatchObject({ code: 'verifier_inside' });
    await inspector(ledger).verify({ id: made.id, result: 'passed', method: 'photo', note: '属实' });
  });

  it('is raised level by level, never down, and tells a moved version', async () => {
    const { id } = await raise({ level: 'county' });
    await office(ledger).escalate({ id, reason: '县区协调不动' });
    expect((await office(ledger).matter({ id })).level).toBe('command');
    await expect(office(ledger).escalate({ id, level: 'county', reason: '退回去' })).rejects.toMatchObject({
      code: 'not_higher',
    });
    await expect(office(ledger).escalate({ id, reason: '再上一级', version: 1 })).rejects.toMatchObject({
      code: 'moved',
    });
  });

  it('issues a closed matter anew when a leader comments again', async () => {
    const { id } = await raise();
    await lead(ledger).sign({ ids: [id] });
    await lead(ledger).claim({ id, text: '已办', evidence: [{ kind: 'document', fileId: await paper(lead, '件') }] });
    await inspector(ledger).verify({ id, result: 'passed', method: 'document', note: '属实' });
    await office(ledger).remark({
      id,
      text: '请再核一次实际效果',
      leaderName: '示例市长',
      on: '2021-09-26',
      reopen: true,
    });
    expect(await office(ledger).matter({ id })).toMatchObject({ state: 'reopened', reopens: 1 });
  });
});
