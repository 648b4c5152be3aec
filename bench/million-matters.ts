import { sql } from 'kysely';
import { initialsOf } from '../src/core/server/initials.ts';
import type { TestCity } from '../src/core/server/testing/test-city.ts';
import { gramsOf } from '../src/modules/ledger/grams.ts';
import { ensureUnit, insertPerson } from '../src/modules/organization/server/public.ts';

/** A smaller ledger for a quick look. */
export const matterCount = Number(process.env.GUATU_BENCH_MATTERS ?? 1_000_000);
const unitCount = 200;
const titleCount = 20_000;

const places =
  '机场快速路 中心医院 抽水蓄能电站 标准化厂房 湿地修复 污水管网 物流园 智慧灌区 沿江公路 职业学院 产业新城 冷链基地 疏港铁路 变电站 体育中心 水厂扩建 会展中心 光伏电站 生态廊道 老旧小区'.split(
    ' ',
  );
const works =
  '剩余用地报批 房屋征拆扫尾 燃气管线迁改 专项债券配套 施工许可办理 裸土覆盖整改 用电增容协调 欠薪纠纷化解 环评批复办理 深基坑支护 便道占地补偿 材料进场衔接 概算调整审批 林地手续办理'.split(
    ' ',
  );
const sections = '一二三四五六七八九十东西南北上下前后左右甲乙丙丁戊己庚辛壬癸'.split('');

/** A rare word for the search: in one title of a thousand. */
const titleOf = (n: number): string =>
  `${places[n % places.length]}${sections[Math.floor(n / 280) % sections.length]}标${works[Math.floor(n / places.length) % works.length]}${n % 1000 === 7 ? '隧道' : ''}`;

/**
 * A million matters of ten years straight into the tables: the benchmark is about reading and issuing them. 94 of 100 are
 * closed; of the open ones every state has its part, and a fifth is red.
 */
export async function fillLedger(city: TestCity): Promise<{ units: string[] }> {
  const { cityId } = city;
  const { units, leader } = await city.system(async (scope) => {
    const made: string[] = [];
    for (let i = 0; i < unitCount; i++)
      made.push((await ensureUnit(scope, { name: `第${i + 1}责任单位`, kind: 'department' })).id);
    const person = await insertPerson(scope, { name: '示例领导', unitId: made[0]!, title: '局长', leaderOrder: 1 });
    for (const unitId of made.slice(1))
      await insertPerson(scope, { name: '示例领导', unitId, title: '局长', leaderOrder: 1 });
    return { units: made, leader: person.personId };
  });
  const titles = Array.from({ length: titleCount }, (_, n) => {
    const title = titleOf(n);
    const initials = initialsOf(title);
    return { n, title, initials, grams: gramsOf(title, initials) };
  });
  const step = Math.min(100_000, matterCount);
  for (let from = 0; from < matterCount; from += step)
    await city.system(async ({ db }) => {
      await sql`insert into ledger.matter (city_id, id, no, kind, track, title, initials, grams, category, urgency, source_kind, level, level_since,
          lead_unit_id, lead_leader_id, template, due_original, due_current, state, raised_on, raised_by, raised_by_name, issued_at, issued_on,
          signed_on, claimed_on, closed_on, red_on, yellow_on, blue_on, red_why, yellow_why, blue_why)
        select ${cityId}::uuid, uuidv7(interval '-1 day'), '台〔' || extract(year from day) || '〕' || i || '号',
          (array['problem', 'task', 'instruction', 'decision', 'finding', 'commitment'])[1 + i % 6],
          case when i % 3 = 0 then 'onSpot' else 'assigned' end, t.title, t.initials, t.grams,
          (array['land', 'funds', 'labour', 'permits', 'safety', 'dust'])[1 + i % 6], 'normal', 'site',
          (array['project', 'county', 'command', 'headquarters'])[1 + i % 4], day, (${units}::uuid[])[1 + i % ${unitCount}], ${leader}::uuid, 'plain',
          day + 30, day + 30, state, day, 'bench', 'bench', day, day, day + 2,
          case when state in ('claimed', 'verifying', 'closed') then day + 25 end, case when state = 'closed' then day + 28 end,
          day + 31, day + 28, day + 25, 'afterDue', 'beforeDue', 'beforeDue'
        from (select i, case when i % 100 < 94 then date '2012-01-01' + (i::bigint * 3400 / ${matterCount})::int else date '2021-09-24' - (i / 100 % 45) end as day,
            case when i % 100 < 94 then 'closed'
              else (array['issued', 'signed', 'working', 'claimed', 'returned', 'draft'])[1 + i % 6] end as state
          from generate_series(${from}::int, ${from + step - 1}::int) i) s
        join jsonb_to_recordset(${JSON.stringify(titles)}::jsonb) as t(n int, title text, initials text, grams text[]) on t.n = i * 7 % ${titleCount}`.execute(
        db,
      );
    });
  await city.system(async ({ db }) => {
    await sql`insert into ledger.party (city_id, matter_id, unit_id, role) select city_id, id, lead_unit_id, 'lead' from ledger.matter`.execute(
      db,
    );
    await sql`insert into ledger.party (city_id, matter_id, unit_id, role)
      select city_id, id, (${units}::uuid[])[1 + abs(hashtext(no)) % ${unitCount}], 'co' from ledger.matter where category = 'land'`.execute(
      db,
    );
    await sql`insert into ledger.light_day (city_id, matter_id, from_day, light) select city_id, id, raised_on, 'normal' from ledger.matter
      where state not in ('draft', 'closed', 'void')`.execute(db);
    // As `indexTitles` writes them, a portion for every 5,000 matters, in one statement instead of two hundred.
    await sql`insert into ledger.title_gram (city_id, gram, portion, matter_ids)
      select city_id, gram, md5(portion::text)::uuid, array_agg(id order by id)
      from (select city_id, id, grams, (row_number() over (order by id) - 1) / 5000 as portion from ledger.matter) m, unnest(grams) gram
      group by city_id, gram, portion`.execute(db);
    await sql`insert into ledger.title_index (city_id, upto_id, at) select city_id, max(id::text)::uuid, now() from ledger.matter group by city_id`.execute(
      db,
    );
  });
  await sql`vacuum (analyze) ledger.matter`.execute(city.host.db);
  await sql`vacuum (analyze) ledger.party`.execute(city.host.db);
  await sql`vacuum (analyze) ledger.title_gram`.execute(city.host.db);
  await sql`analyze`.execute(city.host.db);
  return { units };
}
