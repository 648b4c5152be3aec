import '@fontsource-variable/noto-sans-sc/index.css';
import './core/web/tokens.css';
import './core/web/shell.css';
import './core/web/ui/parts.css';
import { createRoot } from 'react-dom/client';
import type { Contract } from './core/shared/contract.ts';
import type { WebModule } from './core/web/module.ts';
import { registerWorker } from './core/web/offline/register.ts';
import { App } from './core/web/shell/App.tsx';
import * as registry from './registry.ts';

// The index of a module is small and comes with the first file; its pages load when they are opened.
const found = import.meta.glob<WebModule>('./modules/*/web/index.tsx', { eager: true, import: 'default' });
// A module without pages (only services for others) has no web/index.tsx.
const modules = (Object.values(registry) as Contract[]).flatMap(
  ({ name }) => found[`./modules/${name}/web/index.tsx`] ?? [],
);

registerWorker();
createRoot(document.getElementById('root')!).render(<App modules={modules} />);
