// A bulletin of some ten pages (letter, tables, annex across) as Word and PDF against LibreOffice turning that Word file
// into PDF: what a server without a typesetter of its own would do. Skipped where LibreOffice is not installed.
import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Press } from '../src/core/server/document/press.ts';
import type { Block, OfficialDocument } from '../src/core/shared/official-document.ts';
import { compare, print } from './ratio.ts';

const counties = ['示例县', '示例区', '示例市'];
const chapter = (n: number): Block[] => [
  { kind: 'heading', level: 1, text: `${n}、${counties[n % 3]}进展情况` },
  ...Array.from({ length: 4 }, (_, i): Block[] => [
    { kind: 'heading', level: 2, text: `（${i + 1}）要素保障` },
    {
      kind: 'paragraph',
      text: `${counties[i % 3]}本月完成投资${1000 + 37 * i}万元，占年度计划的8${i}.${n}%，较时序进度快${i}.2个百分点；征地拆迁剩余${12 - i}户，责任领导王珺、杨堃、刘喆逐户对接，确保月底前清零。`.repeat(
        2,
      ),
    },
  ]).flat(),
];
const bulletin: OfficialDocument = {
  header: { issuers: ['示例市重点项目建设总指挥部'], number: '第9期', isCompact: true },
  title: '关于1—9月重点项目\n推进情况的通报',
  recipients: ['各县市区人民政府', '市直有关单位'],
  body: [1, 2, 3, 4].flatMap(chapter),
  attachments: ['重点项目调度表'],
  signature: { issuers: ['示例市重点项目建设总指挥部办公室'], date: '2021-09-26' },
  annexes: [
    {
      landscape: true,
      title: '重点项目调度表',
      body: [
        {
          kind: 'table',
          columns: [
            { header: '序号', width: 5 },
            { header: '项目名称', width: 30 },
            ...['计划', '完成'].map((header) => ({ header, group: '投资', kind: 'number' as const, numFmt: '#,##0' })),
            { header: '完成率', kind: 'number', numFmt: '0.0%' },
          ],
          rows: Array.from({ length: 80 }, (_, i) => [i + 1, `示例项目${i + 1}号建设工程`, 9000 + i, 7000 + i, 0.77]),
        },
      ],
    },
  ],
  colophon: { copyTo: ['市委办公室'], printedBy: '总指挥部办公室', printedOn: '2021-09-26' },
  marks: ['示例数据'],
};

if (spawnSync('soffice', ['--version']).error) {
  process.stdout.write('documents: skipped, LibreOffice (soffice) is not installed\n');
} else {
  const press = new Press();
  const folder = await mkdtemp(join(tmpdir(), 'guatu-documents-'));
  const word = join(folder, 'bulletin.docx');
  await writeFile(word, await press.print(bulletin, 'docx'));
  const profile = `-env:UserInstallation=file://${folder}/profile`;
  const convert = () =>
    promisify(execFile)('soffice', [profile, '--headless', '--convert-to', 'pdf', '--outdir', folder, word]);
  const ours = async () => {
    await press.print(bulletin, 'docx');
    await press.print(bulletin, 'pdf');
  };
  print(
    await compare(
      'documents: bulletin as Word and PDF',
      'LibreOffice turning the Word file into PDF',
      ours,
      convert,
      5,
    ),
  );
  press.stop();
  await rm(folder, { recursive: true, force: true });
}
