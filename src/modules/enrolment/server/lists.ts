import { audited } from '#core/server/audit.ts';
import { invalid } from '#core/server/errors.ts';
import { claimFile, filePath } from '#core/server/files.ts';
import type { Scope } from '#core/server/scope.ts';
import { readWorkbook } from '#core/server/spreadsheet/read.ts';
import type { ParsedOf } from '#core/shared/contract.ts';
import type { MoneyUnit } from '#core/shared/money.ts';
import { isWithinReach, listForMatching, type ProjectRecord, setEnrolled } from '#modules/projects/server/public.ts';
import type { enrolment, ListPreview } from '../contract.ts';
import { matcher, type OfficeList, readOfficeList } from '../office-list.ts';
import { noProject } from './present.ts';
import { currentRules } from './rules-store.ts';
import { insertEvents, setPapers } from './store.ts';
import { listPairs, putValues } from './value-store.ts';

/** A list of a city has hundreds of lines; what is far longer is another file. */
const limits = { rows: 10_000, columns: 200, fileBytes: 20 * 2 ** 20 };

async function listIn(scope: Scope, fileId: string, unit: MoneyUnit | undefined): Promise<OfficeList> {
  const { sheets } = await readWorkbook(await filePath(scope, fileId), { limits });
  const list = readOfficeList(sheets, unit ?? null);
  if (!list)
    throw invalid('no_list', {
      zh: '没有找到名单表头：表中应有“项目名称”和“本年累计完成投资”等列名，请检查是否选错了文件',
      en: 'No heading of a list was found: columns for the project name and the investment of the year are needed',
    });
  return list;
}

const within = async (scope: Scope): Promise<ProjectRecord[]> =>
  (await listForMatching(scope)).filter((project) => isWithinReach(scope, 'enrolment.statistics', project));

/** What a list would write: each line with the project it means. Writes nothing. */
export async function previewList(
  scope: Scope,
  { fileId, period, unit }: ParsedOf<(typeof enrolment)['endpoints']['readList']>,
): Promise<ListPreview> {
  await claimFile(scope, fileId);
  const list = await listIn(scope, fileId, unit);
  const projects = new Map((await within(scope)).map((project) => [project.id, project]));
  const match = matcher([...projects.values()]);
  const now = new Map(
    (await listPairs(scope, await currentRules(scope), { period })).map((pair) => [
      pair.projectId,
      pair.statisticsYuan,
    ]),
  );
  return {
    sheet: list.sheet,
    unit: list.unit,
    amountHeading: list.amountHeading,
    lines: list.lines.map((line) => {
      const found = match(line);
      const project = found && projects.get(found.id);
      return {
        ...line,
        match: project
          ? {
              projectId: project.id,
              name: project.name,
              by: found.by,
              enrolled: project.enrolled,
              beforeYuan: now.get(project.id) ?? null,
            }
          : null,
      };
    }),
  };
}

/**
 * Takes over the figures of the lines that a person has confirmed. The figures come from the file, which is read again,
 * never from the page. @throws Problem 404 for a project out of reach, 422 for a line without a figure or named twice
 */
export async function acceptList(
  scope: Scope,
  input: ParsedOf<(typeof enrolment)['endpoints']['acceptList']>,
): Promise<{ written: number; unchanged: number; enrolled: number }> {
  const { fileId, period, unit, document, issuedOn, lines, enrolMissing } = input;
  const projects = new Map((await within(scope)).map((project) => [project.id, project]));
  if (lines.some((line) => !projects.has(line.projectId))) throw noProject();
  const file = await claimFile(scope, fileId);
  if (issuedOn > scope.today)
    throw invalid(
      'in_the_future',
      { zh: '名单日期晚于今天，请核对', en: 'The day of the list lies ahead' },
      'issuedOn',
    );
  const list = await listIn(scope, fileId, unit);
  const byRow = new Map(list.lines.map((line) => [line.row, line]));
  const seen = new Set<string>();
  const values = lines.map(({ row, projectId }) => {
    const yuan = byRow.get(row)?.yuan ?? null;
    if (yuan === null)
      throw invalid(
        'line_without_figure',
        { zh: `第 ${row} 行没有可写入的数`, en: `Row ${row} has no figure` },
        'lines',
      );
    if (seen.has(projectId))
      throw invalid(
        'project_twice',
        {
          zh: `第 ${row} 行与前面的行对应同一项目，请只选一行`,
          en: `Row ${row} means a project that another row means too`,
        },
        'lines',
      );
    seen.add(projectId);
    return { projectId, period, yuan };
  });
  const counts = await putValues(scope, { document, issuedOn, fileId, fileName: file.name }, values);
  const toEnrol = enrolMissing ? values.filter(({ projectId }) => !projects.get(projectId)!.enrolled) : [];
  for (const { projectId } of toEnrol) {
    const code = projects.get(projectId)!.enrolledCode;
    await setEnrolled(
      scope,
      { id: projectId, enrolled: true, enrolledOn: issuedOn, enrolledCode: code },
      { reason: '统计部门名单已列入', document },
    );
  }
  await setPapers(
    scope,
    toEnrol.map(({ projectId }) => ({ projectId, papers: null })),
  );
  await insertEvents(
    scope,
    toEnrol.map(({ projectId }) => ({ projectId, event: 'enrol', state: 'enrolled', onDay: issuedOn, document })),
  );
  audited(scope, { subject: 'enrolment.officeList', id: period, after: { document, issuedOn, lines: values.length } });
  return { ...counts, enrolled: toEnrol.length };
}
