import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { App, ConfigProvider } from 'antd';
import type { ReactNode } from 'react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { type Send, SendContext } from '#core/web/client.ts';
import { type Session, SessionProvider } from '#core/web/session.tsx';
import { emptyContent, filingFields } from '../content.ts';
import type { Filing } from '../contract.ts';

/** What the tests of this module's pages stand on: a session, a router, and a server that answers as the test says. */
export const wan = (n: number): number => n * 10_000;
const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;

export const session: Session = {
  account: { id: 'zhaolin', username: 'zhaolin', name: '赵琳', mustChangePassword: false },
  units: [],
  permissions: ['filings.read', 'filings.file', 'filings.review', 'filings.accept'],
  city: { id: id(1), name: '岳阳市', code: '430600', demo: true },
  today: '2021-09-26',
  demoClock: true,
};

/** A hospital in September: 47,100 万元 so far, 4,300 last month, 7,200 planned. */
export const hospital: Filing = {
  id: id(10),
  kind: 'monthly',
  period: '2021-09',
  projectId: id(20),
  projectName: '市中心医院项目',
  demo: true,
  unitName: '市交投集团',
  light: 'warn',
  gapPoints: -15.3,
  state: 'opened',
  level: null,
  exemptReason: null,
  isCorrection: false,
  dueAt: '2021-09-26T10:00:00.000Z',
  latenessSeconds: null,
  submittedAt: null,
  submittedBy: null,
  seq: null,
  monthYuan: null,
  cumulativeYuan: null,
  lastPeriod: '2021-08',
  lastMonthYuan: wan(4_300),
  lastCumulativeYuan: wan(47_100),
  planYuan: wan(86_400),
  planMonthYuan: wan(7_200),
  returnReason: null,
  allowed: ['save', 'submit'],
  draft: { ...emptyContent, imageProgress: '门诊楼地下室底板完成' },
  draftVersion: 0,
  draftBy: null,
  draftAt: null,
  facts: {
    period: '2021-09',
    lastCumulativeYuan: wan(47_100),
    lastPeriod: '2021-08',
    beforeYearYuan: wan(30_000),
    totalYuan: wan(220_000),
    planYuan: wan(86_400),
    planMonthYuan: wan(7_200),
    planToDateYuan: wan(64_800),
    recentMonthYuans: [4_300, 5_900, 6_800].map(wan),
    lastImageProgress: '门诊楼地下室底板完成',
    startedOn: '2020-05-01',
    isCorrection: false,
  },
  hits: [],
  last: {
    id: id(11),
    period: '2021-08',
    content: {
      ...emptyContent,
      monthYuan: wan(4_300),
      cumulativeYuan: wan(47_100),
      imageProgress: '门诊楼地下室底板完成',
    },
  },
  milestones: [{ id: id(30), name: '门诊楼出正负零', plannedOn: '2021-09-30', dueOn: '2021-09-30', doneOn: null }],
  returned: null,
  acceptRefusal: null,
  form: {
    title: '重点项目月度调度表',
    fields: [...filingFields],
    covers: [],
  },
  review: { steps: [], as: null, needsReason: false },
  weeks: [],
  weekPhotos: [],
  versions: [],
  acts: [],
  corrections: [],
};

export interface Sent {
  path: string;
  key: string | null;
  body: Record<string, unknown>;
}
/** Part of a path → the answer's body, or a status with a problem. */
export type Answers = Record<string, (sent: Sent) => object | { status: number; problem: object }>;

/** A server in memory. `sent` holds every command that reached it. */
export function fakeServer(answers: Answers): { send: Send; sent: Sent[] } {
  const sent: Sent[] = [];
  const send: Send = (url, init = {}) => {
    const path = url.replace(/\?.*/, '');
    // A sign of life every few seconds is no command that a story is about.
    if (path.endsWith('/presence') && !Object.keys(answers).includes('/presence'))
      return Promise.resolve(Response.json({ others: [], draftVersion: 0, draftBy: null, draftAt: null }));
    const one: Sent = {
      path,
      key: new Headers(init.headers).get('idempotency-key'),
      body: init.body ? JSON.parse(String(init.body)) : {},
    };
    if (init.method === 'POST') sent.push(one);
    const found = Object.entries(answers).find(([part]) => path.endsWith(part));
    const answer = found?.[1](one) ?? {
      status: 404,
      problem: { code: 'not_found', words: { zh: '没有', en: 'none' } },
    };
    const refused = 'problem' in answer && 'status' in answer;
    return Promise.resolve(
      new Response(JSON.stringify(refused ? answer.problem : answer), {
        status: refused ? Number(answer.status) : 200,
        headers: { 'content-type': 'application/json' },
      }),
    );
  };
  return { send, sent };
}

export function Stage({ send, children, at = '/' }: { send: Send; children: ReactNode; at?: string }) {
  const router = createMemoryRouter([{ path: '*', element: children }], { initialEntries: [at] });
  return (
    <ConfigProvider button={{ autoInsertSpace: false }} theme={{ token: { motion: false } }}>
      <App component={false}>
        <SendContext value={send}>
          <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
            <SessionProvider session={session}>
              <RouterProvider router={router} />
            </SessionProvider>
          </QueryClientProvider>
        </SendContext>
      </App>
    </ConfigProvider>
  );
}
