import '@fontsource-variable/noto-sans-sc/index.css';
import './core/web/tokens.css';
import './modules/wall/web/wall.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { Wall } from './modules/wall/web/Wall.tsx';

createRoot(document.getElementById('root')!).render(
  <QueryClientProvider client={new QueryClient()}>
    <Wall />
  </QueryClientProvider>,
);
