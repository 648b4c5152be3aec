// A ledger of 50,000 rows and 30 columns from upload to preview (read, understand, compare, store every row) against the
// bare scan of the same file: reading all its cells and doing nothing with them.
import { visitWorkbook } from '../src/core/server/spreadsheet/read.ts';
import { streamWorkbook } from '../src/core/server/spreadsheet/write.ts';
import { testCity } from '../src/core/server/testing/test-city.ts';
import { insertCityOrganization, yueyangRegions } from '../src/modules/organization/server/public.ts';
import { projects } from '../src/modules/projects/contract.ts';
import { withDatabase } from './database.ts';
import { compare, print } from './ratio.ts';

const many = 50_000;
const text = (header: string) => ({ header });
const columns = [
  ...[
    '序号',
    '项目名称',
    '项目代码',
    '所属板块',
    '行业',
    '建设性质',
    '项目级别',
    '计划类型',
    '所在县区',
    '建设地点',
  ].map(text),
  ...['主要建设内容及规模', '计划开工', '计划竣工', '实际开工', '总投资（亿元）', '至2020年底累计完成投资（万元）'].map(
    text,
  ),
  ...['2020年计划投资（万元）', '2021年计划投资（万元）', '2021年建设目标', '业主单位', '责任单位', '协调指挥部'].map(
    text,
  ),
  ...['责任人', '包联领导', '联系人', '联系电话', '是否入统', '形象进度', '存在问题', '备注'].map(text),
];

const dates = ['2021年底', '6月底前', '2021.3.16', '2022年三季度', '2021年3月', '2021-12-31'];
const row = (i: number) => [
  ...[i + 1, `示例项目${i}号`, `2101-430600-04-01-${String(100000 + i)}`, ['产业', '基础设施'][i % 2]!, '4812', '新建'],
  ...[
    '市重点',
    '续建',
    ['岳阳楼区', '君山区', '华容县'][i % 3]!,
    '示例路',
    `建设厂房${i % 97}栋及配套，总建筑面积${i}平方米`,
  ],
  ...[dates[i % 6]!, dates[(i + 3) % 6]!, dates[(i + 2) % 6]!, (i % 900) / 10, `${i % 700}万元`, i % 800, i % 900],
  ...[
    '主体封顶',
    `示例公司${i % 500}`,
    `示例局${i % 60}`,
    `示例协调指挥部${i % 16}`,
    '张三',
    '市领导甲',
    '李四',
    '0730-8000000',
  ],
  ...['是', '桩基完成', '无', '示例'],
];

await withDatabase(async () => {
  const city = await testCity();
  await city.system((scope) =>
    insertCityOrganization(scope, {
      headquartersName: '示例总指挥部',
      validFrom: '2021-01-01',
      regions: yueyangRegions,
      withCountyUnits: true,
    }),
  );
  const stream = streamWorkbook({
    sheet: '台账',
    columns,
    rows: (function* () {
      for (let i = 0; i < many; i += 1) yield row(i);
    })(),
  });
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  const office = city.as({ role: 'office' });
  const file = await office.upload('ledger.xlsx', bytes);
  const api = office(projects);

  const ours = async () => {
    const { id } = await api.startImport({ fileId: file.id, fileName: 'ledger.xlsx' });
    await city.settle();
    const found = await api.getImport({ id });
    if (found.state !== 'ready' || found.counts.new !== many) {
      throw new Error(`The preview is ${found.state}: ${JSON.stringify(found.problem ?? found.counts)}`);
    }
    await api.cancelImport({ id });
  };
  const bare = async () => {
    let rows = 0;
    await visitWorkbook(bytes, { onSheet: () => {}, onRow: () => void rows++, onMerge: () => {} });
    if (rows !== many + 1) throw new Error(`${rows} rows were read`);
  };
  print(await compare(`import: ${many} × ${columns.length} to preview`, 'the bare scan of the file', ours, bare, 3));
  await city.close();
});
