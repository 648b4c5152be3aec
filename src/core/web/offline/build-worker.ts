import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type Plugin } from 'vite';
import type { Release } from './release.ts';

interface Piece {
  type: 'chunk' | 'asset';
  fileName: string;
  isEntry?: boolean;
  facadeModuleId?: string | null;
  imports?: string[];
  dynamicImports?: string[];
  viteMetadata?: { importedCss: Set<string>; importedAssets: Set<string> };
}

const isFont = (file: string): boolean => /\.woff2?$/.test(file);

/** Everything the page of `html` can ever load, by following its imports, those that come later included. */
export function releaseOf(bundle: Readonly<Record<string, Piece>>, html: string, shell: string): Release {
  const entry = Object.values(bundle).find((p) => p.isEntry && p.facadeModuleId?.endsWith(`/${html}`));
  if (!entry) throw new Error(`${html} is not among the pages of this build`);
  const found = new Set<string>();
  const visit = (file: string): void => {
    if (found.has(file)) return;
    found.add(file);
    const { imports = [], dynamicImports = [], viteMetadata } = bundle[file] ?? ({} as Partial<Piece>);
    for (const next of [...imports, ...dynamicImports]) visit(next);
    for (const next of [...(viteMetadata?.importedCss ?? []), ...(viteMetadata?.importedAssets ?? [])]) visit(next);
  };
  visit(entry.fileName);
  const files = [...found].filter((file) => file in bundle && !isFont(file)).sort();
  const later = Object.keys(bundle).filter(isFont).sort();
  const path = (file: string) => `/${file}`;
  return { entry: path(entry.fileName), shell, files: files.map(path), later: later.map(path) };
}

/** Builds the service worker after the pages, with the list of their hashed files in it. In development there is none. */
export function fieldWorker(): Plugin {
  let root = '';
  return {
    name: 'guatu-field-worker',
    apply: 'build',
    configResolved(config) {
      root = config.root;
    },
    async writeBundle({ dir }, bundle) {
      const outDir = dir ?? join(root, 'dist/web');
      const html = await readFile(join(outDir, 'index.html'));
      const shell = createHash('sha256').update(html).digest('hex').slice(0, 16);
      const release = releaseOf(bundle as never, 'index.html', shell);
      await build({
        configFile: false,
        root,
        publicDir: false,
        logLevel: 'warn',
        define: { __RELEASE__: JSON.stringify(release), 'process.env.NODE_ENV': '"production"' },
        build: {
          outDir,
          emptyOutDir: false,
          rolldownOptions: {
            input: join(root, 'src/field-worker.ts'),
            output: { format: 'iife', entryFileNames: 'field-worker.js' },
          },
        },
      });
    },
  };
}
