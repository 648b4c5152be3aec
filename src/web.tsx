import '@fontsource-variable/noto-sans-sc/index.css';
import './core/web/tokens.css';
import './core/web/shell.css';
import { createRoot } from 'react-dom/client';
import type { Contract } from './core/shared/contract.ts';
import type { WebModule } from './core/web/module.ts';
import { App } from './core/web/shell/App.tsx';
import * as registry from './registry.ts';

const found = import.meta.glob<{ default: WebModule }>('./modules/*/web/index.tsx');
// A module without pages (only services for others) has no web/index.tsx.
const loads = Object.values(registry as Record<string, Contract>).flatMap(
  ({ name }) => found[`./modules/${name}/web/index.tsx`] ?? [],
);
const modules = await Promise.all(loads.map(async (load) => (await load()).default));

createRoot(document.getElementById('root')!).render(<App modules={modules} />);
