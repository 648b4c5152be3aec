// Long because one county puts something into every table that holds the data of a county.
import { writeWorkbook } from '#core/server/spreadsheet/write.ts';
import type { Caller, TestCity } from '#core/server/testing/test-city.ts';
import { noFacts } from '#modules/enrolment/checklist.ts';
import { enrolment } from '#modules/enrolment/contract.ts';
import { factors } from '#modules/factors/contract.ts';
import { emptyContent, type FilingContent } from '#modules/filings/content.ts';
import { filings } from '#modules/filings/contract.ts';
import { insertAcceptedFilings } from '#modules/filings/server/public.ts';
import { identity } from '#modules/identity/contract.ts';
import { organization } from '#modules/organization/contract.ts';
import { insertPost } from '#modules/organization/server/public.ts';
import { permits } from '#modules/permits/contract.ts';
import { projects } from '#modules/projects/contract.ts';
import { schedules } from '#modules/schedules/contract.ts';
import { openAccounts } from './county-accounts.ts';
import { type ChallengeIds, layOutChallenges } from './county-challenges.ts';
import { layOutCorrections } from './county-corrections.ts';
import { layOutDecomposition } from './county-decomposition.ts';
import { type DutyIds, layOutDuties } from './county-duties.ts';
import { layOutExemptions } from './county-exemptions.ts';
import { layOutExplore } from './county-explore.ts';
import { layOutLives } from './county-life.ts';
import { layOutLists } from './county-lists.ts';
import { layOutMatters, type MatterIds } from './county-matters.ts';
import { layOutMeetings, type MeetingIds } from './county-meetings.ts';
import { layOutMoney } from './county-money.ts';
import { layOutPublications } from './county-publications.ts';
import { layOutRankings } from './county-rankings.ts';
import { layOutScores, type ScoreIds } from './county-scores.ts';
import { layOutSupervision, type SupervisionIds } from './county-supervision.ts';
import { layOutTold } from './county-told.ts';
import { drawPattern } from './pattern.ts';

const wan = (n: number) => n * 10_000;
const from = '2020-01-01';
const day = (text: string) => ({ day: text, precision: 'day' as const, text: null });

export interface County {
  name: string;
  /** Begins every text of the county that is not the name of a unit. */
  secret: string;
  countyId: string;
  firmId: string;
  /** The county's unit and all below it. */
  unitIds: string[];
  /** A clerk who files, and the head of the county. */
  personId: string;
  leaderId: string;
  accountId: string;
  projectIds: Record<string, string>;
  filingIds: Record<string, string>;
  /** Paper of a gate of the project 通过. */
  gateFileId: string;
  /** Scan of a paper of the enrolment. */
  scanId: string;
  correctionId: string;
  dutyIds: DutyIds;
  challengeIds: ChallengeIds;
  /** The county's command post, which verifies its challenges. */
  postId: string;
  matterIds: MatterIds;
  meetingIds: MeetingIds;
  supervisionIds: SupervisionIds;
  scoreIds: ScoreIds;
  /** Of the project 通过, after everything that was done to it. */
  version: number;
  filer: Caller;
}

/** One county with something in every table that holds the data of a county, laid out through the real endpoints. */
export async function layOutCounty(
  city: TestCity,
  headquartersId: string,
  name: string,
  both: { personId: string; accountId: string },
): Promise<County> {
  const secret = `${name}机密`;
  const office = city.as({ role: 'office', name: '总办' });
  const { createUnit, changeUnit, mergeUnit, createPerson, changePerson } = office(organization);
  const unit = (kind: 'county' | 'projectUnit' | 'commandPost', label: string, parentId: string) =>
    createUnit({ name: `${name}${label}`, kind, parentId, validFrom: from, note: secret, reason: secret });
  const county = await unit('county', '', headquartersId);
  const firm = await unit('projectUnit', '城投公司', county.id);
  const post = await unit('commandPost', '指挥部', county.id);
  const former = await unit('projectUnit', '旧公司', county.id);
  await changeUnit({ id: firm.id, version: firm.version, aliases: [`${name}城投`], reason: secret });
  await mergeUnit({ id: former.id, version: 1, validTo: '2021-06-30', successorId: firm.id, reason: secret });
  const unitIds = [county.id, firm.id, post.id, former.id];

  const person = (label: string, unitId: string, phone: string) =>
    createPerson({
      name: `${secret}${label}`,
      phone,
      note: secret,
      post: { unitId, title: `${secret}${label}`, duties: secret, validFrom: from },
    });
  const leader = await person('县长', county.id, '13900000001');
  const clerk = await person('科员', firm.id, '13900000002');
  await changePerson({ id: clerk.id, version: clerk.version, note: `${secret}备注`, reason: secret });
  const bothPost = { personId: both.personId, unitId: firm.id, title: `${secret}顾问`, validFrom: from };
  const postId = await city.system((scope) => insertPost(scope, bothPost));
  const accounts = await openAccounts(city, secret, clerk, leader, county.id);

  const filer = city.as({ role: 'filer', name: `${secret}填报员`, unitIds, personId: clerk.id });
  const common = {
    ownerUnitId: firm.id,
    countyUnitId: county.id,
    commandUnitId: post.id,
    responsibleName: secret,
    responsiblePersonId: clerk.id,
    leaderName: secret,
    leaderPersonId: leader.id,
    contactName: secret,
    contactPhone: `${secret}13900000003`,
    address: secret,
    content: secret,
    funds: secret,
    remark: secret,
    source: secret,
    board: `${secret}板块`,
    tiers: [`${secret}层级`],
    point: { crs: 'WGS-84' as const, x: 113.1, y: 29.3 },
    stage: 'building' as const,
    startActual: day('2020-05-01'),
    totalYuan: wan(50_000),
  };
  const projectIds: Record<string, string> = {};
  for (const label of ['通过', '待审', '草稿', '退回', '未填', '免报', '更正', '打捆']) {
    const made = await office(projects).create({
      ...common,
      name: `${secret}${label}项目`,
      plan: { year: 2021, planYuan: wan(12_000), goal: secret },
    });
    projectIds[label] = made.id;
  }
  const child = await office(projects).create({ ...common, name: `${secret}子项`, parentId: projectIds.打捆! });
  projectIds.子项 = child.id;
  const admin = city.as({ role: 'admin', name: '管理员' })(identity);
  const { accountId } = both;
  await admin.grant({ accountId, postId, role: 'filer', validFrom: from });
  await admin.grant({ accountId, role: 'leader', reach: 'unit', unitId: county.id, validFrom: from });
  await admin.grant({ accountId, role: 'inspector', reach: 'projects', projectIds: [child.id], validFrom: from });
  const accepted = await office(projects).get({ id: projectIds.通过! });
  await office(projects).update({
    id: accepted.id,
    version: accepted.version,
    changes: { totalYuan: wan(51_000) },
    reason: secret,
    document: secret,
  });
  await office(projects).setPlan({
    id: accepted.id,
    year: 2021,
    planYuan: wan(13_000),
    goal: secret,
    curve: null,
    approver: secret,
    reason: secret,
  });
  const { milestones } = await office(projects).setMilestones({
    id: accepted.id,
    milestones: [
      { name: `${secret}封顶`, due: day('2021-09-20'), actual: null },
      { name: `${secret}竣工`, due: day('2021-12-20'), actual: null },
    ],
    reason: secret,
  });
  await filer(projects).saveView({ name: `${secret}视图`, definition: { q: secret }, shared: true });
  const filingIds = await file(city, { secret, office, filer, projectIds, milestoneId: milestones[0]!.id });

  await draftSchedule(office, secret, accepted.id);
  const proof = await office.upload(`${secret}验收.txt`, new TextEncoder().encode(`${secret}验收记录`));
  await office(projects).reachMilestone({
    id: accepted.id,
    milestoneId: milestones[1]!.id,
    reachedOn: '2021-09-19',
    fileId: proof.id,
    note: secret,
  });
  const exempted = { countyId: county.id, approvedId: accepted.id, endedId: projectIds.待审! };
  await layOutExemptions(city, office, secret, exempted);
  await supply(office, secret, accepted.id, firm.id);
  await permit(office, secret, accepted.id, firm.id);
  await layOutMoney({ office, filer }, secret, accepted.id);
  const correctionId = await layOutCorrections({ office, filer }, secret, {
    waitingId: projectIds.待审!,
    doneId: projectIds.未填!,
  });
  const unitCaller = city.as({ role: 'responsibleUnit', name: `${secret}责任单位`, unitIds });
  const lives = { builtId: accepted.id, pausedId: projectIds.免报!, countyId: county.id };
  const gateFileId = await layOutLives({ office, unit: unitCaller }, secret, lives);
  const dutyPlace = { countyId: county.id, projectId: accepted.id };
  const dutyIds = await layOutDuties(city, { office, unit: unitCaller }, secret, dutyPlace);
  const matterPlace = { unitId: county.id, leaderId: leader.id, projectId: accepted.id };
  const matterIds = await layOutMatters({ office, unit: unitCaller }, secret, matterPlace);
  await layOutLists(city, { office, unit: unitCaller }, secret, { ...matterPlace, accountId: accounts });
  const callers = { office: city.as({ role: 'office', name: secret, unitIds }), unit: unitCaller, outside: office };
  const meetingPlace = { countyId: county.id, firmId: firm.id, projectId: projectIds.待审! };
  const meetingIds = await layOutMeetings(callers, secret, meetingPlace);
  const supervisionIds = await layOutSupervision(city, { office, unit: unitCaller }, secret, matterPlace);
  const scoreIds = await layOutScores({ office, unit: unitCaller }, secret, county.id);
  await importLedger(office, secret, firm.name);
  await layOutExplore(city, unitCaller, secret, county.id);
  const scanId = await layOutEnrolment(office, secret, accepted.id);
  const told = { projectId: projectIds.待审!, unitId: firm.id, accountId: accounts };
  await layOutDecomposition(city.as({ role: 'commandPost', name: secret, unitIds }), secret);
  const challengePlace = { countyId: county.id, firmId: firm.id, verifierId: post.id };
  const challengeIds = await layOutChallenges(city, secret, challengePlace);
  await layOutRankings(city, secret, county.id);
  await layOutTold(city, { office, filer }, secret, told);
  await layOutPublications(city, secret, accounts);
  await city.settle();
  return {
    name,
    secret,
    countyId: county.id,
    firmId: firm.id,
    unitIds,
    personId: clerk.id,
    leaderId: leader.id,
    accountId: accounts,
    projectIds,
    filingIds,
    gateFileId,
    scanId,
    correctionId,
    matterIds,
    meetingIds,
    supervisionIds,
    scoreIds,
    dutyIds,
    challengeIds,
    postId: post.id,
    version: (await office(projects).get({ id: accepted.id })).version,
    filer,
  };
}

/** Months to August are accepted; September stands in every state a filing can have. */
async function file(
  city: TestCity,
  scene: {
    secret: string;
    office: Caller;
    filer: Caller;
    projectIds: Record<string, string>;
    milestoneId: string;
  },
): Promise<Record<string, string>> {
  const { secret, office, filer, projectIds, milestoneId } = scene;
  const planned = Object.entries(projectIds).filter(([label]) => label !== '打捆' && label !== '子项');
  await city.system((scope) =>
    insertAcceptedFilings(
      scope,
      planned.flatMap(([, projectId]) =>
        Array.from({ length: 8 }, (_, i) => ({
          projectId,
          period: `2021-0${i + 1}`,
          monthYuan: wan(1_000),
          cumulativeYuan: wan(1_000 * (i + 1)),
          submittedAt: new Date(`2021-0${i + 1}-24T02:00:00Z`),
          submittedByName: secret,
          acceptedAt: new Date(`2021-0${i + 1}-25T02:00:00Z`),
          acceptedByName: '总办',
          content: { imageProgress: `${secret}第 ${i + 1} 层` },
        })),
      ),
    ),
  );
  await office(filings).openCycle({
    period: '2021-09',
    exempt: [{ projectId: projectIds.免报!, reason: secret }],
  });
  const begun = await filer(filings).find({ projectId: projectIds.未填!, period: '2021-09' });
  await filer(filings).showPresence({ id: begun.id, isWriting: true });
  // Two pictures of the county's own: a file is its content, and the same picture would be the same id.
  const hue = [...secret].reduce((sum, c) => sum + c.codePointAt(0)!, 0) % 200;
  const picture = (tone: number) => drawPattern(hue * 7 + tone * 59);
  const photo = await filer.upload(`${secret}现场.png`, await picture(1));
  const draftPhoto = await filer.upload(`${secret}草稿.png`, await picture(2));
  const filled = (fileId: string): FilingContent => ({
    ...emptyContent,
    monthYuan: wan(1_100),
    cumulativeYuan: wan(9_100),
    imageProgress: secret,
    problems: secret,
    note: secret,
    photos: [{ fileId, name: `${secret}.png`, takenAt: null, lat: 29, lon: 113 }],
  });
  const ids: Record<string, string> = {};
  for (const [label, projectId] of planned)
    ids[label] = (await office(filings).find({ projectId, period: '2021-09' })).id;
  const submit = (label: string, more: Partial<FilingContent> = {}) =>
    filer(filings).submit({ id: ids[label]!, draftVersion: 0, content: { ...filled(photo.id), ...more } });
  await filer(filings).saveDraft({ id: ids.草稿!, draftVersion: 0, content: filled(draftPhoto.id) });
  await submit('待审');
  await submit('退回');
  await office(filings).sendBack({ id: ids.退回!, seq: 1, reason: secret, cells: ['monthYuan'] });
  await submit('通过', { milestones: [{ milestoneId, doneOn: '2021-09-20' }] });
  await submit('更正');
  for (const label of ['通过', '更正']) {
    const { hits } = await office(filings).get({ id: ids[label]! });
    const waived = hits.filter((hit) => hit.severity === 'approve').map((hit) => hit.rule);
    await office(filings).accept({ id: ids[label]!, seq: 1, waived });
  }
  await office(filings).correct({ id: ids.更正!, reason: secret, cells: ['monthYuan'] });
  return ids;
}

/** What one project needs and has got, with a part out of the city's pool of land. */
async function supply(office: Caller, secret: string, projectId: string, unitId: string): Promise<void> {
  const api = office(factors);
  const file = await office.upload(`${secret}佐证.txt`, new TextEncoder().encode(`${secret}佐证`));
  await api.setNeed({
    projectId,
    category: 'land',
    version: 0,
    demand: 3_000,
    supplied: 1_000,
    unitId,
    personName: secret,
    promisedOn: '2021-09-20',
    evidence: secret,
    files: [{ fileId: file.id, name: file.name }],
    note: secret,
  });
  const { pools } = await api.pools({});
  const document = '总办文件';
  const pool =
    pools[0] ?? (await api.createPool({ category: 'land', year: 2021, name: '用地指标', size: 90_000, document }));
  await api.allot({ id: pool.id, projectId, amount: 500, document: secret });
}

/** A version with what happened, and a draft beyond it. */
async function draftSchedule(office: Caller, secret: string, id: string): Promise<void> {
  const content = {
    direction: 'backward' as const,
    start: null,
    promised: '2021-12-20',
    calendar: 'city' as const,
    own: null,
    tasks: [1, 2].map((uid) => ({
      uid,
      name: `${secret}工序${uid}`,
      level: 1,
      days: 20,
      links: uid === 1 ? [] : [{ from: 1, kind: 'FS' as const, lag: 0 }],
      constraint: null,
      deadline: null,
      unit: secret,
      note: secret,
    })),
  };
  const { saveDraft, fix, setProgress } = office(schedules);
  await saveDraft({ id, draftVersion: 0, content });
  await fix({ id, draftVersion: 1, reason: secret, approver: secret });
  const progress = [{ uid: 1, actualStart: '2021-09-01', actualFinish: null, percent: 50 }];
  await setProgress({ id, progress, note: secret });
  await saveDraft({ id, draftVersion: 2, content });
}

/** Permits of one project: one step with its document, one that waits for what must be added. */
async function permit(office: Caller, secret: string, projectId: string, unitId: string): Promise<void> {
  const { move, makePlan } = office(permits);
  const { steps } = await makePlan({ projectId, template: 'filed-building' });
  const id = steps.find((step) => step.code === 'approval')!.id;
  const file = await office.upload(`${secret}备案.txt`, new TextEncoder().encode(`${secret}备案`));
  await move({ id, version: 1, event: 'assign', unitId });
  await move({ id, version: 2, event: 'accept', on: '2021-09-01' });
  await move({ id, version: 3, event: 'finish', documentNo: secret, file: { fileId: file.id, name: file.name } });
  const landUse = steps.find((step) => step.code === 'landUse')!.id;
  await move({ id: landUse, version: 1, event: 'accept' });
  await move({ id: landUse, version: 2, event: 'suspend', reason: secret });
}

/** Analysed, not accepted: its rows wait with the county's names in them. */
async function importLedger(office: Caller, secret: string, owner: string): Promise<void> {
  const columns = ['序号', '项目名称', '业主单位', '总投资（万元）', '2021年计划投资（万元）'].map((header) => ({
    header,
  }));
  const rows = [1, 2].map((n) => [n, `${secret}台账项目${n}`, owner, 1000 * n, 100]);
  const bytes = await writeWorkbook([{ sheet: '台账', title: '2021年计划', columns, rows }]);
  const fileName = `${secret}台账.xlsx`;
  const { id } = await office.upload(fileName, bytes);
  await office(projects).startImport({ fileId: id, fileName });
}

/** A paper, a move and a published figure with its gap explained. */
async function layOutEnrolment(office: Caller, secret: string, projectId: string): Promise<string> {
  const api = office(enrolment);
  const scan = await office.upload(`${secret}备案证.txt`, new TextEncoder().encode(`${secret}备案证`));
  const facts = { ...noFacts, unitName: secret, documentNo: secret, verifierName: secret };
  await api.setDocument({ projectId, kind: 'approval', version: 0, fileId: scan.id, isOnPaper: false, facts });
  await api.move({ projectId, event: 'enrol', version: 0, on: '2021-06-01', document: secret });
  await api.setValue({ projectId, period: '2021-08', yuan: wan(7_000), document: secret, issuedOn: '2021-09-10' });
  await api.explainGap({ projectId, period: '2021-08', cause: 'method', text: `${secret}，设备已安装而财务尚未支付` });
  return scan.id;
}
