import type { OfficialDocument } from '#core/shared/official-document.ts';
import { tableDocument } from '#core/shared/table-document.ts';
import { qrPng } from '../png.ts';

// Documents as they are used: a letter, a coloured sheet, minutes, a table. All content is 示例.

export const letter: OfficialDocument = {
  header: {
    issuers: ['示例市重点项目建设总指挥部文件'],
    number: '示项指〔2021〕3号',
    signer: '王珺',
    secrecy: '内部',
    urgency: '特急',
  },
  title: '关于进一步加强重点项目\n调度工作的通知',
  recipients: ['各县（市、区）人民政府', '市直各有关单位'],
  body: [
    {
      kind: 'paragraph',
      text: '为确保年度目标任务全面完成，经总指挥部研究，现就进一步加强重点项目调度工作有关事项通知如下。',
    },
    { kind: 'heading', level: 1, text: '一、压实责任' },
    { kind: 'heading', level: 2, text: '（一）明确牵头单位' },
    {
      kind: 'paragraph',
      text: [
        '各项目由',
        { text: '责任单位', bold: true },
        '牵头，杨堃、刘喆、朱镕三位同志分别包联，建筑面积共12000㎡。“四个一”机制——一个项目、一名领导、一个专班、一抓到底……',
      ],
    },
    { kind: 'heading', level: 3, text: '1. 每月填报' },
    { kind: 'paragraph', text: '每月25日前完成填报，逾期未报的按规定亮灯，完成率按98.6%计。' },
    { kind: 'heading', level: 1, text: '二、进展情况' },
    {
      kind: 'table',
      caption: '表1　各片区投资完成情况',
      note: '单位：万元',
      columns: [
        { header: '片区', width: 14 },
        { header: '计划', group: '投资', kind: 'number', numFmt: '#,##0' },
        { header: '完成', group: '投资', kind: 'number', numFmt: '#,##0' },
        { header: '完成率', kind: 'number', numFmt: '0.0%' },
      ],
      rows: [
        ['城东片区', 120000, 98000, 0.8167],
        ['城西片区', 45000, 46000, 1.0222],
      ],
      totals: [['合计', 165000, 144000, 0.8727]],
      footnotes: ['注：数据截至2021年9月25日。'],
      size: 12,
    },
    { kind: 'paragraph', text: '特此通知。' },
  ],
  attachments: ['重点项目责任分解表', '联系人名单'],
  signature: { issuers: ['示例市重点项目建设总指挥部'], date: '2021-09-26' },
  annotation: '此件公开发布',
  annexes: [
    {
      title: '重点项目责任分解表',
      landscape: true,
      body: [
        {
          kind: 'table',
          columns: [
            { header: '序号', width: 5, align: 'center' },
            { header: '任务', width: 40 },
            { header: '牵头单位', width: 16 },
            { header: '责任领导', width: 10, align: 'center' },
            { header: '完成时限', width: 12, kind: 'date' },
          ],
          rows: Array.from({ length: 40 }, (_, i) => [
            i + 1,
            `示例任务${i + 1}：完成征地拆迁扫尾并交付用地，同步办结施工许可，确保按期进场施工`,
            `示例单位${(i % 7) + 1}`,
            ['杨堃', '刘喆', '王珺'][i % 3]!,
            '2021-12-31',
          ]),
        },
      ],
    },
    { title: '联系人名单', body: [{ kind: 'paragraph', text: '张三，电话0730-8000000。' }] },
  ],
  colophon: { copyTo: ['市委办公室', '市人大常委会办公室'], printedBy: '总指挥部办公室', printedOn: '2021-09-26' },
  marks: ['示例数据，仅供演示'],
};

export const sheet = async (): Promise<OfficialDocument> => ({
  layout: 'list',
  header: { issuers: ['督查督办单'], colour: 'orange', number: '示督〔2021〕12号', isCompact: true },
  title: '',
  body: [
    {
      kind: 'form',
      rows: [
        [{ label: '督办事项', value: '洞庭大道提质改造项目管线迁改滞后' }],
        [
          { label: '责任单位', value: '示例市住房和城乡建设局' },
          { label: '办理时限', value: '2021年10月8日' },
        ],
        [
          {
            label: '办理要求',
            value: [
              { text: '橙色督办：', bold: true, colour: 'orange' },
              '请于时限前完成迁改并报送佐证材料。\n逾期未完成的，升级为红色督办单。',
            ],
            minHeightMm: 50,
          },
        ],
        [
          {
            label: '扫码办理',
            value: '扫描右侧二维码登录平台签收、反馈。',
            picture: { png: await qrPng('https://example.gov.cn/matters/1'), widthMm: 25, alt: '二维码' },
          },
        ],
        [
          { label: '签收人', value: '', minHeightMm: 14 },
          { label: '签收时间', value: '' },
        ],
      ],
    },
  ],
  signature: { issuers: ['示例市重点项目建设总指挥部办公室'], date: '2021-09-26' },
  marks: ['示例数据'],
});

export const longTable = (rows: number): OfficialDocument =>
  tableDocument({
    title: '重点项目调度表',
    note: '单位：万元',
    columns: [
      { header: '序号', width: 6, align: 'center' },
      { header: '项目名称', width: 30 },
      { header: '责任单位', width: 18 },
      { header: '年度计划', group: '投资', width: 10, kind: 'number', numFmt: '#,##0' },
      { header: '累计完成', group: '投资', width: 10, kind: 'number', numFmt: '#,##0' },
      { header: '完成率', group: '投资', width: 8, kind: 'number', numFmt: '0.0%' },
      { header: '填报日', width: 10, kind: 'date' },
    ],
    rows: Array.from({ length: rows }, (_, i) => [
      i + 1,
      `示例项目${i + 1}号建设工程`,
      `示例单位${i % 60}`,
      10000 + i,
      8000 + i,
      (8000 + i) / (10000 + i),
      '2021-09-25',
    ]),
    marks: ['快照 2021-08 / 3f2a9c41'],
  });
