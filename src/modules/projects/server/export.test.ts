import { expect, test } from 'vitest';
import { readWorkbook } from '#core/server/spreadsheet/read.ts';
import { streamWorkbook } from '#core/server/spreadsheet/write.ts';
import { withMarks } from './export.ts';

test('a sheet too long for a foot says below its last row which frozen month it rests on', async () => {
  const rows = Array.from({ length: 3 }, (_, i) => [`项目${i}`, i]);
  const read = async (marks: string[]) => {
    const stream = streamWorkbook({
      sheet: '清单',
      columns: [{ header: '名称' }, { header: '序号', kind: 'number' }],
      rows: withMarks(rows, marks),
    });
    const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
    return (await readWorkbook(bytes)).sheets[0]!.rows.map((row) => row[0]?.value ?? null);
  };
  expect(await read(['快照 2021-08'])).toEqual(['名称', '项目0', '项目1', '项目2', null, '快照 2021-08']);
  expect(await read([])).toEqual(['名称', '项目0', '项目1', '项目2']);
});
