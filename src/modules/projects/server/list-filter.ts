import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { addDays } from '#core/shared/day.ts';
import type { ColumnKey, Filter, NamedFilter } from '../columns.ts';
import { enrolmentFloorYuan, enrolmentGraceDays } from '../enrolment.ts';
import { contentOf } from './list-columns.ts';
import { withinReach } from './reach.ts';

type Condition = RawBuilder<SqlBool>;

export interface ListCondition {
  q?: string | undefined;
  level?: 'projects' | 'items' | undefined;
  filters?: readonly Filter[] | undefined;
}

/** Everything the list shows, as one condition over p, pl and s of `listFrom`: city, reach, level, words and filters. */
export function listWhere(scope: Scope, { q, level, filters = [] }: ListCondition): Condition {
  const parts: Condition[] = [
    sql`p.city_id = ${scope.cityId}`,
    withinReach(scope),
    levelCondition(scope, level ?? 'projects'),
  ];
  if (q) parts.push(wordsCondition(q.normalize('NFKC').toLowerCase(), level ?? 'projects'));
  for (const filter of filters) parts.push(filterCondition(scope, filter));
  return sql`${sql.join(parts, sql` and `)}`;
}

/** A package stands for its items, unless the viewer may see an item and not its package: then the item stands for itself. */
function levelCondition(scope: Scope, level: 'projects' | 'items'): Condition {
  if (level === 'items') return sql`p.child_count = 0`;
  if (scope.reach('projects.read').all) return sql`p.parent_id is null`;
  return sql`(p.parent_id is null or not exists (select 1 from projects.project package
    where package.city_id = p.city_id and package.id = p.parent_id and ${withinReach(scope, 'projects.read', 'package')}))`;
}

/** Words find a name, a code, a 编号 or pinyin initials; a package is also found by the names of its items. */
function wordsCondition(q: string, level: 'projects' | 'items'): Condition {
  const on = (alias: string): Condition => {
    const column = (name: string) => sql.ref(`${alias}.${name}`);
    const parts: Condition[] = [sql`strpos(lower(${column('name')}), ${q}) > 0`];
    if (/^[a-z0-9]+$/.test(q)) parts.push(sql`strpos(${column('initials')}, ${q}) > 0`);
    if (/^[a-z0-9-]+$/.test(q)) parts.push(sql`strpos(lower(${column('code')}), ${q}) > 0`);
    if (/^\d{1,9}$/.test(q)) parts.push(sql`${column('serial')} = ${Number(q)}`);
    return sql`(${sql.join(parts, sql` or `)})`;
  };
  if (level === 'items') return on('p');
  return sql`(${on('p')} or (p.child_count > 0 and exists (select 1 from projects.project item
    where item.city_id = p.city_id and item.parent_id = p.id and ${on('item')})))`;
}

function filterCondition(scope: Scope, filter: Filter): Condition {
  switch (filter.op) {
    case 'has':
      return sql`strpos(lower(${contentOf[filter.field]}), ${filter.value.toLowerCase()}) > 0`;
    case 'in':
      return inCondition(filter.field, filter.values);
    case 'between':
      return bounds(contentOf[filter.field], filter.min, filter.max, 'float8');
    case 'days':
      return bounds(contentOf[filter.field], filter.from, filter.to, 'date');
    case 'is':
      return sql`${contentOf[filter.field]} = ${filter.value}`;
    case 'blank':
      return filter.value ? isBlank(filter.field) : sql`not (${isBlank(filter.field)})`;
    case 'named':
      return named(scope, filter.name);
  }
}

const isBlank = (field: ColumnKey): Condition =>
  field === 'tiers' ? sql`p.tiers = '{}'` : sql`${contentOf[field]} is null`;

function inCondition(field: ColumnKey, values: readonly (string | null)[]): Condition {
  const given = values.filter((v) => v !== null);
  const parts: Condition[] = [];
  if (given.length > 0)
    parts.push(field === 'tiers' ? sql`p.tiers && ${given}::text[]` : sql`${contentOf[field]} = any(${given}::text[])`);
  if (given.length < values.length) parts.push(isBlank(field));
  return sql`(${sql.join(parts, sql` or `)})`;
}

function bounds(value: RawBuilder<unknown>, low: unknown, high: unknown, type: 'float8' | 'date'): Condition {
  const parts: Condition[] = [sql`${value} is not null`];
  if (low !== null) parts.push(sql`${value} >= ${low}::${sql.raw(type)}`);
  if (high !== null) parts.push(sql`${value} <= ${high}::${sql.raw(type)}`);
  return sql`(${sql.join(parts, sql` and `)})`;
}

/** Questions people ask by name. The day is the scope's. */
export function named(scope: Scope, name: NamedFilter): Condition {
  switch (name) {
    case 'mine': {
      const units = sql`${[...scope.actor.unitIds]}::uuid[]`;
      const person = scope.actor.personId;
      return sql`(p.owner_unit_id = any(${units}) or p.lead_unit_id = any(${units}) or p.command_unit_id = any(${units})
        or p.county_unit_id = any(${units}) or p.responsible_person_id = ${person}::uuid or p.leader_person_id = ${person}::uuid)`;
    }
    case 'startOverdue': // 应开未开
      return sql`(p.start_actual is null and p.start_planned <= ${scope.today}::date and p.stage in ('reserve', 'signed', 'preparation'))`;
    case 'finishOverdue': // 应竣未竣
      return sql`(p.finish_actual is null and p.finish_planned <= ${scope.today}::date and p.stage not in ('completed', 'producing', 'fullCapacity', 'terminated', 'withdrawn'))`;
    case 'notEnrolled': // 应统未统, the rule of enrolment.ts
      return sql`(not p.enrolled and p.stage not in ('terminated', 'withdrawn') and p.start_actual < ${addDays(scope.today, -enrolmentGraceDays)}::date
        and (p.total_yuan is null or p.total_yuan >= ${enrolmentFloorYuan}))`;
    case 'notFiled':
      return sql`s.filing_state in ('none', 'draft', 'returned')`;
  }
}
