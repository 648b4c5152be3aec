import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launch, type Person, type Program, personIn, signIn, startProgram } from './program.ts';

// Every page of the demonstration city, at the desk and on a phone, in both languages: axe finds no serious fault, no
// page logs an error, none is wider than its window, and no Chinese page shows English.

let program: Program;
let browser: Browser;
beforeAll(async () => {
  program = await startProgram({ args: ['--demo'] });
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  await program?.stop();
});

const desk = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };
const staffPages = [
  '/projects',
  '/projects/new',
  '/projects/import',
  '/projects/:hospital',
  '/projects/:hospital/edit',
  '/reserve',
  '/reserve/conversion',
  '/reserve/pauses',
  '/reserve/rules',
  '/projects/:hospital/schedule',
  '/filings',
  '/filings/review',
  '/filings/mine',
  '/filings/review?period=2021-W38',
  '/filings/cycles',
  '/filings/cycles?kind=weekly',
  '/filings/completeness',
  '/filings/completeness?kind=weekly&period=2021-W37&state=overdue',
  '/filings/forms',
  '/filings/:hospital/2021-W38',
  '/filings/corrections',
  '/filings/sheet?period=2021-09',
  '/filings/rules',
  '/dispatch',
  '/dispatch/rules',
  '/dispatch/rules?set=shenzhen-days',
  '/dispatch/rules?set=tianjin-2022',
  '/dispatch/exemptions',
  '/readings',
  '/readings/changes',
  '/readings/names',
  '/promises',
  '/challenges',
  '/challenges/mine',
  '/challenges/new',
  '/editions',
  '/editions/2021-09',
  '/editions/2021-08/1',
  '/editions/2021-06/2',
  '/scores',
  '/scores/new',
  '/publications',
  '/publications/templates',
  '/publications/:bulletin',
  '/publications/:bulletin/phone',
  '/snapshots',
  '/snapshots/2021-06',
  '/snapshots/2021-09',
  '/snapshots/as-of?period=2021-06&at=2021-07-10T09:00',
  '/enrolment',
  '/enrolment/gaps',
  '/enrolment/rules',
  '/enrolment/import',
  '/factors',
  '/factors/projects',
  '/factors/promises',
  '/permits',
  '/permits/templates',
  '/funding',
  '/funding/bonds',
  '/funding/sources',
  '/decompositions',
  '/matters',
  '/matters?list=overdue',
  '/matters/statistics',
  '/matters/statistics?on=2021-06-30&by=kind',
  '/matters/samples',
  '/matters/new',
  '/matters/on-spot',
  '/matters/:overdue',
  '/m/:overdue',
  '/organization/units',
  '/organization/persons',
  '/organization/regions',
  '/calendar',
  '/calendar/rules',
  '/wall-map',
  '/account',
  '/no-such-page',
  '/dispatch/rates',
  '/dispatch/forecasts',
  '/dispatch/indicators',
  '/dispatch/indicators?open=invest',
  '/dispatch/indicators/new',
  '/dispatch/indicators/mixed/edit',
  '/rankings',
  '/rankings?month=2021-08&ranking=gap&group=parks',
  '/rankings/boards?month=2021-08',
  '/rankings/definitions',
  '/explore',
  '/explore?chart=stacked&q={"measures":["monthDone"],"rows":["board"],"columns":["month"]}',
  '/open-data',
  '/signals',
  '/inbox',
  '/inbox/settings',
  '/burden',
  '/burden?tab=requests',
  '/meetings',
  '/meetings/:next',
  '/meetings/:next/minutes',
  '/meetings/:next/present',
  '/meetings/:next/attend',
  '/meetings/:visit',
  '/meetings/:visit/observe',
  '/duties',
  '/duties?month=2021-11',
  '/duties?tab=handovers',
  '/duties?tab=log',
  '/duties?tab=people',
  '/incidents',
  '/incidents/rules',
  '/supervision',
  '/supervision/sheets',
  '/supervision/objections',
  '/supervision/frequency',
  '/supervision/rules',
  '/supervision/limits',
];

/** What axe finds serious or critical, each with the first of the places. */
async function faultsOf(page: Page): Promise<string[]> {
  // In the page itself (there are no frames of others), and described only where it is wrong: a fifth of the time.
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] });
  const { violations } = await axe.analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => {
      const places = nodes.slice(0, 3).map((node) => node.target.join(' '));
      return `${id}: ${places.join(', ')}`;
    });
}

async function look(
  person: Person,
  path: string,
): Promise<{ faults: string[]; complaints: string[]; isWide: boolean; text: string }> {
  const { page, complaints } = person;
  complaints.length = 0;
  await page.goto(path);
  await person.settled();
  const faults = (await faultsOf(page)).map((fault) => `${path} ${fault}`);
  const isWide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth + 1);
  return { faults, complaints: [...complaints], isWide, text: await page.evaluate(() => document.body.innerText) };
}

async function member(username: string, size: { width: number; height: number }): Promise<Person> {
  const person = await personIn(browser, program.url, size);
  await signIn(person, username, 'guatu-2021');
  return person;
}

async function hospitalOf(person: Person): Promise<string> {
  const { rows } = await person.get<{ rows: { id: string; name: string }[] }>(
    `/projects?q=${encodeURIComponent('市中心医院项目')}`,
  );
  return rows[0]!.id;
}

async function overdueOf(person: Person): Promise<string> {
  const { rows } = await person.get<{ rows: { id: string }[] }>('/matters?list=overdue&limit=1');
  return rows[0]!.id;
}

/** The meeting whose agenda is fixed, and the visit that is being scored. */
async function meetingsOf(person: Person): Promise<{ next: string; visit: string }> {
  const { meetings } = await person.get<{ meetings: { id: string; kind: string; state: string }[] }>('/meetings');
  return {
    next: meetings.find((m) => m.state === 'agendaFixed')!.id,
    visit: meetings.find((m) => m.kind === 'observation' && m.state === 'planned')!.id,
  };
}

describe('the staff pages, at the desk and on a phone', () => {
  let seats: Person[];
  let hospital: string;
  let overdue: string;
  let meeting: { next: string; visit: string };
  let bulletin: string;
  beforeAll(async () => {
    seats = await Promise.all([member('office', desk), member('office', phone)]);
    hospital = await hospitalOf(seats[0]!);
    overdue = await overdueOf(seats[0]!);
    meeting = await meetingsOf(seats[0]!);
    const { rows } = await seats[0]!.get<{ rows: { id: string; state: string }[] }>('/publications');
    bulletin = rows.find((row) => row.state === 'draft')!.id;
  });
  afterAll(() => Promise.all(seats.map((person) => person.context.close())));

  test.each(staffPages)('%s', async (path) => {
    const [atDesk, onPhone] = await Promise.all(
      seats.map(async (person) => {
        const { faults, complaints, isWide } = await look(
          person,
          path
            .replace(':hospital', hospital)
            .replace(':overdue', overdue)
            .replace(':bulletin', bulletin)
            .replace(':next', meeting.next)
            .replace(':visit', meeting.visit),
        );
        return { faults, complaints, isWide };
      }),
    );
    const sound = { faults: [], complaints: [], isWide: false };
    expect({ atDesk, onPhone }).toEqual({ atDesk: sound, onPhone: sound });
  });
});

test('what an administrator sees is as sound', async () => {
  const person = await member('admin', desk);
  for (const path of ['/accounts', '/accounts/roles', '/setup/next']) {
    const seen = await look(person, path);
    expect([path, seen.faults, seen.complaints, seen.isWide]).toEqual([path, [], [], false]);
  }
  await person.context.close();
});

test('what a filer sees on the phone is as sound', async () => {
  const person = await member('filer', phone);
  const hospital = await hospitalOf(person);
  for (const path of ['/filings/mine', `/filings/${hospital}/2021-09`, '/filings/sheet?period=2021-09']) {
    const seen = await look(person, path);
    expect([path, seen.faults, seen.complaints, seen.isWide]).toEqual([path, [], [], false]);
  }
  await person.context.close();
});

test('so are the pages before signing in', async () => {
  const person = await personIn(browser, program.url);
  for (const path of ['/sign-in', '/wall']) {
    const { faults, isWide } = await look(person, path);
    expect([path, faults, isWide]).toEqual([path, [], false]);
  }
  await person.context.close();
});

test.each([
  ['1080p', 1920, 1080],
  ['4K', 3840, 2160],
])('the wall fills a screen of %s, and its smallest words are 22 pixels of 1080', async (_name, width, height) => {
  const person = await member('leader', { width, height });
  await person.page.goto('/wall');
  await person.page.getByText('需要关注').waitFor();
  await person.page.getByText('实时').waitFor();
  await person.page.locator('.map svg .land').first().waitFor({ state: 'attached' });
  const seen = await person.page.evaluate(() => {
    const texts = [...document.querySelectorAll('.wall *')].filter((e) =>
      [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent?.trim()),
    );
    const scale = window.innerHeight / 1080;
    const sizeOf = (e: Element) => {
      const px = Number.parseFloat(getComputedStyle(e).fontSize);
      const svg = (e as SVGElement).ownerSVGElement;
      return (svg ? px * (svg.getScreenCTM()?.a ?? 1) : px) / scale;
    };
    return {
      smallest: Math.min(...texts.map(sizeOf)),
      overflows:
        document.documentElement.scrollHeight > window.innerHeight + 1 ||
        document.documentElement.scrollWidth > window.innerWidth + 1,
      lights: [...document.querySelectorAll('.lights b')].map((e) => Number(e.textContent!.replace(/,/g, ''))),
    };
  });
  expect(seen.smallest).toBeGreaterThanOrEqual(21.5);
  expect(seen.overflows).toBe(false);
  expect(seen.lights.reduce((a, b) => a + b, 0)).toBe(612);
  expect(await faultsOf(person.page)).toEqual([]);
  expect(person.complaints).toEqual([]);
  await person.context.close();
});

test('an English browser reads English, and the switch in the header brings Chinese', async () => {
  const context = await browser.newContext({ baseURL: program.url, locale: 'en-GB', viewport: desk });
  const page = await context.newPage();
  await context.request.post('/api/identity/sign-in', {
    headers: { 'x-guatu': '1' },
    data: { username: 'office', password: 'guatu-2021' },
  });
  await page.goto('/projects');
  await page.getByRole('heading', { level: 1, name: 'Projects' }).waitFor();
  await page.getByText('中文').click();
  await page.getByRole('heading', { level: 1, name: '项目', exact: true }).waitFor();
  await context.close();
});
