import { z } from 'zod';
import { command, defineContract, download, query } from '#core/shared/contract.ts';
import { Content } from './draft.ts';
import { Format, Query } from './query.ts';
import { Answered, Offered, Period, Phone, Publication, PublicationRow, products, TemplateRow } from './shapes.ts';
import { Template, templateCodes } from './template.ts';

const byId = z.object({ id: z.uuid() });
const note = z.string().trim().min(4).max(500);
const draftVersion = z.int().min(1);

export const publications = defineContract({
  name: 'publications',
  title: { zh: '通报与产品', en: 'Bulletins and products' },
  uses: ['identity', 'organization', 'editions', 'bulletins', 'notices'],
  permissions: {
    'publications.read': {
      words: { zh: '查看已签发的通报并下载', en: 'See and download released bulletins' },
      roles: ['admin', 'leader', 'office', 'commandPost', 'responsibleUnit', 'filer', 'inspector'],
    },
    'publications.write': {
      words: { zh: '起草、修改通报', en: 'Draft and edit bulletins' },
      roles: ['office'],
      isCityWide: true,
    },
    'publications.review': {
      words: { zh: '查看通报草稿', en: 'See drafts' },
      roles: ['leader', 'office', 'inspector'],
      isCityWide: true,
    },
    'publications.release': {
      words: { zh: '签发通报', en: 'Release bulletins' },
      roles: ['leader', 'office'],
      isCityWide: true,
    },
    'publications.configure': {
      words: { zh: '维护通报模板', en: 'Keep the templates of bulletins' },
      roles: ['admin', 'office'],
      isCityWide: true,
    },
  },
  endpoints: {
    list: query({
      path: '/publications',
      summary: { zh: '通报列表，按月和模板', en: 'Bulletins by month and template' },
      permission: 'publications.read',
      input: z.object({
        year: z.coerce.number<unknown>().int().min(2000).max(2100).optional(),
        template: z.enum(templateCodes).optional(),
      }),
      output: z.object({
        year: z.int(),
        rows: z.array(PublicationRow),
        /** Months with a sealed edition that can be written about. */
        periods: z.array(z.object({ period: Period, version: z.int() })),
        templates: z.array(
          z.object({ code: z.enum(templateCodes), name: z.object({ zh: z.string(), en: z.string() }) }),
        ),
        allowed: z.array(z.enum(['create', 'configure'])),
      }),
    }),
    create: command({
      path: '/publications',
      summary: { zh: '按模板起草通报', en: 'Draft a bulletin from a template' },
      permission: 'publications.write',
      input: z.object({
        template: z.enum(templateCodes),
        period: Period,
        /** Of a second issue: begin with the words of the first, with the new figures in them. */
        keepsText: z.boolean().default(false),
      }),
      output: byId,
    }),
    get: query({
      path: '/publications/:id',
      summary: { zh: '一份通报', en: 'One bulletin' },
      permission: 'publications.read',
      input: byId,
      output: Publication,
    }),
    save: command({
      path: '/publications/:id',
      summary: { zh: '保存草稿（自动保存）', en: 'Keep a draft' },
      permission: 'publications.write',
      input: byId.extend({
        draftVersion,
        content: Content,
        number: z.string().trim().max(60).nullable(),
        note: z.string().trim().max(500).nullable(),
      }),
      output: Publication,
    }),
    refresh: command({
      path: '/publications/:id/refresh',
      summary: { zh: '换用最新一版数据，文字不变', en: 'Take the newest edition; the words stay' },
      permission: 'publications.write',
      input: byId.extend({ draftVersion }),
      output: Publication,
    }),
    rewrite: command({
      path: '/publications/:id/rewrite',
      summary: { zh: '按模板重写草稿', en: 'Write the draft anew from its template' },
      permission: 'publications.write',
      input: byId.extend({ draftVersion }),
      output: Publication,
    }),
    discard: command({
      path: '/publications/:id/discard',
      summary: { zh: '作废草稿', en: 'Discard a draft' },
      permission: 'publications.write',
      input: byId.extend({ draftVersion }),
      output: Publication,
    }),
    release: command({
      path: '/publications/:id/release',
      summary: { zh: '签发：生成全部文件并发布当月调度', en: 'Release: make all files and publish the edition' },
      permission: 'publications.release',
      input: byId.extend({ draftVersion, note: note.nullable().default(null) }),
      output: Publication,
    }),
    reference: query({
      path: '/publications/:id/reference',
      summary: { zh: '一个数字从哪里来', en: 'Where a figure comes from' },
      permission: 'publications.read',
      input: byId.extend({ query: Query, format: Format }),
      output: Answered,
    }),
    catalogue: query({
      path: '/publications/:id/catalogue',
      summary: { zh: '可引用的数字', en: 'Figures that can be put into the text' },
      permission: 'publications.review',
      input: byId,
      output: z.array(Offered),
    }),
    phone: query({
      path: '/publications/:id/phone',
      summary: { zh: '领导手机版', en: 'Summary for a phone' },
      permission: 'publications.read',
      input: byId,
      output: Phone,
    }),
    file: download({
      path: '/publications/:id/files/:product',
      summary: {
        zh: '已签发通报的文件，任何时候字节相同',
        en: 'A file of a released bulletin, the same bytes at any time',
      },
      permission: 'publications.read',
      input: byId.extend({ product: z.enum(products) }),
      output: z.unknown(),
    }),
    preview: download({
      path: '/publications/:id/preview/:product',
      summary: { zh: '草稿预览', en: 'A draft as a file' },
      permission: 'publications.review',
      input: byId.extend({ product: z.enum(products) }),
      output: z.unknown(),
    }),
    templates: query({
      path: '/publication-templates',
      summary: { zh: '通报模板', en: 'Templates of bulletins' },
      permission: 'publications.review',
      input: z.object({}),
      output: z.object({
        rows: z.array(TemplateRow),
        names: z.array(z.object({ code: z.string(), words: z.object({ zh: z.string(), en: z.string() }) })),
        allowed: z.array(z.literal('configure')),
      }),
    }),
    saveTemplate: command({
      path: '/publication-templates',
      summary: { zh: '修改模板，形成本市版本', en: 'Change a template: a version of the city’s own' },
      permission: 'publications.configure',
      input: z.object({ basedOn: z.int().min(0), template: Template, reason: note }),
      output: z.object({ version: z.int() }),
    }),
    feed: query({
      path: '/publication-feed',
      summary: { zh: '我的通报订阅', en: 'One’s feed of bulletins' },
      permission: 'publications.read',
      input: z.object({}),
      output: z.object({ madeAt: z.iso.datetime().nullable() }),
    }),
    makeFeed: command({
      path: '/publication-feed',
      summary: { zh: '生成订阅地址（旧地址作废）', en: 'Make the address of a feed; an older one ends' },
      permission: 'publications.read',
      input: z.object({}),
      output: z.object({ rss: z.string(), json: z.string() }),
      secret: true,
    }),
    endFeed: command({
      path: '/publication-feed/end',
      summary: { zh: '撤销订阅', en: 'End the feed' },
      permission: 'publications.read',
      input: z.object({}),
      output: z.object({}),
    }),
    feedFile: download({
      path: '/publication-feed/:token',
      summary: { zh: '已签发通报（RSS 或 JSON）', en: 'Released bulletins as RSS or JSON' },
      permission: 'anyone',
      input: z.object({ token: z.string().regex(/^[\w-]{43}\.(xml|json)$/) }),
      output: z.unknown(),
    }),
  },
});
