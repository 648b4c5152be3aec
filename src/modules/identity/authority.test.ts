import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  authorityOf,
  beyond,
  coversSpan,
  defaultReachOf,
  joinSpans,
  nothing,
  permissionsOfShipped,
  type Span,
} from './authority.ts';

const city: Span = { all: true };
const units = (...unitIds: string[]): Span => ({ all: false, unitIds, projectIds: [] });
const projects = (...projectIds: string[]): Span => ({ all: false, unitIds: [], projectIds });

test('a shipped role is what the contracts say of it, over all modules', () => {
  const contracts = [
    { permissions: { 'projects.read': { roles: ['office', 'filer'] }, 'projects.edit': { roles: ['office'] } } },
    { permissions: { 'filings.submit': { roles: ['filer'] } } },
  ];
  expect(permissionsOfShipped(contracts, 'filer')).toEqual(['projects.read', 'filings.submit']);
  expect(permissionsOfShipped(contracts, 'leader')).toEqual([]);
});

test('leaders, the office, inspectors and administrators see the city; the others their part of the tree', () => {
  expect(['admin', 'leader', 'office', 'inspector'].map(defaultReachOf)).toEqual(['city', 'city', 'city', 'city']);
  expect(['commandPost', 'responsibleUnit', 'filer', 'some-own-role'].map(defaultReachOf)).toEqual([
    'unit',
    'unit',
    'unit',
    'unit',
  ]);
});

test('two posts add up permission by permission, never crosswise', () => {
  const authority = authorityOf([
    { permissions: ['read', 'edit'], span: units('a') },
    { permissions: ['read'], span: units('b') },
  ]);
  expect(authority.get('read')).toEqual(units('a', 'b'));
  expect(authority.get('edit')).toEqual(units('a'));
});

test('what is asked lies beyond what is mine when the permission or its reach is missing', () => {
  const mine = authorityOf([{ permissions: ['read', 'edit'], span: units('a', 'b') }]);
  expect(beyond(mine, new Map([['read', units('b')]]))).toEqual([]);
  expect(beyond(mine, new Map([['read', units('c')]]))).toEqual(['read']);
  expect(beyond(mine, new Map([['read', city]]))).toEqual(['read']);
  expect(beyond(mine, new Map([['read', projects('p')]]))).toEqual(['read']);
  expect(beyond(mine, new Map([['manage', units('a')]]))).toEqual(['manage']);
});

const span = fc.oneof(
  fc.constant(city),
  fc.record({
    all: fc.constant(false as const),
    unitIds: fc.uniqueArray(fc.constantFrom('a', 'b', 'c')),
    projectIds: fc.uniqueArray(fc.constantFrom('p', 'q')),
  }),
);

test('a joined span covers both parts, and covering passes on', () => {
  fc.assert(
    fc.property(span, span, span, (a, b, c) => {
      expect(coversSpan(joinSpans(a, b), a) && coversSpan(joinSpans(a, b), b)).toBe(true);
      expect(coversSpan(a, nothing)).toBe(true);
      if (coversSpan(a, b) && coversSpan(b, c)) expect(coversSpan(a, c)).toBe(true);
    }),
  );
});
