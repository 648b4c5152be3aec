import { z } from 'zod';
import { command, defineContract, download, query } from '#core/shared/contract.ts';
import { CellRef, Condition, chartKinds, Member, Pivot, Table, Value, View } from './shapes.ts';

const month = z.string();
const everybody = ['admin', 'leader', 'office', 'commandPost', 'responsibleUnit', 'filer', 'inspector'] as const;

export const explore = defineContract({
  name: 'explore',
  title: { zh: '自助分析', en: 'Explore' },
  uses: ['organization', 'projects', 'filings', 'funding', 'dispatch'],
  permissions: {
    'explore.read': {
      words: { zh: '自助分析本人范围内的项目', en: 'Explore the projects within one’s reach' },
      roles: everybody,
    },
  },
  endpoints: {
    table: query({
      path: '/explore/table',
      summary: { zh: '透视表：任意指标按任意维度', en: 'A pivot of any measures by any dimensions' },
      permission: 'explore.read',
      input: z.object({ pivot: Pivot }),
      output: Table,
    }),
    members: query({
      path: '/explore/members',
      summary: { zh: '一个数字由哪些项目组成', en: 'The projects behind a cell, with the very sum' },
      permission: 'explore.read',
      input: z.object({
        cell: CellRef,
        offset: z.coerce.number<unknown>().int().min(0).default(0),
        limit: z.coerce.number<unknown>().int().min(1).max(500).default(100),
      }),
      output: z.object({ total: z.int(), value: Value, members: z.array(Member) }),
    }),
    filings: query({
      path: '/explore/filings',
      summary: { zh: '一个项目在该数字中的各月填报', en: 'The filings of one project behind a cell' },
      permission: 'explore.read',
      input: z.object({ cell: CellRef, projectId: z.uuid() }),
      output: z.array(
        z.object({
          /** The project itself, or the item of a package that filed. */
          projectId: z.uuid(),
          name: z.string(),
          period: month,
          monthYuan: z.int(),
          cumulativeYuan: z.int(),
        }),
      ),
    }),
    values: query({
      path: '/explore/values',
      summary: { zh: '一个维度有哪些取值', en: 'Values of a dimension, to filter by' },
      permission: 'explore.read',
      input: z.object({ dimension: Condition.shape.dimension }),
      output: z.array(z.object({ key: z.string().nullable(), name: z.string().nullable(), projects: z.int() })),
    }),
    export: download({
      path: '/explore/export',
      summary: { zh: '导出透视表', en: 'The pivot as Excel, Word or PDF' },
      permission: 'explore.read',
      input: z.object({
        pivot: Pivot,
        title: z.string().trim().max(60).default(''),
        format: z.enum(['xlsx', 'docx', 'pdf']).default('xlsx'),
        lang: z.enum(['zh', 'en']).default('zh'),
      }),
      output: z.unknown(),
    }),
    views: query({
      path: '/explore/views',
      summary: { zh: '我的和共享给我的分析', en: 'One’s own views and those shared with one' },
      permission: 'explore.read',
      input: z.object({}),
      output: z.array(View),
    }),
    view: query({
      path: '/explore/views/:id',
      summary: { zh: '打开一个分析', en: 'One view by its link' },
      permission: 'explore.read',
      input: z.object({ id: z.uuid() }),
      output: View,
    }),
    saveView: command({
      path: '/explore/views',
      summary: { zh: '保存分析', en: 'Save a view' },
      permission: 'explore.read',
      input: z.object({
        /** One's own; left out it is new. */
        id: z.uuid().optional(),
        name: z.string().trim().min(1).max(60),
        pivot: Pivot,
        chart: z.enum(chartKinds).default('none'),
        isShared: z.boolean().default(false),
      }),
      output: z.object({ id: z.uuid() }),
    }),
    removeView: command({
      path: '/explore/views/:id/remove',
      summary: { zh: '删除分析', en: 'Remove a view' },
      permission: 'explore.read',
      input: z.object({ id: z.uuid() }),
      output: z.object({}),
    }),
  },
});
