import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import type { MatterFilter } from '../list-contract.ts';
import { lightSql } from './light-sql.ts';
import { listed } from './named-lists.ts';
import { searched } from './title-search.ts';

/** What narrows by a fixed property of the matter: the same for lists and for statistics of past days. */
export function propertyConditions(
  filter: Pick<
    MatterFilter,
    'kinds' | 'tracks' | 'levels' | 'sources' | 'categories' | 'unitIds' | 'sourceTitle' | 'raisedFrom'
  >,
): RawBuilder<SqlBool>[] {
  const conditions: RawBuilder<SqlBool>[] = [];
  const among = (column: string, values: readonly string[] | undefined) => {
    if (values?.length) conditions.push(sql<SqlBool>`${sql.ref(`m.${column}`)} = any(${[...values]}::text[])`);
  };
  among('kind', filter.kinds);
  among('track', filter.tracks);
  among('level', filter.levels);
  among('sourceKind', filter.sources);
  among('category', filter.categories);
  if (filter.unitIds?.length) conditions.push(sql<SqlBool>`m.lead_unit_id = any(${[...filter.unitIds]}::uuid[])`);
  if (filter.sourceTitle) conditions.push(sql<SqlBool>`m.source_title = ${filter.sourceTitle}`);
  if (filter.raisedFrom) conditions.push(sql<SqlBool>`m.raised_on >= ${filter.raisedFrom}::date`);
  return conditions;
}

/** Reach, named list and every filter as one condition over `ledger.matter m`. */
export function filtered(scope: Scope, filter: MatterFilter): RawBuilder<SqlBool> {
  const conditions: RawBuilder<SqlBool>[] = [
    sql<SqlBool>`m.city_id = ${scope.cityId}`,
    listed(scope, filter.list ?? 'all'),
    ...propertyConditions(filter),
  ];
  const add = (condition: RawBuilder<SqlBool>) => conditions.push(condition);
  if (filter.states?.length) add(sql<SqlBool>`m.state = any(${filter.states}::text[])`);
  if (filter.urgencies?.length) add(sql<SqlBool>`m.urgency = any(${filter.urgencies}::text[])`);
  if (filter.lights?.length) add(sql<SqlBool>`${lightSql(scope.today)} = any(${filter.lights}::text[])`);
  if (filter.leaderId) add(sql<SqlBool>`m.lead_leader_id = ${filter.leaderId}`);
  if (filter.projectId) add(sql<SqlBool>`m.project_id = ${filter.projectId}`);
  if (filter.dueFrom) add(sql<SqlBool>`m.due_current >= ${filter.dueFrom}::date`);
  if (filter.dueTo) add(sql<SqlBool>`m.due_current <= ${filter.dueTo}::date`);
  if (filter.raisedTo) add(sql<SqlBool>`m.raised_on <= ${filter.raisedTo}::date`);
  if (filter.closedFrom) add(sql<SqlBool>`m.state = 'closed' and m.closed_on >= ${filter.closedFrom}::date`);
  if (filter.closedTo) add(sql<SqlBool>`m.state = 'closed' and m.closed_on <= ${filter.closedTo}::date`);
  if (filter.ids) add(sql<SqlBool>`m.id = any(${filter.ids}::uuid[])`);
  if (filter.q) add(searched(scope, filter.q));
  return sql<SqlBool>`${sql.join(conditions, sql` and `)}`;
}
