import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { distributionsIn, statementsOf } from './core/server/migrate.ts';
import { type Contract, inOrder, shippedRoles } from './core/shared/contract.ts';
import * as registry from './registry.ts';

// The rules of the house (docs/overview.md), as code.

const root = new URL('./', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, root), 'utf8');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map((f) => f.replaceAll('\\', '/'))
  .filter((f) => /\.tsx?$/.test(f));
const contracts: Contract[] = inOrder(Object.values(registry) as Contract[]);
const names = contracts.map((c) => c.name);

const isTest = (file: string) => /\.test\.tsx?$|(^|\/)testing\//.test(file);
const product = files.filter((f) => !isTest(f));
const moduleOf = (file: string) => /^modules\/([^/]+)\//.exec(file)?.[1];
const sideOf = (file: string) =>
  /(^|\/)server(\/|\.ts$)/.test(file) ? 'server' : /(^|\/)web(\/|\.tsx$)|\.tsx$/.test(file) ? 'web' : 'shared';

interface Import {
  from: string;
  to: string;
}

const importsIn = (file: string, text: string): Import[] =>
  [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*['"`]([^'"`]+)['"`]/g)].map(([, to]) => ({
    from: file,
    to: to!.startsWith('.') ? new URL(to!, new URL(file, root)).href.slice(root.href.length) : to!.replace(/^#/, ''),
  }));
const imports = product.flatMap((file) => importsIn(file, read(file)));
const inside = imports.filter((i) => /^(core|modules)\//.test(i.from) && /^(core|modules)\//.test(i.to));

const coreReachingOut = (all: Import[]) =>
  all.filter((i) => i.from.startsWith('core/') && (moduleOf(i.to) || i.to === 'registry.ts'));
const tooDeep = (all: Import[]) =>
  all.filter(
    (i) =>
      moduleOf(i.from) &&
      moduleOf(i.to) &&
      moduleOf(i.from) !== moduleOf(i.to) &&
      !/^modules\/[^/]+\/(contract|server\/public)\.ts$/.test(i.to),
  );
const unannounced = (all: Import[], known: Contract[]) =>
  all.filter((i) => {
    const [from, to] = [moduleOf(i.from), moduleOf(i.to)];
    return from && to && from !== to && !known.find((c) => c.name === from)?.uses?.includes(to);
  });
const wrongSide = (all: Import[]) =>
  all.filter(
    (i) =>
      (sideOf(i.from) === 'web' && sideOf(i.to) === 'server') ||
      (sideOf(i.from) === 'shared' && sideOf(i.to) !== 'shared'),
  );

describe('who may import whom', () => {
  test('core knows no module', () => expect(coreReachingOut(imports)).toEqual([]));
  test('a module sees of another only its contract and its server/public.ts', () =>
    expect(tooDeep(inside)).toEqual([]));
  test('and only of those that its contract names in uses', () => expect(unannounced(inside, contracts)).toEqual([]));
  test('the browser never reaches server code, nor shared code either side', () =>
    expect(wrongSide(inside)).toEqual([]));

  test('each guard sees what it guards against', () => {
    const bad = (from: string, to: string) => importsIn(from, `import x from '#${to}';`);
    expect(coreReachingOut(bad('core/server/x.ts', 'modules/projects/contract.ts'))).toHaveLength(1);
    expect(tooDeep(bad('modules/wall/server/x.ts', 'modules/projects/server/store.ts'))).toHaveLength(1);
    expect(unannounced(bad('modules/organization/server/x.ts', 'modules/wall/contract.ts'), contracts)).toHaveLength(1);
    expect(wrongSide(bad('modules/projects/web/X.tsx', 'core/server/db.ts'))).toHaveLength(1);
    expect(wrongSide(bad('modules/projects/rule.ts', 'modules/projects/web/X.tsx'))).toHaveLength(1);
    expect(importsIn('core/server/x.ts', "await import('../web/client.ts')")).toEqual([
      { from: 'core/server/x.ts', to: 'core/web/client.ts' },
    ]);
  });
});

describe('the doors that stay shut', () => {
  const minters = ['core/server/http.ts', 'core/server/scope.ts', 'core/server/system.ts'];
  test('only the router and the runner mint a Scope', () => {
    expect(product.filter((f) => /\bmintScope\b/.test(read(f)) && !minters.includes(f))).toEqual([]);
  });
  test('no module takes the pool, opens a database or acts as the system on a request', () => {
    const wrong = product.filter(
      (f) => moduleOf(f) && sideOf(f) === 'server' && /\b(openPool|openDb|host\.pool|new pg\.)\b/.test(read(f)),
    );
    expect(wrong).toEqual([]);
  });
  test('settings are read in one place', () => {
    const setting = /process\.env\.(PORT|HOST|DATABASE_URL|GUATU_(?!TEST)|OIDC_)/;
    expect(product.filter((f) => setting.test(read(f)) && f !== 'core/server/config.ts')).toEqual([]);
  });
});

describe('modules', () => {
  test('every module folder is registered, and the other way round', () => {
    const folders = readdirSync(new URL('modules/', root), { withFileTypes: true }).filter((e) => e.isDirectory());
    expect(folders.map((e) => e.name).sort()).toEqual([...names].sort());
  });
  test('every module has a README, a contract and a server', () => {
    for (const file of ['README.md', 'contract.ts', 'server/index.ts'])
      expect(
        names.filter((name) => !existsSync(new URL(`modules/${name}/${file}`, root))),
        file,
      ).toEqual([]);
  });
  test('every endpoint asks for a permission of its own contract, or says that it needs none', () => {
    const wrong = contracts.flatMap((c) =>
      Object.entries(c.endpoints)
        .filter(([, e]) => !(e.permission in c.permissions) && e.permission !== 'signedIn' && e.permission !== 'anyone')
        .map(([name]) => `${c.name}.${name}`),
    );
    expect(wrong).toEqual([]);
  });
  test('every permission carries its module’s name and is held by some shipped role', () => {
    const wrong = contracts.flatMap((c) =>
      Object.entries(c.permissions)
        .filter(
          ([key, p]) =>
            !key.startsWith(`${c.name}.`) || p.roles.length === 0 || p.roles.some((r) => !shippedRoles.includes(r)),
        )
        .map(([key]) => key),
    );
    expect(wrong).toEqual([]);
  });
  test('no two endpoints share a method and a path', () => {
    const all = contracts.flatMap((c) =>
      Object.values(c.endpoints).map((e) => `${e.kind === 'command' ? 'POST' : 'GET'} ${e.path.replace(/:\w+/g, ':')}`),
    );
    expect(all.filter((path, i) => all.indexOf(path) !== i)).toEqual([]);
  });
});

describe('tables', () => {
  const migrations = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((f) =>
    /migrations\/.*\.sql$/.test(f.replaceAll('\\', '/')),
  );
  test('every table says how it is spread over machines', () => {
    const silent = migrations.flatMap((f) =>
      distributionsIn(read(f))
        .filter((t) => !t.kind)
        .map((t) => `${f}: ${t.table}`),
    );
    expect(silent).toEqual([]);
  });
  test('every distributed table carries city_id first in its primary key and in every unique constraint', () => {
    const wrong = migrations.flatMap((f) => {
      const text = read(f);
      return distributionsIn(text)
        .filter((t) => t.kind === 'distributed')
        .flatMap(({ table }) => {
          const create = statementsOf(text).find((s) =>
            new RegExp(`create table (if not exists )?${table.replace('.', '\\.')}\\b`).test(s),
          )!;
          const keys = [...create.matchAll(/\b(?:primary key|unique(?: nulls not distinct)?)\s*\(([^)]*)\)/g)].map(
            (m) => m[1]!,
          );
          const isInline = /\b(uuid|text|bigint)[^,]*\b(primary key|unique)\s*(,|\n|$)/.test(create);
          return keys.length === 0 || isInline || keys.some((k) => !k.trim().startsWith('city_id'))
            ? [`${f}: ${table}`]
            : [];
        });
    });
    expect(wrong).toEqual([]);
  });
  test('modules bring no trigger, exclusion constraint, deferrable constraint or generated column', () => {
    const wrong = migrations.filter(
      (f) =>
        f.startsWith('modules/') && /create trigger|exclude using|deferrable|generated always as \(/i.test(read(f)),
    );
    expect(wrong).toEqual([]);
  });
  test('SQL of a module names only its own schema, or another’s pub_ views', () => {
    const wrong = product
      .filter((f) => moduleOf(f) && sideOf(f) === 'server')
      .flatMap((f) => {
        const others = names.filter((n) => n !== moduleOf(f)).join('|');
        const named = [
          ...read(f).matchAll(
            new RegExp(
              `\\b(?:from|join|into|update|table|exists)\\s*\\(?\\s*['"\`]?(${others})\\.(?!pub_)([a-z_]+)`,
              'gi',
            ),
          ),
        ];
        return named.map((m) => `${f}: ${m[1]}.${m[2]}`);
      });
    expect(wrong).toEqual([]);
  });
});

describe('files', () => {
  test('none is over 400 lines without a reason in its first line', () => {
    const long = files.filter((f) => read(f).split('\n').length > 400 && !/^\/\/ Long because/.test(read(f)));
    expect(long).toEqual([]);
  });
  test('folders and .ts files are kebab-case, components PascalCase', () => {
    const wrong = files.filter((f) => {
      const name = f.split('/').at(-1)!;
      return f.endsWith('.tsx')
        ? !/^([A-Z]\w*|index|web|wall|field|session|modules|[a-z-]+)(\.test)?\.tsx$/.test(name)
        : !/^[a-z0-9.-]+\.ts$/.test(name);
    });
    expect(wrong).toEqual([]);
  });
});
