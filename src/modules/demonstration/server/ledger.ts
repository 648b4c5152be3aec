// Long because one invented year of matters is told here: what was fixed on the spot, what was assigned, what was inspected.
import { sql } from 'kysely';
import type { StoredFile } from '#core/server/files.ts';
import { storeFile } from '#core/server/files.ts';
import type { Scope } from '#core/server/scope.ts';
import { addDays, type Day } from '#core/shared/day.ts';
import { insertPastLinks, insertPastMatters, type PastAct, type PastMatter } from '#modules/ledger/server/public.ts';
import {
  ensurePerson,
  ensureUnit,
  findHeadquarters,
  type UnitRef,
  unitsByName,
} from '#modules/organization/server/public.ts';
import { between, draw } from './draw.ts';
import { findingWords, surnames, type Theme, themes } from './matter-words.ts';
import { drawPhotos } from './photos.ts';
import { ever } from './staff.ts';

/**
 * Totals as published; the rows behind them are invented. Source document 004 counts 137 problems solved on the spot and 223
 * tasks assigned by the command posts of another city; 003 counts 147 firms with 407 findings, inspected by 8 groups.
 */
export const published = { onSpot: 137, assigned: 223, firms: 147, findings: 407, groups: 8 };
export const tracksSource = '示例，件数取自中国访谈网2022-09-27：各协调指挥部立行立改137个、交办223项';
export const inspectionSource = '示例，件数取自岳阳日报2021-03-10：排查企业147家、发现问题407条';
export const inspectionName = '全市危险废物大排查（3月3日至11日）';
/** The newest have their pictures and papers in the store; of the others they lie in a cabinet, as it says beside them. */
const withPictures = 14;
const withPapers = 48;
const onPaper = '照片原件存纸质档案（示例）';
/** Findings that were mended while the inspectors stood there. */
const findingsOnSpot = 40;

interface Project {
  id: string;
  serial: number;
  name: string;
  commandUnitId: string;
  countyUnitId: string | null;
  ownerUnitId: string | null;
}

interface Cast {
  officeId: string;
  inspectorId: string;
  unitIds: ReadonlyMap<string, string>;
  /** The county as it is named, and the government through which it answers. */
  counties: readonly (UnitRef & { governmentId: string })[];
  projects: readonly Project[];
}

/** A ledger of one year, in all its states. Returns how many matters were written. */
export async function layOutLedger(scope: Scope): Promise<number> {
  const cast = await castOf(scope);
  const photos = await drawPhotos(scope, withPictures * 2);
  const papers = await writePapers(scope, withPapers);
  const matters = [
    ...onSpot(cast, scope.today, photos),
    ...assigned(cast, scope.today, papers),
    ...drafts(cast, scope.today),
    ...findings(cast, scope.today),
  ];
  const made = await insertPastMatters(scope, matters);
  const idAt = (n: number) => made[published.onSpot + n]!.id;
  // What waits for land or money waits for those who give them.
  await insertPastLinks(
    scope,
    // Every third one is still open, and only what is open blocks anything.
    Array.from({ length: 14 }, (_, i) => ({
      fromId: idAt(3 * ((i * 5 + 1) % 74)),
      toId: idAt(3 * ((i * 7 + 3) % 74)),
      rel: 'blockedBy' as const,
      note: '示例：先决条件未落实',
      on: addDays(scope.today, -5),
    })).filter((link) => link.fromId !== link.toId),
  );
  return made.length;
}

async function castOf(scope: Scope): Promise<Cast> {
  const units = await unitsByName(scope);
  const counties = units.all
    .filter((unit) => unit.kind === 'county')
    .map((county) => ({
      ...county,
      governmentId:
        units.all.find((unit) => unit.parentId === county.id && unit.kind === 'department')?.id ?? county.id,
    }));
  const unitIds = new Map<string, string>();
  const names = [...new Set([...themes.flatMap((theme) => theme.unit ?? []), '岳阳市督查室（示例）'])];
  for (const name of names) {
    const kind = name.includes('供电公司') ? 'stateFirm' : 'department';
    unitIds.set(name, (await ensureUnit(scope, { name, kind, validFrom: ever, reason: '示例城市' })).id);
  }
  const headquarters = (await findHeadquarters(scope))!;
  const commands = units.all.filter((unit) => unit.kind === 'commandPost');
  const answering: { id: string; title: string }[] = [
    { id: headquarters.id, title: '副指挥长' },
    ...commands.map(({ id }) => ({ id, title: '指挥长' })),
    ...counties.map(({ governmentId: id }) => ({ id, title: '分管负责人' })),
    ...[...unitIds.values()].map((id) => ({ id, title: '分管负责人' })),
  ];
  for (const [i, { id, title }] of answering.entries())
    await ensurePerson(scope, {
      name: `${surnames[i % surnames.length]}${['建国', '志远', '晓明', '海涛'][i % 4]}（示例）`,
      unitId: id,
      title,
      leaderOrder: 1,
      validFrom: ever,
      reason: '示例城市',
    });
  const { rows: projects } =
    await sql<Project>`select id, serial, name, command_unit_id, county_unit_id, owner_unit_id from projects.pub_project
    where city_id = ${scope.cityId} and parent_id is null and command_unit_id is not null order by serial limit 420`.execute(
      scope.db,
    );
  return {
    officeId: units.all.find((unit) => unit.kind === 'office')!.id,
    inspectorId: unitIds.get('岳阳市督查室（示例）')!,
    unitIds,
    counties,
    projects,
  };
}

const clerk = (n: number) => `${surnames[n % surnames.length]}工（示例）`;
const inspector = (n: number) => `督查员${'甲乙丙丁'[n % 4]}（示例）`;

/** Days within the year so far, more of them lately, as ledgers are; never after `last`. */
function dayOf(n: number, question: string, first: Day, last: Day, span: number): Day {
  const day = addDays(first, Math.floor(Math.sqrt(draw(n, question)) * span));
  return day > last ? last : day;
}

const photo = (kind: 'photoBefore' | 'photoAfter', file: StoredFile | undefined) =>
  file ? { kind, file } : { kind, words: onPaper };
const paper = (file: StoredFile | undefined) =>
  file ? { kind: 'document' as const, file } : { kind: 'document' as const, words: '办理文件存纸质档案（示例）' };

function onSpot(cast: Cast, today: Day, photos: readonly StoredFile[]): PastMatter[] {
  const days = Array.from({ length: published.onSpot }, (_, i) =>
    dayOf(i, 'spot day', `${today.slice(0, 4)}-02-20`, addDays(today, -1), 218),
  );
  const newest = days.map((day, i) => ({ day, i })).sort((a, b) => (a.day < b.day ? 1 : -1));
  return Array.from({ length: published.onSpot }, (_, i): PastMatter => {
    const at = newest.findIndex((one) => one.i === i);
    const project = cast.projects[(i * 3) % cast.projects.length]!;
    const theme = themes[between(i, 'spot theme', 0, themes.length - 1)]!;
    const what = theme.onSpot[between(i, 'spot what', 0, theme.onSpot.length - 1)]!;
    const on = days[i]!;
    // On the site it is the project's own unit that mends, where one is known.
    const leadUnitId = project.ownerUnitId ?? leadOf(cast, project, theme);
    const checked = addDays(on, between(i, 'spot check', 1, 6));
    const by = clerk(i);
    const acts: PastAct[] = [
      { act: 'sign', on, by, unitId: leadUnitId },
      {
        act: 'claim',
        on,
        by,
        unitId: leadUnitId,
        text: '现场协调、当场整改',
        evidence: [photo('photoBefore', photos[at * 2]), photo('photoAfter', photos[at * 2 + 1])],
      },
    ];
    // What was mended in the last days still waits for its sample.
    if (checked <= addDays(today, -4))
      acts.push({
        act: 'pass',
        on: checked,
        by: inspector(i),
        unitId: cast.inspectorId,
        method: i % 3 === 0 ? 'onSite' : 'photo',
        text: '抽查属实',
      });
    return {
      kind: 'problem',
      track: 'onSpot',
      title: `${project.name}：${what}`,
      category: theme.category,
      source: { kind: 'site', title: tracksSource },
      projectId: project.id,
      leadUnitId,
      verifierUnitId: cast.inspectorId,
      watchUnitIds: [project.commandUnitId],
      raiserUnitId: project.commandUnitId,
      raisedByName: clerk(i + 7),
      raisedOn: on,
      issuedOn: on,
      dueOn: on,
      details: { kind: 'problem', foundOn: on, place: '施工现场', measures: '现场协调、当场整改' },
      demo: true,
      acts,
    };
  });
}

const levels = ['project', 'command', 'command', 'county', 'headquarters'] as const;

function assigned(cast: Cast, today: Day, papers: readonly StoredFile[]): PastMatter[] {
  return Array.from({ length: published.assigned }, (_, i): PastMatter => {
    const project = cast.projects[(i * 5 + 1) % cast.projects.length]!;
    const theme = themes[between(i, 'task theme', 0, themes.length - 1)]!;
    const what = theme.assigned[between(i, 'task what', 0, theme.assigned.length - 1)]!;
    const owner = project.ownerUnitId;
    const leadUnitId = owner !== null && i % 4 === 0 ? owner : leadOf(cast, project, theme);
    // Two thirds are over; the others are in every state there is.
    const stage = i % 3 === 0 ? i % 27 : 99;
    const isFresh = stage === 0 || stage === 3;
    const raisedOn = isFresh
      ? addDays(today, -between(i, 'fresh', 1, 6))
      : stage === 99
        ? dayOf(i, 'task day', `${today.slice(0, 4)}-02-22`, addDays(today, -45), 190)
        : addDays(today, -between(i, 'open', 14, 70));
    const limit = [15, 20, 30, 45, 60][between(i, 'limit', 0, 4)]!;
    const dueOn = addDays(raisedOn, limit);
    const co = [...cast.unitIds.values()].filter((id) => id !== leadUnitId && id !== cast.inspectorId);
    return {
      kind: 'task',
      title: `${project.name}：${what}`,
      body: `由牵头单位会同项目单位办理，按时限反馈办结情况。（示例）`,
      category: theme.category,
      urgency: i % 17 === 0 ? 'urgent' : i % 5 === 0 ? 'hard' : 'normal',
      source: { kind: i % 4 === 0 ? 'meeting' : 'document', title: tracksSource },
      projectId: project.id,
      leadUnitId,
      coUnitIds: [
        ...(i % 3 === 1 ? [co[i % co.length]!] : []),
        ...(owner !== null && owner !== leadUnitId ? [owner] : []),
      ],
      watchUnitIds: [project.commandUnitId],
      verifierUnitId: cast.officeId,
      raiserUnitId: project.commandUnitId,
      raisedByName: clerk(i + 3),
      raisedOn,
      issuedOn: raisedOn,
      dueOn,
      level: levels[i % levels.length]!,
      details: { kind: 'task', target: what, quantity: null, quantityUnit: null },
      demo: true,
      acts: taskActs(i, {
        raisedOn,
        dueOn,
        today,
        leadUnitId,
        verifierId: cast.officeId,
        file: stage === 99 ? undefined : papers[i % papers.length],
        stage,
      }),
    };
  });
}

interface Plot {
  raisedOn: Day;
  dueOn: Day;
  today: Day;
  leadUnitId: string;
  verifierId: string;
  file: StoredFile | undefined;
  /** 99: over. Else what it stands at today. */
  stage: number;
}

function taskActs(i: number, { raisedOn, dueOn, today, leadUnitId, verifierId, file, stage }: Plot): PastAct[] {
  const by = clerk(i);
  const unitId = leadUnitId;
  const own = { by, unitId };
  const within = (day: Day) => (day > today ? today : day);
  const signedOn = within(addDays(raisedOn, between(i, 'sign', 0, 4)));
  const sign: PastAct = { act: 'sign', on: signedOn, ...own };
  const report: PastAct = {
    act: 'report',
    on: within(addDays(signedOn, between(i, 'report', 1, 6))),
    ...own,
    text: '已对接，正在办理',
  };
  const claim = (on: Day): PastAct => ({
    act: 'claim',
    on: within(on),
    ...own,
    text: '已办结，附办理文件',
    evidence: [paper(file)],
  });
  const judge = (act: 'pass' | 'return', on: Day, text: string): PastAct => ({
    act,
    on: within(on),
    by: inspector(i),
    unitId: verifierId,
    method: 'document',
    text,
  });
  switch (stage) {
    case 0:
    case 3:
      return i % 2 === 0 ? [] : [sign];
    case 6:
      return [];
    case 9:
      return [sign];
    case 12:
      return [sign, report, claim(addDays(today, -3))];
    case 15:
      return [sign, report, claim(addDays(today, -8)), judge('return', addDays(today, -4), '佐证不全，请补批复原件')];
    case 18:
      return [
        sign,
        report,
        {
          act: 'suspend',
          on: addDays(today, -9),
          by: '总办（示例）',
          text: '等待上级批复',
          resumeOn: addDays(today, 30),
        },
      ];
    case 21: {
      const asked = addDays(report.on, 1);
      return asked <= dueOn && asked < today
        ? [
            sign,
            report,
            {
              act: 'extend',
              on: asked,
              ...own,
              dueOn: addDays(dueOn, 20),
              text: '材料需重新公示',
              decidedOn: i % 2 === 0 ? null : asked,
              decidedBy: '总办（示例）',
            },
          ]
        : [sign, report];
    }
    case 24:
      return [
        sign,
        report,
        claim(addDays(today, -2)),
        { act: 'take', on: addDays(today, -1), by: inspector(i), unitId: verifierId },
      ];
  }
  // Over: most in time, some after an extension, some late, some returned once, a few came back.
  const late = i % 7 === 1 ? between(i, 'late', 2, 15) : -between(i, 'early', 0, 6);
  const extended = i % 11 === 2 && late > 0;
  const claimedOn = [addDays(dueOn, late), addDays(report.on, 1)].sort().at(-1)!;
  const acts: PastAct[] = [sign, report];
  if (extended && report.on <= addDays(dueOn, -1))
    acts.push({
      act: 'extend',
      on: addDays(dueOn, -1),
      ...own,
      dueOn: addDays(dueOn, 20),
      text: '汛期不能施工',
      decidedOn: dueOn,
      decidedBy: '总办（示例）',
    });
  acts.push(claim(claimedOn));
  if (i % 13 === 4) acts.push(judge('return', addDays(claimedOn, 2), '现场与材料不符'), claim(addDays(claimedOn, 6)));
  acts.push(judge('pass', addDays(claimedOn, i % 13 === 4 ? 9 : 3), '材料齐全，同意销号'));
  const passed = acts.at(-1)!.on;
  if (i % 37 === 5 && passed < addDays(today, -10))
    acts.push(
      { act: 'reopen', on: addDays(today, -9), by: '总办（示例）', text: '回访发现问题反弹' },
      { act: 'report', on: addDays(today, -5), ...own, text: '重新组织办理' },
    );
  return acts;
}

/** The department of the theme, else the government of the project's county. */
function leadOf(cast: Cast, project: Project, theme: Theme): string {
  if (theme.unit) return cast.unitIds.get(theme.unit)!;
  return (cast.counties.find(({ id }) => id === project.countyUnitId) ?? cast.counties[0]!).governmentId;
}

/** Not yet assigned: they count in no total. */
const drafts = (cast: Cast, today: Day): PastMatter[] =>
  Array.from({ length: 6 }, (_, i): PastMatter => {
    const project = cast.projects[i * 31 + 4]!;
    const theme = themes[i]!;
    return {
      kind: 'problem',
      title: `${project.name}：${theme.assigned[0]}`,
      category: theme.category,
      source: { kind: 'self', title: '示例' },
      projectId: project.id,
      leadUnitId: theme.unit ? cast.unitIds.get(theme.unit)! : null,
      watchUnitIds: [project.commandUnitId],
      raiserUnitId: project.commandUnitId,
      raisedByName: clerk(i),
      raisedOn: addDays(today, -i - 1),
      issuedOn: null,
      dueOn: null,
      demo: true,
      acts: [],
    };
  });

/** 147 firms, 407 findings, 8 groups: every firm has two or three, the first ones one more, until it is 407. */
function findings(cast: Cast, today: Day): PastMatter[] {
  const { firms, findings: total, groups } = published;
  const year = today.slice(0, 4);
  const each = Math.floor(total / firms);
  const matters: PastMatter[] = [];
  for (let firm = 0; firm < firms; firm++) {
    const county = cast.counties[firm % cast.counties.length]!;
    // Groups went by area, as the inspection did.
    const group = (firm % cast.counties.length) % groups;
    const foundOn = `${year}-03-0${3 + between(firm, 'found', 0, 2)}`;
    const count = each + (firm < total - each * firms ? 1 : 0);
    for (let n = 0; n < count; n++) {
      const i = matters.length;
      const isOnSpot = i % 10 === 4 && Math.floor(i / 10) < findingsOnSpot;
      const what = findingWords[(firm * 5 + n * 3) % findingWords.length]!;
      const objectName = `示例企业${String(firm + 1).padStart(3, '0')}（${county.shortName ?? county.name}）`;
      matters.push({
        kind: 'finding',
        track: isOnSpot ? 'onSpot' : 'assigned',
        title: `${objectName}：${what}`,
        category: 'dust',
        source: { kind: 'inspection', title: inspectionSource, on: foundOn },
        leadUnitId: county.governmentId,
        verifierUnitId: cast.inspectorId,
        raiserUnitId: cast.unitIds.get('岳阳市生态环境局')!,
        raisedByName: `第${'一二三四五六七八'[group]}组（示例）`,
        raisedOn: foundOn,
        issuedOn: foundOn,
        dueOn: isOnSpot ? foundOn : addDays(foundOn, 27),
        level: 'county',
        details: {
          kind: 'finding',
          foundOn,
          inspection: inspectionName,
          groupName: `第${'一二三四五六七八'[group]}组`,
          objectName,
          objectCode: null,
          measures: isOnSpot ? '现场指导整改' : '制定整改方案，限期完成',
        },
        demo: true,
        acts: findingActs(i, isOnSpot, {
          foundOn,
          today,
          leadUnitId: county.governmentId,
          verifierId: cast.inspectorId,
        }),
      });
    }
  }
  return matters;
}

function findingActs(
  i: number,
  isOnSpot: boolean,
  {
    foundOn,
    today,
    leadUnitId: unitId,
    verifierId,
  }: { foundOn: Day; today: Day; leadUnitId: string; verifierId: string },
): PastAct[] {
  const own = { by: clerk(i), unitId };
  const judged = { by: inspector(i), unitId: verifierId, method: 'onSite' as const };
  if (isOnSpot)
    return [
      { act: 'sign', on: foundOn, ...own },
      {
        act: 'claim',
        on: foundOn,
        ...own,
        text: '现场指导整改到位',
        evidence: [photo('photoBefore', undefined), photo('photoAfter', undefined)],
      },
      { act: 'pass', on: addDays(foundOn, 5), ...judged, text: '抽查属实' },
    ];
  const signedOn = addDays(foundOn, between(i, 'f sign', 0, 3));
  const acts: PastAct[] = [
    { act: 'sign', on: signedOn, ...own },
    { act: 'report', on: addDays(signedOn, 3), ...own, text: '整改方案已报' },
  ];
  // A few firms drag on until today; one in twenty was done late.
  if (i % 29 === 7) return acts;
  const claimedOn = addDays(foundOn, i % 20 === 3 ? between(i, 'f late', 29, 44) : between(i, 'f done', 9, 27));
  acts.push({
    act: 'claim',
    on: claimedOn,
    ...own,
    text: '已整改，附复查表',
    evidence: [paper(undefined)],
  });
  if (i % 29 === 11) return acts;
  acts.push({
    act: 'pass',
    on: addDays(claimedOn, between(i, 'f pass', 2, 12)),
    ...judged,
    text: '复查属实，同意销号',
  });
  if (i % 101 === 9)
    acts.push({ act: 'reopen', on: addDays(today, -20), by: '督查室（示例）', text: '回头看发现反弹' });
  return acts;
}

/** One short text each: what a unit hands in when it says that it is done. */
async function writePapers(scope: Scope, count: number): Promise<StoredFile[]> {
  const made: StoredFile[] = [];
  for (let at = 0; at < count; at += 32)
    made.push(
      ...(await Promise.all(
        Array.from({ length: Math.min(32, count - at) }, (_, i) => {
          const n = String(at + i + 1).padStart(3, '0');
          const name = `示例-办理情况-${n}.txt`;
          return storeFile(
            scope,
            new TextEncoder().encode(`办理情况说明（示例 ${n}）\n本件为演示虚构，不代表任何真实单位。\n`),
            name,
          );
        }),
      )),
    );
  return made;
}
