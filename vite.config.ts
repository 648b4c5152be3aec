import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { fieldWorker } from './src/core/web/offline/build-worker.ts';

const entry = (name: string): string => fileURLToPath(new URL(`${name}.html`, import.meta.url));
const entries = ['index', 'wall', 'field'].filter((name) => existsSync(entry(name)));
const globalSetup = 'src/core/server/testing/postgres.ts';

export default defineConfig({
  plugins: [react(), fieldWorker()],
  build: {
    outDir: 'dist/web',
    // The CSP allows no data: addresses for fonts and only our own files for images.
    assetsInlineLimit: 0,
    rolldownOptions: { input: Object.fromEntries(entries.map((name) => [name, entry(name)])) },
    // antd and ECharts are large by nature, and come once, from the machine in the same building.
    chunkSizeWarningLimit: 2_500,
  },
  server: {
    // `npm run dev`: pages from vite, everything under /api from the server beside it.
    proxy: { '/api': process.env.GUATU_DEV_SERVER ?? 'http://127.0.0.1:3000' },
  },
  test: {
    // By itself vitest leaves one core free: of two, half of the machine.
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        test: {
          name: 'server',
          include: ['src/**/*.test.ts', 'scripts/**/*.test.mjs'],
          environment: 'node',
          globalSetup,
          testTimeout: 20_000,
          hookTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'web',
          include: ['src/**/*.test.tsx'],
          environment: 'happy-dom',
          // antd is read once for all files of a worker, not for each: half of the time. Tests clean up after themselves.
          isolate: false,
          setupFiles: 'src/core/web/testing/patience.ts',
          testTimeout: 20_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          environment: 'node',
          globalSetup,
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
