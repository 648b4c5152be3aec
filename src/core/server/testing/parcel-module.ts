import { sql } from 'kysely';
import { z } from 'zod';
import { command, defineContract, download, query } from '../../shared/contract.ts';
import { newId } from '../../shared/id.ts';
import { audited } from '../audit.ts';
import { conflict, notFound } from '../errors.ts';
import { emit } from '../events.ts';
import { fileReply } from '../files.ts';
import { replyHeaders } from '../http.ts';
import { enqueue } from '../jobs.ts';
import { defineServerModule } from '../module.ts';
import type { Scope } from '../scope.ts';

const Parcel = z.object({ id: z.uuid(), label: z.string() });

/** A module as small as can be, through which the core's own promises are tested. */
export const parcels = defineContract({
  name: 'parcels',
  title: { zh: '包裹', en: 'Parcels' },
  permissions: {
    'parcels.read': { words: { zh: '查看', en: 'Read' }, roles: ['office', 'leader', 'filer'] },
    'parcels.send': { words: { zh: '寄送', en: 'Send' }, roles: ['office'] },
  },
  endpoints: {
    list: query({
      path: '/parcels',
      summary: { zh: '列表', en: 'List' },
      permission: 'parcels.read',
      input: z.object({ limit: z.number().int().min(1).max(100).default(50), labels: z.array(z.string()).optional() }),
      output: z.array(Parcel),
    }),
    get: query({
      path: '/parcels/:id',
      summary: { zh: '一个', en: 'One' },
      permission: 'parcels.read',
      input: z.object({ id: z.uuid() }),
      output: Parcel,
    }),
    slip: query({
      path: '/parcels-slip',
      summary: { zh: '查询中写入', en: 'A query that writes' },
      permission: 'parcels.read',
      input: z.object({}),
      output: z.object({}),
    }),
    label: download({
      path: '/parcels/:id/label',
      summary: { zh: '标签', en: 'Label' },
      permission: 'parcels.read',
      input: z.object({ id: z.uuid() }),
      output: z.any(),
    }),
    hello: query({
      path: '/parcels-hello',
      summary: { zh: '问候', en: 'Hello' },
      permission: 'anyone',
      input: z.object({}),
      output: z.object({ who: z.string() }),
    }),
    send: command({
      path: '/parcels',
      summary: { zh: '寄', en: 'Send' },
      permission: 'parcels.send',
      input: z.object({
        label: z.string().min(1).max(20),
        password: z.string().optional(),
        fail: z.boolean().optional(),
        unitIds: z.array(z.uuid()).default([]),
      }),
      output: Parcel,
    }),
  },
});

const tables = (scope: Scope) =>
  scope.db.withTables<{ 'parcels.parcel': { cityId: string; id: string; label: string; heard: number } }>();

export const parcelModule = defineServerModule(parcels, {
  handlers: {
    list: (scope, { limit, labels }) =>
      tables(scope)
        .selectFrom('parcels.parcel')
        .select(['id', 'label'])
        .$if(labels !== undefined, (q) => q.where('label', 'in', labels!))
        .orderBy('id')
        .limit(limit)
        .execute(),
    get: async (scope, { id }) => {
      // No city in the condition, on purpose: the second lock alone must hold.
      const row = await tables(scope)
        .selectFrom('parcels.parcel')
        .select(['id', 'label'])
        .where('id', '=', id)
        .executeTakeFirst();
      if (!row) throw notFound({ zh: '包裹', en: 'parcel' });
      return row;
    },
    slip: async (scope) => {
      await tables(scope).updateTable('parcels.parcel').set({ label: 'changed' }).execute();
      return {};
    },
    label: async (_scope, { id }) =>
      fileReply({ name: `标签 ${id.slice(0, 4)}.txt`, type: 'text/plain', body: new TextEncoder().encode(id) }),
    hello: async (scope) => ({ who: scope.actor.name }),
    send: async (scope, { label, fail, unitIds }) => {
      const parcel = { id: newId(), label };
      await tables(scope)
        .insertInto('parcels.parcel')
        .values({ ...parcel, cityId: scope.cityId, heard: 0 })
        .execute();
      audited(scope, { subject: 'parcels.parcel', id: parcel.id, after: parcel });
      await emit(scope, { topic: 'parcels.sent', unitIds, data: { label } });
      await enqueue(scope, 'parcels.weigh', { id: parcel.id });
      replyHeaders(scope).append('set-cookie', 'last=1; Path=/');
      if (fail) throw conflict('parcel_lost', { zh: '包裹丢失', en: 'The parcel was lost' });
      return parcel;
    },
  },
  on: {
    'parcels.sent': async (scope, event) => {
      await sql`update parcels.parcel set heard = heard + 1 where city_id = ${scope.cityId} and label = ${String(event.data.label)}`.execute(
        scope.db,
      );
    },
  },
  jobs: {
    weigh: async (run, { id }: { id: string }) => {
      await run.transaction((scope) =>
        tables(scope).updateTable('parcels.parcel').set({ heard: sql`heard + 100` }).where('id', '=', id).execute(),
      );
    },
  },
});

/** The module has no migration: its table belongs to the tests alone. */
export const parcelTable = [
  'create schema parcels',
  'create table parcels.parcel (city_id uuid not null, id uuid not null, label text not null, heard integer not null, primary key (city_id, id))',
];
