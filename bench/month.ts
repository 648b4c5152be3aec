// One month's whole computation for 20,000 projects: every light with its reasons and streaks, every indicator, the rankings,
// the boards and a scheme of scores, for the city and by county, command post, unit and board, as known when the month is
// frozen; against the same lights and the same numerators and denominators as SQL written by hand. The month before was
// published, as it is in a city at work; its figures are in both, because growth looks at them. Then ten times as many projects: the time may grow at most linearly.
// `MANY=200000` runs the second; without it only the first.
import assert from 'node:assert/strict';
import { type TestCity, testCity } from '../src/core/server/testing/test-city.ts';
import { ratio } from '../src/core/shared/rate.ts';
import { type LightAt, lightsAt } from '../src/modules/dispatch/server/public.ts';
import { indicatorFigures } from '../src/modules/indicators/server/public.ts';
import { rankMonth, settleMonth } from '../src/modules/rankings/server/public.ts';
import { examples, insertPastScheme, scoreYear } from '../src/modules/scores/server/public.ts';
import { withDatabase } from './database.ts';
import { cuts, figuresByHand, knownThen, layOutBenchCity } from './month-city.ts';
import { compare, print } from './ratio.ts';

const few = 20_000;
const today = '2021-09-26';
const day = '2021-08-31';
/** A month is frozen some days after its end. */
const knownAt = new Date('2021-09-25T16:00:00Z');

/**
 * The city's own rules of dispatch as somebody writes them who needs the lights of one day (`$2`) once, known at `$3`: should
 * have begun (red after three month ends), points to the clock, payment, enrolment.
 */
const lightsByHand = `with ${knownThen}
  fact as (select p.county_unit_id, p.command_unit_id, p.lead_unit_id, p.board, p.stage, r.plan_kind, r.start_planned, p.start_actual,
      p.total_yuan, p.enrolled, p.enrolled_on, plan.plan_yuan,
      coalesce(p.start_actual <= $2::date, p.stage in ('started', 'enrolled', 'building', 'completed', 'producing', 'fullCapacity')) as is_started,
      coalesce(p.finish_actual <= $2::date, p.stage in ('completed', 'producing', 'fullCapacity')) as is_finished,
      (coalesce(done.yuan, 0)::numeric / nullif(plan.plan_yuan, 0) - extract(doy from $2::date) / 365) * 100 as gap
    from projects.project p join register r on r.id = p.id left join plan on plan.project_id = p.id left join done on done.project_id = p.id
    where p.city_id = $1 and p.parent_id is null and p.stage not in ('terminated', 'withdrawn')),
  judged as (select *,
      case when is_started or plan_kind = 'reserve' or start_planned is null or start_planned >= $2::date then 0
        when (select count(*) from generate_series(date_trunc('month', start_planned), $2::date, interval '1 month') m
          where (m + interval '1 month - 1 day')::date > start_planned and (m + interval '1 month - 1 day')::date <= $2::date) >= 3 then 2
        else 1 end as start_weight,
      case when is_finished or not is_started or gap is null or gap > -10 then 0 when gap >= -30 then 1 else 2 end as gap_weight,
      case when not is_started or (enrolled and coalesce(enrolled_on <= $2::date, true)) or total_yuan < 5000000 or start_actual is null then 0
        when $2::date > start_actual + interval '2 months' then 2 when $2::date >= start_actual + interval '1 month' then 1 else 0 end as enrol_weight
    from fact),
  lit as (select *, case greatest(start_weight, gap_weight, enrol_weight) when 2 then 'late' when 1 then 'warn'
      else case when is_finished then 'ahead' when not is_started or gap is null then 'idle' when gap >= 10 then 'ahead' else 'normal' end end as light
    from judged)
  select ${cuts.join(', ')}, count(*) filter (where light = 'late')::int as late, count(*) filter (where light = 'warn')::int as warn,
    count(*) filter (where light = 'normal')::int as normal, count(*) filter (where light = 'ahead')::int as ahead,
    count(*) filter (where light = 'idle')::int as idle
  from lit group by grouping sets ((), ${cuts.map((cut) => `(${cut})`).join(', ')})`;

type Row = Record<string, string | number | null>;

async function bare(city: TestCity) {
  const client = await city.host.pool.connect();
  await client.query('begin read only');
  await client.query(`select set_config('guatu.city', $1, true)`, [city.cityId]);
  const lights = (await client.query<Row>(lightsByHand, [city.cityId, day, knownAt])).rows;
  const figures: Row[][] = [];
  // The month, the same month of last year, and the month before: what growth and places look at.
  for (const on of [day, '2020-08-31', '2021-07-31'])
    figures.push((await client.query<Row>(figuresByHand, [city.cityId, on, knownAt])).rows);
  await client.query('commit');
  client.release();
  return { lights, figures };
}

const month = (city: TestCity) =>
  city.system(async (scope) => {
    const moments = new Map();
    return {
      lights: (await lightsAt(scope, { day, knownAt })).lights,
      figures: await indicatorFigures(scope, { day, knownAt, by: ['county', 'command', 'lead', 'board'], moments }),
      rankings: await rankMonth(scope, { period: day.slice(0, 7), day, knownAt, moments }),
      scores: await scoreYear(scope, { year: 2021, day, knownAt, moments }),
    };
  });

/** What stands before the month is worked out: the published month before, and a scheme of scores in force. */
const prepare = (city: TestCity) =>
  city.system(async (scope) => {
    const before = await rankMonth(scope, { period: '2021-07', day: '2021-07-31' });
    await settleMonth(scope, before);
    const units = before.rankings[0]!.groups.find((g) => g.rows.length === 12)!.rows.map(({ unitId }) => ({
      unitId,
      boundTo: null,
    }));
    const { body } = examples.find(({ code }) => code === 'comprehensive')!;
    await insertPastScheme(scope, {
      year: 2021,
      code: 'bench',
      body: { ...body, groups: [{ code: 'county', name: { zh: '县区', en: 'Counties' }, units }] },
      reason: 'bench',
      document: 'bench',
      on: '2021-01-05',
      byName: 'bench',
      selfUntil: '2021-12-20',
      figures: [],
      marks: [],
      selves: [],
      objections: [],
    });
  });

const whole = (rows: readonly Row[]): Row => rows.find((row) => cuts.every((cut) => row[cut] === null))!;
const tally = (lights: ReadonlyMap<string, LightAt>): Record<string, number> => {
  const counts: Record<string, number> = { late: 0, warn: 0, normal: 0, ahead: 0, idle: 0 };
  for (const { light } of lights.values()) counts[light]!++;
  return counts;
};

async function measured(many: number, rounds: number) {
  const city = await testCity({ today });
  await layOutBenchCity(city, many);
  await prepare(city);
  // Both say the same before either is timed.
  const [ours, hand] = [await month(city), await bare(city)];
  const { late, warn, normal, ahead, idle } = whole(hand.lights);
  assert.deepEqual(tally(ours.lights), { late, warn, normal, ahead, idle });
  const now = whole(hand.figures[0]!);
  const invest = ours.figures.find((f) => f.definition.code === 'invest')!;
  const { n, d } = ratio(BigInt(String(now.done)), BigInt(String(now.planned)));
  assert.deepEqual(invest.whole, { n: n.toString(), d: d.toString() });
  assert.equal(invest.groups.county!.length, 12);
  assert.equal(ours.scores[0]!.units.length, 12);
  const found = await compare(
    `one month of ${many.toLocaleString('en')} projects: lights, ${ours.figures.length} indicators at five levels, ${ours.rankings.rankings.length} rankings, ${ours.scores.length} scheme of scores`,
    'the same lights and sums as SQL written by hand',
    () => month(city),
    () => bare(city),
    rounds,
  );
  print(found);
  await city.close();
  return found;
}

await withDatabase(async () => {
  const small = await measured(few, 5);
  const many = Number(process.env.MANY ?? 0);
  if (many > few) {
    const large = await measured(many, 2);
    const growth = large.oursMs / small.oursMs;
    process.stdout.write(`${many / few} times the projects take ${growth.toFixed(1)} times as long\n`);
  }
});
