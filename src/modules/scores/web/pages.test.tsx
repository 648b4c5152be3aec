import { screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { answersFrom, renderPage } from '#core/web/testing/render-page.tsx';
import { chooseLanguage } from '#core/web/text.ts';
import { emptyBody } from '../draft.ts';
import { EditPage } from './EditPage.tsx';
import { ResultPage } from './ResultPage.tsx';

// Pages of other tests may have chosen a language before.
chooseLanguage('zh');

// No line to the server here: pages listen, nothing is told.
vi.stubGlobal(
  'EventSource',
  class extends EventTarget {
    close() {}
  },
);

const id = '00000000-0000-4000-8000-000000000001';
const exact = (n: string) => ({ n, d: '1' });
const scheme = {
  id,
  code: 'counties',
  year: 2021,
  name: emptyBody.name,
  state: 'inForce',
  version: 1,
  units: 1,
  selfUntil: null,
  publicityUntil: null,
  openObjections: 0,
  demo: false,
  body: emptyBody,
  fullMarks: exact('100'),
  allowed: ['revise', 'compute', 'whatIf', 'enter'],
  ownUnits: [],
};
const answers = answersFrom({
  [`/api/scores/schemes/${id}`]: scheme,
  [`/api/scores/schemes/${id}/result`]: {
    head: null,
    versions: [],
    day: '2021-09-26',
    groups: [{ code: 'counties', name: { zh: '县区', en: 'Counties' } }],
    units: [
      {
        unitId: id,
        name: '临湖县',
        group: 'counties',
        total: exact('86'),
        rank: 1,
        veto: null,
        isOwn: false,
        items: [
          {
            code: 'invest',
            points: exact('86'),
            selfPoints: exact('90'),
            basis: { zh: '100 × 0.86 = 86 分', en: '100 × 0.86 = 86' },
          },
        ],
      },
    ],
  },
  '/api/scores/schemes': { year: 2021, years: [2021], schemes: [scheme], canManage: true },
  '/api/scores/units': [{ id, name: '临湖县', kind: 'county' }],
});

test('a result shows its points beside the self-scores, and each cell offers its arithmetic', async () => {
  renderPage(<ResultPage />, {
    path: '/scores/:scheme',
    at: `/scores/${id}`,
    send: answers,
    permissions: ['scores.read', 'scores.manage'],
  });
  expect(await screen.findByRole('button', { name: /临湖县，年度投资完成率，86.00 分/ })).toBeTruthy();
});

test('a scheme that may be changed stands as a form with its items', async () => {
  renderPage(<EditPage />, {
    path: '/scores/:scheme/edit',
    at: `/scores/${id}/edit`,
    send: answers,
    permissions: ['scores.read', 'scores.manage'],
  });
  expect(await screen.findByRole('button', { name: '修改 年度投资完成率' })).toBeTruthy();
});
