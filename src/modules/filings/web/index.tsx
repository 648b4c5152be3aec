import './filings.css';
import './cycles.css';
import { type ComponentProps, lazy } from 'react';
import { Navigate } from 'react-router';
import { defineWebModule } from '#core/web/module.ts';
import { useCan } from '#core/web/session.tsx';
import { filings } from '../contract.ts';
import { CorrectionSection } from './correction/CorrectionSection.tsx';
import { FileAction } from './FileAction.tsx';
import type { ProjectCurve } from './ProjectCurve.tsx';
import { ProjectPanel } from './ProjectPanel.tsx';
import { en, zh } from './text.ts';
import { useBadge } from './use-badge.ts';

/** Who accepts sees the queue first, who files the month, everybody else the table of months. */
function Home() {
  const can = useCan();
  if (can('filings.accept')) return <Navigate to="/filings/review" replace />;
  if (can('filings.file')) return <Navigate to="/filings/mine" replace />;
  return <Navigate to={can('filings.review') ? '/filings/review' : '/filings/cycles'} replace />;
}

/** ECharts comes with the chart only, not with every page. */
const Curve = lazy(async () => ({ default: (await import('./ProjectCurve.tsx')).ProjectCurve }));
const LazyCurve = (props: ComponentProps<typeof ProjectCurve>) => <Curve {...props} />;

const title = { zh: zh.nav, en: en.nav };

export default defineWebModule(filings, {
  routes: [
    { path: '/filings', element: <Home />, handle: { title, permission: 'filings.read' } },
    {
      path: '/filings/mine',
      handle: { title, permission: 'filings.file' },
      lazy: async () => ({ Component: (await import('./MyMonth.tsx')).MyMonth }),
    },
    {
      path: '/filings/sheet',
      handle: { title, permission: 'filings.file' },
      lazy: async () => ({ Component: (await import('./sheet/SheetPage.tsx')).SheetPage }),
    },
    {
      path: '/filings/review',
      handle: { title, permission: 'filings.review' },
      lazy: async () => ({ Component: (await import('./ReviewPage.tsx')).ReviewPage }),
    },
    {
      path: '/filings/cycles',
      handle: { title, permission: 'filings.read' },
      lazy: async () => ({ Component: (await import('./CyclePage.tsx')).CyclePage }),
    },
    {
      path: '/filings/corrections',
      handle: { title, permission: 'filings.read' },
      lazy: async () => ({ Component: (await import('./correction/CorrectionsPage.tsx')).CorrectionsPage }),
    },
    {
      path: '/filings/rules',
      handle: { title, permission: 'filings.read' },
      lazy: async () => ({ Component: (await import('./rules/RulesPage.tsx')).RulesPage }),
    },
    {
      path: '/filings/completeness',
      handle: { title, permission: 'filings.read' },
      lazy: async () => ({ Component: (await import('./CompletenessPage.tsx')).CompletenessPage }),
    },
    {
      path: '/filings/forms',
      handle: { title, permission: 'filings.read' },
      lazy: async () => ({ Component: (await import('./FormsPage.tsx')).FormsPage }),
    },
    {
      path: '/filings/:projectId/:period',
      handle: { title, permission: 'filings.read' },
      lazy: async () => ({ Component: (await import('./FilingPage.tsx')).FilingPage }),
    },
  ],
  nav: [{ path: '/filings', label: title, order: 20, permission: 'filings.read', badge: useBadge }],
  slots: {
    'projects.page.progress': [{ order: 10, component: LazyCurve, permission: 'filings.read' }],
    'projects.page.main': [
      { order: 20, component: ProjectPanel, permission: 'filings.read' },
      { order: 21, component: CorrectionSection, permission: 'filings.read' },
    ],
    'projects.page.actions': [{ order: 10, component: FileAction, permission: 'filings.file' }],
  },
});
