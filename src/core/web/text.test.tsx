import { act, render, screen } from '@testing-library/react';
import { beforeEach, expect, test } from 'vitest';
import { chooseLanguage, type Text, usePageTitle, useText, useWords } from './text.ts';

const zh = { hello: '您好', count: (n: number) => `共 ${n} 个` };
const en = { hello: 'Hello', count: (n: number) => `${n} in all` } satisfies Text<typeof zh>;

function Page() {
  const t = useText({ zh, en });
  const words = useWords();
  usePageTitle(t.hello);
  return (
    <p>
      {t.hello} {t.count(3)} {words({ zh: '项目', en: 'Projects' })}
    </p>
  );
}

beforeEach(() => {
  localStorage.clear();
  chooseLanguage('zh');
});

test('the whole page changes with the language, its tab too, and the choice is remembered', () => {
  render(<Page />);
  expect(screen.getByText('您好 共 3 个 项目')).toBeTruthy();
  expect(document.title).toBe('您好 · 挂图');
  act(() => chooseLanguage('en'));
  expect(screen.getByText('Hello 3 in all Projects')).toBeTruthy();
  expect(document.title).toBe('Hello · Guatu');
  expect(localStorage.getItem('guatu.language')).toBe('en');
});

test('an English text that lacks a word does not compile', () => {
  // @ts-expect-error `count` is missing
  const lacking = { hello: 'Hello' } satisfies Text<typeof zh>;
  expect(lacking.hello).toBe('Hello');
});
