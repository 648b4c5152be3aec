// The bulletin of a city of 600 projects as Word, PDF, Excel and slides against LibreOffice turning that Word file alone into
// PDF. Skipped where LibreOffice is not installed.
import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Press } from '../src/core/server/document/press.ts';
import { writeWorkbook } from '../src/core/server/spreadsheet/write.ts';
import { bulletinDocument } from '../src/modules/publications/document.ts';
import { slidesOf } from '../src/modules/publications/server/slides-thread.ts';
import { workbookTables } from '../src/modules/publications/server/workbook.ts';
import { shippedTemplate } from '../src/modules/publications/templates.ts';
import { sampleEdition } from '../src/modules/publications/testing/sample-edition.ts';
import { writeContent } from '../src/modules/publications/write.ts';
import { compare, print } from './ratio.ts';

const imprint = {
  number: '示项指办〔2021〕9号',
  issuer: '示例市重点项目建设总指挥部办公室',
  day: '2021-09-30',
  editionVersion: 1,
  editionHash: '0'.repeat(64),
  correction: null,
};

if (spawnSync('soffice', ['--version']).error) {
  process.stdout.write('publications: skipped, LibreOffice (soffice) is not installed\n');
} else {
  const body = sampleEdition({ projects: 600 });
  const press = new Press();
  const folder = await mkdtemp(join(tmpdir(), 'guatu-publications-'));
  const word = join(folder, 'bulletin.docx');
  const ours = async () => {
    const content = writeContent(body, shippedTemplate('month'));
    const document = bulletinDocument(body, content, imprint);
    await writeFile(word, await press.print(document, 'docx'));
    await press.print(document, 'pdf');
    await writeWorkbook(workbookTables(body, imprint), { modified: new Date(`${imprint.day}T00:00:00Z`) });
    await slidesOf(body, content, imprint);
  };
  await ours();
  const profile = `-env:UserInstallation=file://${folder}/profile`;
  const convert = () =>
    promisify(execFile)('soffice', [profile, '--headless', '--convert-to', 'pdf', '--outdir', folder, word]);
  print(
    await compare(
      'publications: bulletin of 600 projects as Word, PDF, Excel and slides',
      'LibreOffice turning the Word file into PDF',
      ours,
      convert,
      3,
    ),
  );
  press.stop();
  await rm(folder, { recursive: true, force: true });
}
