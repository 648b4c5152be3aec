import type { Words } from '#core/shared/words.ts';
import { codeFindings } from './code-check.ts';
import type { ProjectFields } from './contract.ts';
import { wgs84Of } from './place.ts';

export interface Fault {
  field: keyof ProjectFields;
  code: string;
  words: Words;
}

/** What cannot be true of a project, as the form shows it and the server refuses it. `today` is the civil day. */
export function faultsOf(p: ProjectFields, today: string): Fault[] {
  const faults: Fault[] = [];
  const refuse = (field: Fault['field'], code: string, zh: string, en: string) =>
    faults.push({ field, code, words: { zh, en } });
  const isAfter = (a: { day: string } | null, b: { day: string } | null) => a !== null && b !== null && a.day > b.day;

  if (isAfter(p.startPlanned, p.finishPlanned))
    refuse(
      'finishPlanned',
      'finish_before_start',
      '计划竣工早于计划开工，请核对两个日期',
      'The planned finish is before the planned start; check both dates',
    );
  if (isAfter(p.startActual, p.finishActual))
    refuse(
      'finishActual',
      'finish_before_start',
      '实际竣工早于实际开工，请核对两个日期',
      'The actual finish is before the actual start; check both dates',
    );
  // A month that has begun may be meant as a whole, so only an exact day can lie ahead.
  if (p.startActual?.precision === 'day' && p.startActual.day > today)
    refuse(
      'startActual',
      'in_the_future',
      '实际开工晚于今天，未开工请留空',
      'The actual start lies ahead; leave it empty until it has happened',
    );
  if (p.finishActual?.precision === 'day' && p.finishActual.day > today)
    refuse(
      'finishActual',
      'in_the_future',
      '实际竣工晚于今天，未竣工请留空',
      'The actual finish lies ahead; leave it empty until it has happened',
    );
  if (p.finishActual !== null && p.startActual === null)
    refuse(
      'startActual',
      'start_missing',
      '已填实际竣工，请补填实际开工',
      'There is an actual finish; enter the actual start as well',
    );
  if (p.enrolledOn !== null && !p.enrolled)
    refuse(
      'enrolled',
      'enrolled_missing',
      '已填入统日期，请同时勾选“已入统”',
      'There is a day of enrolment; tick “enrolled” as well',
    );
  if (p.enrolledOn !== null && p.enrolledOn > today)
    refuse(
      'enrolledOn',
      'in_the_future',
      '入统日期晚于今天，请核对',
      'The day of enrolment lies ahead; please check it',
    );
  // Without the city's table only the shape of a code can be judged; doubts are told where the table is at hand.
  for (const { field, severity, words } of codeFindings({ regionCode: p.regionCode }, []))
    if (severity === 'refuse') refuse(field, 'code_shape', words.zh, words.en);
  if (p.point !== null && wgs84Of(p.point) === undefined)
    refuse(
      'point',
      'outside_china',
      '坐标不在我国范围内，请核对经度在前、纬度在后',
      'The point lies outside China; longitude comes first, latitude second',
    );
  return faults;
}

/** Told, never refused: what is unlikely but may be right. */
export function doubtsOf(p: ProjectFields): Fault[] {
  const doubts: Fault[] = [];
  if (p.totalYuan !== null && p.doneBeforeYuan !== null && p.doneBeforeYuan > p.totalYuan)
    doubts.push({
      field: 'doneBeforeYuan',
      code: 'done_over_total',
      words: {
        zh: '至上年底累计大于总投资，请核对单位（亿元、万元）',
        en: 'More was done before this year than the total; check the units',
      },
    });
  if (p.totalYuan !== null && p.totalYuan > 0 && p.totalYuan < 100_000)
    doubts.push({
      field: 'totalYuan',
      code: 'total_very_small',
      words: { zh: '总投资不足 10 万元，请核对单位', en: 'The total is under 100,000 yuan; check the unit' },
    });
  return doubts;
}
