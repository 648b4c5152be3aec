import { type Day, dayOfMonth, monthOf, yearOf } from '#core/shared/day.ts';
import type { Block, OfficialDocument } from '#core/shared/official-document.ts';
import { showExact } from './progress.ts';
import type { PledgeContent } from './terms.ts';

const inWords = (day: Day): string => `${yearOf(day)}年${monthOf(day)}月${dayOfMonth(day)}日`;

export interface PrintedPledge {
  content: PledgeContent;
  hash: string;
  /** Of an adjustment. */
  reason: string | null;
  seq: number;
  draftedOn: Day;
  publisherSignedOn: Day | null;
  publisherSigner: string | null;
  takerSignedOn: Day | null;
  takerSigner: string | null;
}

const numerals = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

/** The pledge as it is signed: printed from the frozen content and nothing else, so that it is the same years later. */
export function pledgeDocument(pledge: PrintedPledge): OfficialDocument {
  const { content: c } = pledge;
  const shown = showExact(c.baseline, c.metric.decimals);
  const parts: [string, Block[]][] = [
    [
      '目标任务',
      [
        paragraph(
          `揭榜方承诺，至${inWords(c.dueOn)}，“${c.metric.name}”由基线${shown}${c.metric.unit}（${inWords(c.baseline.on)}，${c.baseline.document}）达到${c.target}${c.metric.unit}。`,
        ),
        paragraph(`统计口径：${c.metric.caliber}`),
        paragraph(`基线快照编号：${c.baseline.snapshotId}。`),
        paragraph(`揭榜承诺：${c.promise}`),
      ],
    ],
    [
      '节点计划',
      [
        {
          kind: 'table',
          columns: [
            { header: '序号', width: 6, align: 'center' },
            { header: '节点', width: 26 },
            { header: '完成时间', width: 14, align: 'center' },
            { header: '证据', width: 24 },
          ],
          rows: c.milestones.map((one, i) => [i + 1, one.title, one.dueOn, one.evidence]),
        },
      ],
    ],
  ];
  if (c.supports.length > 0)
    parts.push([
      '发榜方支持事项',
      [
        {
          kind: 'table',
          columns: [
            { header: '序号', width: 6, align: 'center' },
            { header: '支持事项', width: 34 },
            { header: '责任单位', width: 18 },
            { header: '兑现时间', width: 14, align: 'center' },
          ],
          rows: c.supports.map((one, i) => [i + 1, one.title, one.unit, one.dueOn]),
        },
      ],
    ]);
  parts.push([
    '核验',
    [paragraph(`由${c.verifier}核验，核验单位与发榜方、揭榜方均无隶属办理关系。自报数值不作为兑现依据。`)],
  ]);
  if (c.reward)
    parts.push([
      '奖励',
      [
        ...(c.reward.words ? [paragraph(c.reward.words)] : []),
        paragraph(
          `奖励金额（元）＝${c.reward.formula}${c.reward.capYuan === null ? '' : `，最高${c.reward.capYuan}元`}；按验收时封存的数值计算，由${c.reward.payer}兑付。`,
        ),
      ],
    ]);
  if (c.penalty) parts.push(['责任与退出', [paragraph(c.penalty)]]);
  if (c.change) parts.push(['变更程序', [paragraph(c.change)]]);
  if (c.tolerance) parts.push(['容错', [paragraph(c.tolerance)]]);
  const body: Block[] = [
    {
      kind: 'form',
      size: 12,
      labelWidth: 5,
      rows: [
        [
          { label: '榜单编号', value: c.no },
          { label: '批次', value: c.batch },
        ],
        [{ label: '榜题', value: c.title }],
        [
          { label: '发榜方', value: c.publisher },
          { label: '核验单位', value: c.verifier },
        ],
        [{ label: '揭榜方', value: c.takers.join('、') }],
        ...(pledge.reason === null ? [] : [[{ label: '调整理由', value: pledge.reason }]]),
      ],
    },
    ...parts.flatMap(([title, blocks], i): Block[] => [
      { kind: 'heading', level: 1, text: `${numerals[i]}、${title}` },
      ...blocks,
    ]),
    { kind: 'space', lines: 1 },
    {
      kind: 'form',
      size: 12,
      rows: [
        [
          { label: '发榜方', value: signature(pledge.publisherSigner, pledge.publisherSignedOn), minHeightMm: 24 },
          { label: '揭榜方', value: signature(pledge.takerSigner, pledge.takerSignedOn), minHeightMm: 24 },
        ],
      ],
    },
  ];
  return {
    layout: 'list',
    title: pledge.reason === null ? '军令状' : `军令状调整书（第${pledge.seq}份）`,
    body,
    marks: [`文本校验 ${pledge.hash.slice(0, 16)}`, ...(c.demo ? ['示例数据，仅供演示'] : [])],
  };
}

const paragraph = (text: string): Block => ({ kind: 'paragraph', text });
const signature = (name: string | null, on: Day | null): string =>
  name === null || on === null ? '（签字盖章）' : `${name}（平台签署，${inWords(on)}）`;
